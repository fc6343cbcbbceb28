import type { CellAddress } from './address.ts'
import { russianNumber } from './decimal.ts'
import { cellsOf, type Scalar } from './evaluation/expression.ts'
import type { Formula } from './evaluation/formulas.ts'
import type { CellSlot } from './evaluation/layout.ts'
import type { ExplainedCell, ExplainedSide, Explanation } from './form.types.ts'
import type { SheetState } from './sheet.state.ts'
import { lineWords, placeWords } from './words.ts'

const mostAddends = 24

/** "Why this number": which cells with which values give it; undefined for a cell that is not worked out. */
export function explainCell(state: SheetState, address: CellAddress): Explanation | undefined {
  const place = state.placeOf(address)
  const target = place === undefined ? undefined : state.slot(place)
  if (place !== undefined && target?.cell.pull && state.recalculates) return explainPulled(state, target, place)
  const formula = place === undefined ? undefined : state.program.formulas[state.program.rankOf[place] ?? -1]
  if (place === undefined || !target || !formula) return undefined
  const value = state.valueAt(place)
  const sources = [...new Set(cellsOf(formula.scalar))]
  return {
    address: target.address,
    kind: formula.pulled ? 'pulled' : 'computed',
    value,
    text: formulaWords(state, target, formula, value),
    control: { id: formula.control.id, name: formula.control.name },
    cells: sources.flatMap((cell) => {
      const slot = state.slot(cell)
      return slot ? [sourceOf(state, slot, cell)] : []
    }),
  }
}

function explainPulled(state: SheetState, { address }: CellSlot, place: number): Explanation {
  const value = state.valueAt(place)
  const from = state.pulledFrom(address)
  const text = `${from || 'Из другого отчёта'}: ${valueWords(value)}`
  return { address, kind: 'pulled', value, text, control: { id: '', name: '' }, cells: [] }
}

const mostTerms = 40

/** How one side of a comparison came about, as `explainCell` tells it of a cell. */
export function explainSide(state: SheetState, scalar: Scalar, value: string): ExplainedSide {
  const cells = [...new Set(cellsOf(scalar))]
  const terms = cells.slice(0, mostTerms).flatMap((cell) => {
    const slot = state.slot(cell)
    return slot ? [sourceOf(state, slot, cell)] : []
  })
  return {
    value,
    text: upperFirst(scalarWords(state, undefined, scalar)),
    cells: terms,
    more: Math.max(0, cells.length - mostTerms),
  }
}

function sourceOf(state: SheetState, slot: CellSlot, cell: number): ExplainedCell {
  const value = state.valueAt(cell)
  const named = slot.elsewhere === undefined
  return {
    address: slot.address,
    previous: slot.outside && (named || slot.elsewhere?.previous === true),
    name: named ? `${slot.row.row.name} — ${slot.cell.column.name}` : placeIn(slot),
    value,
    text: valueWords(value),
    ...(slot.elsewhere ? { elsewhere: reportWords(state, slot.elsewhere) } : {}),
  }
}

function reportWords(state: SheetState, wanted: { form: string; previous: boolean }): { title: string; href?: string } {
  const report = state.otherReport(wanted)
  const { title = wanted.form, href } = report ?? {}
  return href === undefined ? { title } : { title, href }
}

/** A value in words: a number as Russian writes it, a text as it is. */
const valueWords = (value: string | null): string =>
  value === null ? 'пусто' : /^-?\d+(\.\d+)?$/.test(value) ? russianNumber(value) : value

function formulaWords(state: SheetState, target: CellSlot, { scalar, pulled }: Formula, value: string | null): string {
  const result = valueWords(value)
  if (pulled && scalar.op === 'cell') {
    const slot = state.slot(scalar.cell)
    return slot ? `${sourceWords(state, slot)}: ${lowerFirst(slotWords(slot))} — ${result}` : result
  }
  if (scalar.op === 'sum') return `${sumWords(state, target, scalar)}: ${addends(state, scalar)} = ${result}`
  return `${upperFirst(scalarWords(state, target, scalar))} = ${result}`
}

function sourceWords(state: SheetState, { outside, elsewhere }: CellSlot): string {
  if (elsewhere) return `Из отчёта ${reportWords(state, elsewhere).title}`
  return outside ? 'Из отчёта за прошлый период' : 'Из другого раздела'
}

