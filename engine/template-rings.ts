import { cellsOf } from './evaluation/expression.ts'
import type { Formula } from './evaluation/formulas.ts'
import type { Layout } from './evaluation/layout.ts'
import type { Found } from './template-contradictions.ts'
import { placeWords } from './words.ts'

/** Rings of computed cells, each told once, cell by cell. */
export function rings(circular: readonly Formula[], layout: Layout): Found[] {
  const formulas = new Map(circular.map((formula) => [formula.cell, formula]))
  const told = new Set<number>()
  return circular.flatMap((formula): Found[] => {
    const ring = ringFrom(formula, formulas, told)
    if (ring.length === 0) return []
    for (const { cell } of ring) told.add(cell)
    return [ringFound(ring, layout)]
  })
}

/** Follows what each cell is worked out from until one comes again; a cell that only reads from a ring is on none. */
function ringFrom(start: Formula, formulas: ReadonlyMap<number, Formula>, told: ReadonlySet<number>): Formula[] {
  const path: Formula[] = []
  const placeIn = new Map<number, number>()
  let next: Formula | undefined = start
  while (next && !told.has(next.cell)) {
    const known = placeIn.get(next.cell)
    if (known !== undefined) return path.slice(known)
    placeIn.set(next.cell, path.length)
    path.push(next)
    const sources: number[] = cellsOf(next.scalar)
    const source: number | undefined = sources.find((cell) => formulas.has(cell))
    next = source === undefined ? undefined : formulas.get(source)
  }
  return []
}

const mostShown = 12

function ringFound(ring: Formula[], layout: Layout): Found {
  const codes = (cell: number) => {
    const slot = layout.cells[cell]
    return { section: slot?.section.code ?? '', row: slot?.row.row.code ?? '', column: slot?.cell.column.code ?? '' }
  }
  const short = (cell: number): string => layout.cells[cell]?.address ?? ''
  const [first] = ring
  const cell = first?.cell ?? 0
  const names = ring.slice(0, mostShown).map((formula) => short(formula.cell))
  const more = ring.length > mostShown ? [`… ещё ${ring.length - mostShown}`] : []
  const controls = [...new Set(ring.map(({ control }) => control.id))]
  const by =
    controls.length === 1 ? `по контролю ${controls[0]}` : `по контролям ${controls.slice(0, mostShown).join(', ')}`
  return {
    code: 'cycle',
    control: first?.control.id,
    line: first?.control.line,
    ...codes(cell),
    where: placeWords(codes(cell)),
    text: `Ячейка рассчитывается сама из себя, значения у неё не будет: ${[...names, ...more, short(cell)].join(' ← ')} (${by}).`,
  }
}
