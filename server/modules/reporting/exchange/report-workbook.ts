/** A report as a workbook: the title page, a sheet for each section, and what is needed to take it back. */

import { titleKey } from '../../../../contracts/reporting.ts'
import { cellAddress, type FormCell, type FormRow, type FormSection, normalCode } from '../../../../engine/index.ts'
import {
  type BookCell,
  type BookRow,
  type BookSheet,
  type BookValidation,
  type CellDigits,
  columnLetters,
  writeBook,
} from '../../../kernel/spreadsheets/index.ts'
import type { OpenReport } from '../reports/sheets.ts'
import { excelFormula } from './excel-formulas.ts'
import {
  layOutReport,
  type PlacedRow,
  type PlacedSection,
  type ReportLayout,
  spotText,
  titleSheet,
} from './report-layout.ts'

/** The sheet that says whose report the book is and which cell stands where. */
export const mapSheet = 'kabinet'
export const mapMark = 'kabinet-report-1'
const termsSheet = 'kabinet-terms'
const mostDigits = 15

export function reportWorkbook(
  open: OpenReport,
  facts: readonly (readonly [string, string])[],
): AsyncGenerator<Uint8Array> {
  const layout = layOutReport(open)
  const terms = new Terms()
  const title = titlePage(open, facts)
  const sections = layout.sections.map((placed) => sectionSheet(open, layout, placed, terms))
  return writeBook([
    title.sheet,
    ...sections,
    { name: termsSheet, hidden: true, rows: later(() => terms.rows()) },
    { name: mapSheet, hidden: true, guarded: true, rows: mapRows(open, layout, title.spots) },
  ])
}

function titlePage({ form, title, report }: OpenReport, facts: readonly (readonly [string, string])[]) {
  const items = form.template.title
  const firstItem = facts.length + 4
  const spots = new Map(items.map(({ field }, index) => [titleKey(field), `B${firstItem + index}`]))
  const rows: BookRow[] = [
    { cells: [{ column: 1, style: { look: 'title' }, text: `${report.formCipher} за ${report.campaignTitle}` }] },
    ...facts.map(([name, text]) => ({
      cells: [
        { column: 1, style: { look: 'note' }, text: name },
        { column: 2, style: { look: 'plain' }, text },
      ] as const satisfies BookCell[],
    })),
    { cells: [] },
    { cells: [{ column: 1, style: { look: 'note' }, text: 'Серые ячейки заполняются, белые — нет.' }] },
    ...items.map(({ field, name }) => ({
      cells: [
        { column: 1, style: { look: 'label' }, text: name || field },
        { column: 2, style: { look: 'input', digits: 'text' }, text: title[titleKey(field)] ?? '' },
      ] as const satisfies BookCell[],
    })),
  ]
  const sheet: BookSheet = { name: titleSheet, rows, widths: [44, 70], guarded: true, merged: () => ['A1:B1'] }
  return { sheet, spots }
}

function sectionSheet(open: OpenReport, layout: ReportLayout, placed: PlacedSection, terms: Terms): BookSheet {
  const { section, headAt } = placed
  const width = section.columns.length
  const merged: string[] = [`A1:${columnLetters(Math.max(width, 2))}1`]
  const validations = new Validations(terms)
  return {
    name: placed.sheet,
    widths: section.columns.map(({ type }) => (type === 'B' ? 52 : type === 'V' ? 8 : type === 'S' ? 24 : 14)),
    guarded: true,
    landscape: width > 7,
    frozen: { rows: headAt + section.headings.length, columns: labelColumns(section) },
    rows: sectionRows(open, layout, placed, merged, validations),
    merged: () => merged,
    validations: () => validations.list(),
  }
}

/** Names and codes of rows that stand first stay in sight. */
function labelColumns({ columns }: FormSection): number {
  const first = columns.findIndex(({ type }) => type !== 'B' && type !== 'V')
  return first > 0 && first <= 3 ? first : 0
}

