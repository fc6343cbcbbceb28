/** A report as CSV, a value a line: section;row;column;specifics;value. */
import { type FormCell, type FormRow, normalCode } from '../../../../engine/index.ts'
import { readRows, UnreadableTable, writeCsv } from '../../../kernel/spreadsheets/index.ts'
import type { OpenReport } from '../reports/sheets.ts'
import { FileUnreadable } from './exchange.errors.ts'
import { fileTexts } from './exchange.phrases.ts'
import { type GivenFile, mostGivenCells } from './given.ts'

const headings = ['Раздел', 'Строка', 'Графа', 'Специфика', 'Значение'] as const

export const reportCsv = (open: OpenReport): AsyncGenerator<Uint8Array> => writeCsv(csvRows(open))

async function* csvRows({ form, sheet, title }: OpenReport): AsyncGenerator<readonly string[]> {
  yield headings
  for (const { field } of form.template.title) {
    const value = title[`title/${field.toLowerCase()}`]
    if (value) yield ['title', '', field.toLowerCase(), '', value]
  }
  for (const section of form.sections)
    for (const row of section.rows) {
      if (row.type === 'C') continue
      for (let entry = 1; entry <= sheet.instances(section.code, row.code); entry += 1) {
        const place = `${section.code}/${row.code}${row.type === 'M' ? `#${entry}` : ''}`
        const specifics = row.type === 'M' ? specificsOf(row, (code) => sheet.value(`${place}/${code}`)) : ''
        for (const cell of row.cells) {
          const value = cell.kind === 'label' ? null : sheet.value(`${place}/${cell.column.code}`)
          if (value !== null && cell.kind !== 'specific')
            yield [section.code, row.code, cell.column.code, specifics, shown(cell, value)]
        }
      }
    }
}

/** Values of the row's specifics in the order of its columns: `643|01`. */
const specificsOf = (row: FormRow, textOf: (column: string) => string | null): string =>
  row.cells
    .filter(({ kind }) => kind === 'specific')
    .map(({ column }) => textOf(column.code) ?? '')
    .join('|')

/** As a spreadsheet program in Russian reads a number. */
const shown = ({ format }: FormCell, value: string): string =>
  format?.type !== 'text' && /^-?\d+\.\d+$/.test(value) ? value.replace('.', ',') : value

/** @throws FileUnreadable 422 */
export async function readReportCsv(bytes: Uint8Array, open: OpenReport): Promise<GivenFile> {
  const given: GivenFile = { format: 'csv', cells: {}, refused: [] }
  const entries = new Entries(open)
  let lines = 0
  try {
    for await (const { cells } of readRows(bytes).rows) {
      const [section = '', row = '', column = '', specifics = '', text = ''] = cells.map((cell) => cell.trim())
      if (section.toLowerCase() === 'раздел' || section.toLowerCase() === 'section') continue
      if (cells.length < 5) throw new FileUnreadable({ text: fileTexts.noLines })
      lines += 1
      if (lines > mostGivenCells) throw new FileUnreadable({ text: fileTexts.tooMany })
      // An apostrophe keeps a spreadsheet from taking a text for a formula.
      const value = /^'[=+\-@]/.test(text) ? text.slice(1) : text
      if (section.toLowerCase() === 'title') given.cells[`title/${column.toLowerCase()}`] = value
      else Object.assign(given.cells, entries.cellsOf(section, row, column, specifics, value))
    }
  } catch (problem) {
    if (problem instanceof UnreadableTable) throw new FileUnreadable({ text: problem.message }, { cause: problem })
    throw problem
  }
  if (lines === 0) throw new FileUnreadable({ text: fileTexts.noLines })
  return given
}

/** Finds the entry of a row that repeats by its specifics; an unknown one becomes the next entry. */
class Entries {
  private readonly open: OpenReport
  private readonly known = new Map<string, Map<string, number>>()

  constructor(open: OpenReport) {
    this.open = open
  }

  cellsOf(section: string, row: string, column: string, specifics: string, value: string): Record<string, string> {
    const [s, r, c] = [normalCode(section), normalCode(row), normalCode(column)]
    const known = this.open.form.section(s)?.rows.find(({ type, code }) => type !== 'C' && code === r)
    if (known?.type !== 'M') return { [`${s}/${r}/${c}`]: value }
    const entries = this.entriesOf(s, known)
    const found = entries.get(specifics)
    if (found !== undefined) return { [`${s}/${r}#${found}/${c}`]: value }
    const entry = entries.size + 1
    entries.set(specifics, entry)
    const keys = known.cells.filter(({ kind }) => kind === 'specific')
    const parts = specifics.split('|')
    const own = keys.map((key, index) => [`${s}/${r}#${entry}/${key.column.code}`, parts[index] ?? ''])
    return { ...Object.fromEntries(own), [`${s}/${r}#${entry}/${c}`]: value }
  }

  private entriesOf(section: string, row: FormRow): Map<string, number> {
    const key = `${section}/${row.code}`
    const known = this.known.get(key)
    if (known) return known
    const entries = new Map<string, number>()
    const count = this.open.sheet.instances(section, row.code)
    for (let entry = 1; entry <= count; entry += 1) {
      const specifics = specificsOf(row, (code) => this.open.sheet.value(`${key}#${entry}/${code}`))
      // Entries that nobody has told apart are still entries, each in its place.
      entries.set(entries.has(specifics) ? `${specifics} #${entry}` : specifics, entry)
    }
    this.known.set(key, entries)
    return entries
  }
}