/** «Сумма граф 4–11 строки 701», «Сумма строк 402, 413–421 графы 3» or «Сумма ячеек». */
function sumWords(state: SheetState, target: CellSlot | undefined, { cells }: Scalar & { op: 'sum' }): string {
  const slots = Array.from(cells).flatMap((cell) => state.slot(cell) ?? [])
  const first = slots[0]
  const together = slots.every((slot) => slot.section === first?.section && slot.outside === first?.outside)
  const before = together && first ? whoseWords(state, first) : ''
  const elsewhere = first && first.section !== target?.section ? ` раздела ${first.section.code}` : ''
  if (together && first && slots.every((slot) => slot.row === first.row)) {
    const columns = listed(
      slots.map((slot) => slot.cell.column.code),
      first.section.columns.map((column) => column.code),
    )
    return `Сумма граф ${columns} строки ${first.row.row.code}${elsewhere}${before}`
  }
  if (together && first && slots.every((slot) => slot.cell.column === first.cell.column)) {
    const order = first.section.rows.filter((row) => row.type !== 'C').map((row) => row.code)
    const rows = listed([...new Set(slots.map((slot) => slot.row.row.code))], order)
    return `Сумма строк ${rows} графы ${first.cell.column.code}${elsewhere}${before}`
  }
  return `Сумма ячеек${elsewhere}${before}`
}

/** Codes with runs of neighbours drawn together: 402, 413–421. */
function listed(codes: string[], order: string[]): string {
  const runs: string[][] = []
  for (const code of codes) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last !== undefined && order.indexOf(code) === order.indexOf(last) + 1) run.push(code)
    else runs.push([code])
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(', '))).join(', ')
}

function addends(state: SheetState, { cells }: Scalar & { op: 'sum' }): string {
  const shown = Array.from(cells)
    .slice(0, mostAddends)
    .map((cell) => numberWords(state.valueAt(cell)))
  return cells.length > mostAddends ? `${shown.join(' + ')} + … (ещё ${cells.length - mostAddends})` : shown.join(' + ')
}

function numberWords(value: string | null): string {
  if (value === null) return 'пусто'
  return value.startsWith('-') ? `(${russianNumber(value)})` : russianNumber(value)
}

function scalarWords(state: SheetState, target: CellSlot | undefined, scalar: Scalar): string {
  const words = (part: Scalar): string => scalarWords(state, target, part)
  switch (scalar.op) {
    case 'empty':
      return 'пусто'
    case 'number':
      return russianNumber(scalar.value)
    case 'cell': {
      const slot = state.slot(scalar.cell)
      return slot ? `${nearWords(state, slot, target)} (${numberWords(state.valueAt(scalar.cell))})` : 'пусто'
    }
    case 'sum':
      return `${lowerFirst(sumWords(state, target, scalar))} (${addends(state, scalar)})`
    case 'total':
      return `сумма (${scalar.items.map(words).join('; ')})`
    case 'add':
      return `${words(scalar.left)} + ${words(scalar.right)}`
    case 'subtract':
      return `${words(scalar.left)} − ${bracketed(scalar.right, words)}`
    case 'multiply':
      return `${bracketed(scalar.left, words)} × ${bracketed(scalar.right, words)}`
    case 'divide':
      return `${bracketed(scalar.left, words)} : ${bracketed(scalar.right, words)}`
    case 'negate':
      return `−${bracketed(scalar.of, words)}`
    case 'absolute':
      return `${words(scalar.of)} без знака`
    case 'floor':
      return `${words(scalar.of)} с округлением вниз`
    case 'round':
      return `${bracketed(scalar.of, words)} с округлением до ${words(scalar.digits)} знаков после запятой`
    case 'coalesce':
      return `первое непустое из (${scalar.items.map(words).join('; ')})`
    case 'nullif':
      return `${words(scalar.left)}, но пусто, если это ${words(scalar.right)}`
  }
}

function bracketed(part: Scalar, words: (part: Scalar) => string): string {
  return part.op === 'add' || part.op === 'subtract' || part.op === 'negate' ? `(${words(part)})` : words(part)
}

/** As much of the place as differs from the target's: «графа 4», «строка 402, графа 4», «раздел 4, строка 401, графа 3». */
function nearWords(state: SheetState, slot: CellSlot, target: CellSlot | undefined): string {
  if (slot.outside || !target || slot.section !== target.section)
    return lowerFirst(slotWords(slot)) + whoseWords(state, slot)
  const column = `графа ${slot.cell.column.code}`
  if (slot.row === target.row) return column
  const row = lineWords(slot.row.row.code, slot.row.instance)
  return slot.cell.column === target.cell.column ? row : `${row}, ${column}`
}

function whoseWords(state: SheetState, { outside, elsewhere }: CellSlot): string {
  if (elsewhere) return ` отчёта ${reportWords(state, elsewhere).title}`
  return outside ? ' за прошлый период' : ''
}

/** «раздел 7, строка 701, графа 3» */
const placeIn = (slot: CellSlot): string => lowerFirst(slotWords(slot))

const slotWords = ({ section, row, cell }: CellSlot): string =>
  placeWords({ section: section.code, row: row.row.code, instance: row.instance, column: cell.column.code })
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