function* sectionRows(
  open: OpenReport,
  layout: ReportLayout,
  placed: PlacedSection,
  merged: string[],
  validations: Validations,
): Generator<BookRow> {
  const { section } = placed
  const number = section.number ? `Раздел ${section.number}. ` : ''
  yield { cells: [{ column: 1, style: { look: 'title' }, text: `${number}${section.name}` }], height: 34 }
  yield { cells: section.unit ? [{ column: 1, style: { look: 'note' }, text: section.unit }] : [] }
  yield { cells: [] }
  yield* headRows(placed, merged)
  for (const row of placed.rows) yield bodyRow(open, layout, placed, row, merged, validations)
}

function* headRows({ section, headAt }: PlacedSection, merged: string[]): Generator<BookRow> {
  const blank = (): BookCell[] => section.columns.map((_, index) => ({ column: index + 1, style: { look: 'head' } }))
  for (const [level, headings] of section.headings.entries()) {
    const cells = blank()
    for (const { text, from, columnSpan, rowSpan } of headings) {
      cells[from] = { column: from + 1, style: { look: 'head' }, text }
      if (columnSpan > 1 || rowSpan > 1)
        merged.push(
          `${columnLetters(from + 1)}${headAt + level}:${columnLetters(from + columnSpan)}${headAt + level + rowSpan - 1}`,
        )
    }
    yield { cells, height: level === section.headings.length - 1 ? 48 : 30 }
  }
  yield {
    cells: section.columns.map(({ code }, index) => ({ column: index + 1, style: { look: 'code' }, text: code })),
  }
}

function bodyRow(
  open: OpenReport,
  layout: ReportLayout,
  { section, sheet }: PlacedSection,
  { row, instance, at }: PlacedRow,
  merged: string[],
  validations: Validations,
): BookRow {
  if (row.type === 'C') {
    if (section.columns.length > 1) merged.push(`A${at}:${columnLetters(section.columns.length)}${at}`)
    return {
      cells: section.columns.map((_, index) => ({
        column: index + 1,
        style: { look: 'caption' },
        ...(index === 0 ? { text: row.name } : {}),
      })),
    }
  }
  const cells = row.cells.map((cell, index): BookCell => {
    const spot = { column: index + 1, address: cellAddress(section.code, row.code, cell.column.code, instance) }
    if (cell.kind === 'label') return labelCell(row, cell, spot.column)
    if (cell.kind === 'closed') return { column: spot.column, style: { look: 'closed' }, text: 'х' }
    if (cell.kind === 'computed' || cell.kind === 'pulled') return computedCell(open, layout, sheet, cell, spot)
    validations.add(cell, spot.column, at)
    const style = { look: 'input', digits: digitsOf(cell) } as const
    return { column: spot.column, style, ...valueCell(cell, open.sheet.value(spot.address)) }
  })
  return { cells }
}

const labelCell = (row: FormRow, { column: { type } }: FormCell, column: number): BookCell => ({
  column,
  style: { look: 'label', indent: type === 'B' ? row.level : 0 },
  text: type === 'B' ? row.name : type === 'V' ? row.code : '',
})

function computedCell(
  open: OpenReport,
  layout: ReportLayout,
  sheet: string,
  cell: FormCell,
  { column, address }: { column: number; address: string },
): BookCell {
  const style = { look: 'computed', digits: digitsOf(cell) } as const
  const value = valueCell(cell, open.sheet.value(address))
  const formula = open.sheet.formula(address)
  const written = formula && excelFormula(formula, sheet, layout.spotOf)
  if (written === undefined) return { column, style, ...value }
  return { column, style, formula: written, ...('number' in value ? value : {}) }
}

function digitsOf({ format, choices }: FormCell): CellDigits {
  if (format?.type === 'text' || choices) return 'text'
  if (format?.type !== 'number') return 'general'
  const fraction = Math.min(format.fraction, 6)
  // as: a whole number from 0 to 6
  return fraction as CellDigits
}

/** A number of more digits than a spreadsheet keeps stays a text, and so loses none. */
function valueCell(cell: FormCell, value: string | null): { number: string } | { text: string } {
  if (value === null) return { text: '' }
  if (cell.choices) return { text: cell.choices.find(({ id }) => normalCode(id) === normalCode(value))?.name ?? value }
  const isNumber = cell.format?.type !== 'text' && /^-?\d+(\.\d+)?$/.test(value)
  return isNumber && value.replaceAll(/\D/g, '').length <= mostDigits ? { number: value } : { text: value }
}

