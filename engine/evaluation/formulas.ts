import { isUnconditional, type ParsedControl } from '../controls.ts'
import type { Chain, Logic } from '../language/syntax.ts'
import type { Control } from '../template.ts'
import { cellsOf, type Scalar } from './expression.ts'
import { compileFast, type Fast } from './fast.ts'
import type { CellSlot, Layout } from './layout.ts'
import { itemAt, Resolver, type RowSource, TooManyCells, type UnknownCode } from './resolve.ts'

/** How one white cell gets its value. */
export type Formula = {
  cell: number
  scalar: Scalar
  fast: Fast
  /** Digits after the point that the value is kept with. */
  digits: number
  control: Control
  /** Taken as it is from one cell of another section or of the previous period. */
  pulled: boolean
}

/** Formulas of a layout in the order of work, and who must be worked out anew when a cell changes. */
export type Program = {
  layout: Layout
  scale: number
  formulas: Formula[]
  /** Place of the formula in `formulas` by cell, or −1. */
  rankOf: Int32Array
  /** Ranks of formulas that read cell `c` stand in `readers` from `readersFrom[c]` to `readersFrom[c + 1]`. */
  readersFrom: Int32Array
  readers: Int32Array
  /** Formulas that go round in a circle; they have no value. */
  circular: Formula[]
}

type Definition = { cell: number; scalar: Scalar; control: ParsedControl; sources: number[] }

export function buildProgram(
  layout: Layout,
  controls: readonly ParsedControl[],
  source: RowSource,
  scale: number,
): Program {
  const definitions = defineCells(layout, controls, source)
  const { ordered, circular } = inOrder(definitions, layout.size)
  const live = withSomethingBehind(ordered, layout)
  const toFormula = ({ cell, scalar, control }: Definition): Formula => ({
    cell,
    scalar,
    fast: compileFast(scalar, scale),
    digits: digitsOf(layout.cells[cell], control.control),
    control: control.control,
    pulled: isPulled(cell, scalar, layout),
  })
  const rankOf = new Int32Array(layout.size).fill(-1)
  live.forEach(({ cell }, rank) => {
    rankOf[cell] = rank
  })
  return {
    layout,
    scale,
    formulas: live.map(toFormula),
    rankOf,
    ...readersOf(live, layout.size),
    circular: circular.map(toFormula),
  }
}

function digitsOf(slot: CellSlot | undefined, control: Control): number {
  const format = slot?.cell.format
  return format?.type === 'number' ? format.fraction : control.precision
}

/**
 * A cell that is not entered is defined by an unconditional equality with it alone on one side. Sums and the like are
 * taken before plain equalities across sections, so that a total stays a total and the equality stays a check.
 */
function defineCells(layout: Layout, controls: readonly ParsedControl[], source: RowSource): Definition[] {
  return chosenOf(allCandidates(layout, controls, source), layout)
}

const allCandidates = (layout: Layout, controls: readonly ParsedControl[], source: RowSource): Definition[] =>
  controls.filter(isUnconditional).flatMap((control) => candidatesOf(control, layout, source))

/** Every equality that could define a cell, and those that do, sources before readers. */
export function definitionsOf(
  layout: Layout,
  controls: readonly ParsedControl[],
  source: RowSource,
): { candidates: Definition[]; ordered: Definition[] } {
  const candidates = allCandidates(layout, controls, source)
  return { candidates, ordered: inOrder(chosenOf(candidates, layout), layout.size).ordered }
}

function chosenOf(candidates: readonly Definition[], layout: Layout): Definition[] {
  const defined = new Map<number, Definition>()
  const take = (fits: (candidate: Definition) => boolean): void => {
    for (const candidate of candidates) {
      if (!defined.has(candidate.cell) && fits(candidate)) defined.set(candidate.cell, candidate)
    }
  }
  const readsItself = ({ cell, sources }: Definition): boolean => sources.includes(cell)
  take((candidate) => !isPulled(candidate.cell, candidate.scalar, layout) && !readsItself(candidate))
  take((candidate) => !readsItself(candidate))
  take(() => true)
  return [...defined.values()]
}

function candidatesOf(control: ParsedControl, layout: Layout, source: RowSource): Definition[] {
  if (!control.rule) return []
  try {
    return equalitiesOf(control.rule).flatMap((chain) => candidatesOfEquality(chain, control, layout, source))
  } catch (problem) {
    if (problem instanceof TooManyCells) return []
    throw problem
  }
}

