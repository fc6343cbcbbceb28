import { parseAddress } from './address.ts'
import { faultOf, isClosedMark } from './cell-values.ts'
import type { ParsedControl } from './controls.ts'
import { addExact, exactText, isPlainNumber, negateExact } from './decimal.ts'
import { type CompiledControl, compileControl, type Failure, failuresOf, type Numbers } from './evaluation/checking.ts'
import { cellsOf } from './evaluation/expression.ts'
import type { Program } from './evaluation/formulas.ts'
import type { CellSlot } from './evaluation/layout.ts'
import { TooManyCells } from './evaluation/resolve.ts'
import { explainSide } from './explain.ts'
import type { FormatCode, Problem } from './problem.ts'
import type { SheetState } from './sheet.state.ts'
import { lineWords, placeWords, sumsWords } from './words.ts'

const mostProblems = 5_000
const mostCellsShown = 200

/** Format first, all of it at once; controls only of a report whose format is in order. */
export function checkSheet(state: SheetState, explained = 0): Problem[] {
  const format = checkFormat(state)
  if (format.some((problem) => problem.level === 'error')) return format
  return [...format, ...checkControls(state, explained)]
}

function checkFormat(state: SheetState): Problem[] {
  const problems = onceEach(state.strays.map((stray) => strayProblem(state, stray.address)))
  problems.push(...repeatedInstances(state))
  const { cells } = state.program.layout
  for (let place = 0; place < cells.length && problems.length < mostProblems; place += 1) {
    const slot = cells[place]
    if (!slot || slot.outside || isPlainlyRight(slot, state.textAt(place))) continue
    const problem = cellProblem(state, slot, place)
    if (problem) problems.push(problem)
  }
  return problems
}

/** Nearly every cell: one that may be empty and is, or a number that fits where nothing more is asked of it. */
function isPlainlyRight({ cell }: CellSlot, value: string | null): boolean {
  const { kind, format, rule } = cell
  if (kind !== 'input' && kind !== 'obligatory') return kind === 'label'
  if (value === null) return kind === 'input'
  if (format?.type !== 'number' || rule?.validationType !== undefined) return false
  return isPlainNumber(value, format.whole, format.fraction)
}

function strayProblem(state: SheetState, address: string): Problem {
  const place = parseAddress(address)
  if (!place)
    return formatProblem('unknown-row', { section: '', row: address, column: '' }, `адрес «${address}» непонятен`, [])
  const section = state.form.section(place.section)
  if (!section)
    return formatProblem(
      'unknown-section',
      place,
      `раздела ${place.section} нет в форме`,
      [],
      `Раздел ${place.section}`,
    )
  const line = `Раздел ${place.section}, ${lineWords(place.row)}`
  const row = section.rows.find((known) => known.type !== 'C' && known.code === place.row)
  if (!row) return formatProblem('unknown-row', place, `строки ${place.row} нет в форме`, [], line)
  if (row.type === 'F' && place.instance !== undefined) {
    return formatProblem('repeated-row', { ...place, column: '' }, 'строка повторяется', [], line)
  }
  const column = section.columns.find((known) => known.code === place.column)
  if (!column) return formatProblem('unknown-column', place, `графы ${place.column} нет в форме`, [])
  const text = place.instance === undefined ? 'не указано, какая это запись по счёту' : 'таких строк слишком много'
  return formatProblem('unknown-row', place, text, [], line)
}