const rangeText = ({ row, from, to }: { row: number; from: number; to: number }): string =>
  from === to ? `${columnLetters(from)}${row}` : `${columnLetters(from)}${row}:${columnLetters(to)}${row}`

/** Rules of entering, one for all cells that share it. */
class Validations {
  private readonly rules = new Map<string, { cell: FormCell; runs: { row: number; from: number; to: number }[] }>()
  private readonly terms: Terms

  constructor(terms: Terms) {
    this.terms = terms
  }

  /** Neighbours in a row are one range: a spreadsheet bears some thousands of them. */
  add(cell: FormCell, column: number, row: number): void {
    const source = cell.choices ? (cell.rule?.dictionary ?? cell.rule?.validation ?? cell.column.code) : ''
    const key = JSON.stringify([cell.format, source])
    const rule = this.rules.get(key) ?? { cell, runs: [] }
    const last = rule.runs.at(-1)
    if (last?.row === row && last.to === column - 1) last.to = column
    else rule.runs.push({ row, from: column, to: column })
    this.rules.set(key, rule)
  }

  list(): BookValidation[] {
    return [...this.rules.values()].flatMap(({ cell, runs }) => {
      const rule = this.ruleOf(cell)
      return rule ? [{ ...rule, range: runs.map(rangeText).join(' ') }] : []
    })
  }

  private ruleOf({ format, choices }: FormCell): BookValidation | undefined {
    const common = { range: '', title: 'Так не подойдёт' }
    if (choices && format?.type !== 'number')
      return { ...common, kind: 'list', source: this.terms.place(choices), told: 'Выберите значение из списка.' }
    if (format?.type === 'text')
      return { ...common, kind: 'length', most: format.length, told: `Не длиннее ${format.length} знаков.` }
    if (format?.type !== 'number') return undefined
    const whole = '9'.repeat(Math.min(format.whole, mostDigits))
    return format.fraction === 0
      ? { ...common, kind: 'whole', from: `-${whole}`, to: whole, told: `Нужно целое число, до ${format.whole} цифр.` }
      : {
          ...common,
          kind: 'decimal',
          from: `-${whole}.99`,
          to: `${whole}.99`,
          told: `Нужно число, до запятой до ${format.whole} цифр.`,
        }
  }
}

/** Lists to choose from, a column each of a hidden sheet: an own list in a rule is too short for a dictionary. */
class Terms {
  private readonly columns: string[][] = []
  private readonly known = new Map<string, string>()

  place(choices: readonly { name: string }[]): string {
    const names = choices.map(({ name }) => name)
    const key = names.join('\n')
    const found = this.known.get(key)
    if (found) return found
    this.columns.push(names)
    const letter = columnLetters(this.columns.length)
    const place = `'${termsSheet}'!$${letter}$1:$${letter}$${names.length}`
    this.known.set(key, place)
    return place
  }

  *rows(): Generator<BookRow> {
    const most = Math.max(0, ...this.columns.map((names) => names.length))
    for (let at = 0; at < most; at += 1)
      yield {
        cells: this.columns.flatMap((names, index) =>
          names[at] === undefined
            ? []
            : [{ column: index + 1, style: { look: 'plain', digits: 'text' }, text: names[at] }],
        ),
      }
  }
}

const later = <T>(make: () => Iterable<T>): Iterable<T> => ({ [Symbol.iterator]: () => make()[Symbol.iterator]() })

function* mapRows(
  { report }: OpenReport,
  { spotOf }: ReportLayout,
  titleSpots: ReadonlyMap<string, string>,
): Generator<BookRow> {
  const row = (...texts: string[]): BookRow => ({
    cells: texts.map((text, index) => ({ column: index + 1, style: { look: 'plain', digits: 'text' }, text })),
  })
  yield row(mapMark, report.id, String(report.version), report.formVersionId)
  for (const [address, place] of titleSpots) yield row(titleSheet, place, address)
  for (const [address, spot] of spotOf) yield row(spot.sheet, spotText(spot), address)
}