function candidatesOfEquality(chain: Chain, control: ParsedControl, layout: Layout, source: RowSource): Definition[] {
  const unknown: UnknownCode[] = []
  const [left, right] = new Resolver(layout, source, unknown).sides(chain.sides)
  if (unknown.length > 0 || !left || !right || left.items.length === 0 || right.items.length === 0) return []
  const pairs = Math.max(left.items.length, right.items.length)
  const candidates: Definition[] = []
  for (let number = 0; number < pairs; number += 1) {
    const [one, other] = [itemAt(left, number), itemAt(right, number)]
    for (const [own, scalar, length] of [
      [one, other, left.items.length],
      [other, one, right.items.length],
    ] as const) {
      if (length !== pairs || own.op !== 'cell' || !isNotEntered(layout.cells[own.cell])) continue
      candidates.push({ cell: own.cell, scalar, control, sources: cellsOf(scalar) })
    }
  }
  return candidates
}

const isNotEntered = (slot: CellSlot | undefined): boolean =>
  slot !== undefined &&
  !slot.outside &&
  slot.cell.column.type === 'Z' &&
  slot.cell.rule?.inputType === 0 &&
  slot.cell.pull === undefined // its value comes from elsewhere, and an equality with it is a check

/** Equalities of two sides that all must hold. */
function equalitiesOf(logic: Logic): Chain[] {
  switch (logic.kind) {
    case 'or':
      return []
    case 'and':
      return isAllAnd(logic) ? [...equalitiesOf(logic.left), ...equalitiesOf(logic.right)] : []
    case 'chain':
      return logic.operators.length === 1 && logic.operators[0] === '=' ? [logic] : []
  }
}

const isAllAnd = (logic: Logic): boolean =>
  logic.kind === 'chain' || (logic.kind === 'and' && isAllAnd(logic.left) && isAllAnd(logic.right))

function isPulled(cell: number, scalar: Scalar, layout: Layout): boolean {
  if (scalar.op !== 'cell') return false
  const [own, other] = [layout.cells[cell], layout.cells[scalar.cell]]
  return other?.outside === true || own?.section !== other?.section
}

/** Sources before readers; what cannot be ordered goes round in a circle. */
function inOrder(definitions: Definition[], size: number): { ordered: Definition[]; circular: Definition[] } {
  const definitionOf = new Int32Array(size).fill(-1)
  definitions.forEach(({ cell }, number) => {
    definitionOf[cell] = number
  })
  const waits = new Int32Array(definitions.length)
  const { readersFrom, readers } = readersOf(definitions, size)
  definitions.forEach(({ sources }, number) => {
    for (const cell of sources) if ((definitionOf[cell] ?? -1) >= 0) waits[number] = (waits[number] ?? 0) + 1
  })
  const ready = definitions.map((_, number) => number).filter((number) => waits[number] === 0)
  const ordered: Definition[] = []
  for (let at = 0; at < ready.length; at += 1) {
    const definition = definitions[ready[at] ?? -1]
    if (!definition) continue
    ordered.push(definition)
    for (
      let reader = readersFrom[definition.cell] ?? 0;
      reader < (readersFrom[definition.cell + 1] ?? 0);
      reader += 1
    ) {
      const number = readers[reader] ?? 0
      const left = (waits[number] ?? 0) - 1
      waits[number] = left
      if (left === 0) ready.push(number)
    }
  }
  const done = new Set(ready)
  return { ordered, circular: definitions.filter((_, number) => !done.has(number)) }
}

/** Who reads each cell, as places in the list given; a cell read twice is listed twice. */
function readersOf(
  definitions: { sources: number[] }[],
  size: number,
): { readersFrom: Int32Array; readers: Int32Array } {
  const readersFrom = new Int32Array(size + 1)
  for (const { sources } of definitions)
    for (const cell of sources) readersFrom[cell + 1] = (readersFrom[cell + 1] ?? 0) + 1
  for (let cell = 0; cell < size; cell += 1)
    readersFrom[cell + 1] = (readersFrom[cell + 1] ?? 0) + (readersFrom[cell] ?? 0)
  const next = readersFrom.slice()
  const readers = new Int32Array(readersFrom[size] ?? 0)
  definitions.forEach(({ sources }, number) => {
    for (const cell of sources) {
      const place = next[cell] ?? 0
      readers[place] = number
      next[cell] = place + 1
    }
  })
  return { readersFrom, readers }
}

/** A sum of closed cells alone is closed too: «х» cells inside a block of totals stay «х». */
function withSomethingBehind(ordered: Definition[], layout: Layout): Definition[] {
  const live = new Uint8Array(layout.size)
  layout.cells.forEach((slot, cell) => {
    if (slot.outside || !isNotEntered(slot)) live[cell] = 1
  })
  return ordered.filter(({ cell, scalar, sources }) => {
    const kept = sources.some((source) => live[source] === 1) || scalar.op === 'number'
    if (kept) live[cell] = 1
    return kept
  })
}