/** Rows of the same code are told apart by their specifics. */
function repeatedInstances(state: SheetState): Problem[] {
  const problems: Problem[] = []
  for (const { section, rows } of state.program.layout.present.sections) {
    const seen = new Map<string, number>()
    for (const row of rows) {
      if (row.instance === undefined) continue
      const specifics = row.row.cells.flatMap((cell, position) =>
        cell.kind === 'specific' ? [state.textAt(row.first + position)] : [],
      )
      if (specifics.every((value) => value === null)) continue
      const key = JSON.stringify([row.row.code, ...specifics])
      const first = seen.get(key)
      if (first === undefined) {
        seen.set(key, row.instance)
        continue
      }
      const slot = state.slot(row.first + row.row.cells.findIndex((cell) => cell.kind === 'specific'))
      const place = {
        section: section.code,
        row: row.row.code,
        instance: row.instance,
        column: slot?.cell.column.code ?? '',
      }
      const text = `строка повторяется: те же признаки уже есть в записи ${first}`
      problems.push(formatProblem('repeated-row', place, text, slot ? [slot.address] : []))
    }
  }
  return problems
}

/** A repeated fixed row comes cell by cell; it is told once. */
function onceEach(problems: Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter((problem) => {
    const key = `${problem.section}/${problem.row}/${problem.column}/${problem.code}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function cellProblem(state: SheetState, slot: CellSlot, place: number): Problem | undefined {
  const value = state.textAt(place)
  const { cell } = slot
  if (cell.kind === 'label') return undefined
  const fault = value === null ? emptyFault(cell.kind, cell.rule?.inputType) : givenFault(state, slot, value)
  if (!fault) return undefined
  return formatProblem(fault.code, placeOf(slot), fault.text, [slot.address])
}

function emptyFault(kind: string, inputType: number | undefined): { code: FormatCode; text: string } | undefined {
  if (kind !== 'obligatory' && !(kind === 'specific' && inputType === 1)) return undefined
  return { code: 'obligatory-empty', text: 'ячейка обязательна, а она пуста. Если показателя нет, поставьте 0' }
}

function givenFault(state: SheetState, slot: CellSlot, value: string): { code: FormatCode; text: string } | undefined {
  if (slot.cell.kind === 'closed') {
    if (isClosedMark(value)) return undefined
    return { code: 'closed-filled', text: 'ячейка не заполняется («х»), а в ней есть значение' }
  }
  if (slot.cell.rule?.inputType === 0 && isClosedMark(value)) return undefined
  return faultOf(slot.cell, value, state.works.dictionaries, (column) => valueInRow(state, slot, column))
}

export function valueInRow(state: SheetState, slot: CellSlot, column: string): string | null {
  const position = slot.row.row.cells.findIndex((cell) => cell.column.code === column)
  return position < 0 ? null : state.textAt(slot.row.first + position)
}

const placeOf = (slot: CellSlot) => ({
  section: slot.section.code,
  row: slot.row.row.code,
  instance: slot.row.instance,
  column: slot.cell.column.code,
})

type Place = ReturnType<typeof placeOf> | { section: string; row: string; column: string; instance?: number }

const rowOf = ({ row, instance }: Place): string => (instance === undefined ? row : `${row}#${instance}`)

function formatProblem(
  code: FormatCode,
  place: Place,
  name: string,
  cells: string[],
  words = placeWords(place),
): Problem {
  return {
    stage: 'format',
    code,
    control: '',
    level: 'error',
    section: place.section,
    row: rowOf(place),
    column: place.column,
    left: '',
    operator: '',
    right: '',
    difference: '',
    name,
    sums: '',
    text: `${words}: ${name}.`,
    cells,
  }
}

const compiled = new WeakMap<Program, Map<ParsedControl, CompiledControl | undefined>>()

function checkControls(state: SheetState, explained: number): Problem[] {
  if (state.isBlank) return []
  const numbers: Numbers = { scaled: state.scaled, scale: state.program.scale, read: state.exactAt }
  const problems: Problem[] = []
  for (const parsed of state.works.controls) {
    if (!isDue(parsed, state) || problems.length >= mostProblems) continue
    const control = compiledControl(parsed, state)
    if (!control) continue
    for (const failure of failuresOf(control, numbers)) {
      if (definesItsCell(parsed, failure, state)) continue
      const problem = controlProblem(parsed, failure, state)
      problems.push(problems.length < explained ? { ...problem, sides: sidesOf(parsed, failure, state) } : problem)
    }
  }
  return problems
}

/** Not of a control that cannot be read, is for other periods, or asks for a report elsewhere that is not at hand. */
function isDue(parsed: ParsedControl, state: SheetState): boolean {
  if (parsed.faults.length > 0 || !parsed.rule || !parsed.period) return false
  if (parsed.usesPrevious && !state.previous) return false
  if (parsed.usesOthers && !parsed.references.every((reference) => state.hasReportOf(reference))) return false
  return isOfPeriod(parsed, state)
}

/** Whether the control is for the report's period. */
export function isOfPeriod(parsed: ParsedControl, state: SheetState): boolean {
  if (!parsed.control.periodClause.trim()) return true
  return state.options.period !== undefined && parsed.period?.(state.options.period.number) === true
}

/** Pairs hang on the report only where `*` meets missing rows, or where specifics choose rows. */
function compiledControl(parsed: ParsedControl, state: SheetState): CompiledControl | undefined {
  const compile = (): CompiledControl | undefined => {
    try {
      return compileControl(parsed, state.program.layout, state, state.program.scale)
    } catch (problem) {
      if (problem instanceof TooManyCells) return undefined // told when the template is checked
      throw problem
    }
  }
  if (parsed.usesSpecifics || (parsed.usesPresentRows && !state.hasEveryRow)) return compile()
  const known = compiled.get(state.program) ?? new Map<ParsedControl, CompiledControl | undefined>()
  compiled.set(state.program, known)
  if (!known.has(parsed)) known.set(parsed, compile())
  return known.get(parsed)
}

/** A worked out cell cannot fail the equality that it is worked out by; only its kept digits differ. */
function definesItsCell(parsed: ParsedControl, failure: Failure, state: SheetState): boolean {
  if (!state.recalculates) return false
  return [failure.leftScalar, failure.rightScalar].some((side) => {
    if (side.op !== 'cell') return false
    const rank = state.program.rankOf[side.cell] ?? -1
    return state.program.formulas[rank]?.control === parsed.control
  })
}

function sidesOf({ control }: ParsedControl, failure: Failure, state: SheetState): Problem['sides'] {
  const value = (side: Failure['left']): string => exactText(side, control.precision)
  return {
    left: explainSide(state, failure.leftScalar, value(failure.left)),
    right: explainSide(state, failure.rightScalar, value(failure.right)),
  }
}

function controlProblem({ control }: ParsedControl, failure: Failure, state: SheetState): Problem {
  const cells = [...new Set([...cellsOf(failure.leftScalar), ...cellsOf(failure.rightScalar)])]
  const slots = cells.flatMap((cell) => state.slot(cell) ?? [])
  const present = slots.filter((slot) => !slot.outside)
  const first = present[0] ?? slots[0]
  const place = first && placeOf(first)
  const [left, right] = [exactText(failure.left, control.precision), exactText(failure.right, control.precision)]
  const difference = exactText(addExact(failure.left, negateExact(failure.right)), 2)
  // Where every cell is empty, the figures are stand-ins of the formula, «−1 < 0», that nobody has entered.
  const isEmpty = cells.length > 0 && cells.every((cell) => state.valueAt(cell) === null)
  const sums = isEmpty ? '' : sumsWords(left, failure.operator, right, difference)
  const name = control.name.trim().replace(/[.;:]+$/, '') || `Контроль ${control.id}`
  return {
    stage: 'control',
    code: 'control',
    control: control.id,
    level: control.level,
    section: place?.section ?? '',
    row: place ? rowOf(place) : '',
    column: place?.column ?? '',
    left,
    operator: failure.operator,
    right,
    difference,
    name,
    sums,
    text: `${place ? `${placeWords(place)}. ` : ''}${name}${sums ? `: ${sums}` : ''}.`,
    cells: present.slice(0, mostCellsShown).map((slot) => slot.address),
  }
}
