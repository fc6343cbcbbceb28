/**
 * A workbook that an organisation has made by itself. A sheet is a section's when its table has a line with the codes of
 * all the section's value columns, in their order, and below it, in one column, codes of the section's rows. What could
 * be two sections is none.
 */
import { cellAddress, type FormSection, normalCode } from '../../../../engine/index.ts'
import type { ReadBook, ReadRow } from '../../../kernel/spreadsheets/index.ts'
import type { OpenReport } from '../reports/sheets.ts'
import { FileUnreadable } from './exchange.errors.ts'
import { fileTexts } from './exchange.phrases.ts'
import type { GivenFile } from './given.ts'

const mostRows = 5000

type Found = { section: FormSection; columns: Map<number, string>; rowColumn: number; from: number; known: number }

export async function readOwnBook(book: ReadBook, open: OpenReport): Promise<GivenFile> {
  const given: GivenFile = { format: 'xlsx', cells: {}, refused: [] }
  let recognised = 0
  for (const { name, hidden } of book.sheets) {
    if (hidden) continue
    const rows = await rowsOf(book, name)
    const fitting = open.form.sections.flatMap((section) => findTable(section, rows) ?? [])
    const [best, other] = fitting.toSorted((one, another) => another.known - one.known)
    if (!best) continue
    if (other && other.known === best.known && !namesSection(name, best.section)) {
      given.refused.push({ cell: name, given: '', text: fileTexts.ambiguousSheet(name) })
      continue
    }
    const own = other && other.known === best.known ? fitting.find(({ section }) => namesSection(name, section)) : best
    if (!own) continue
    recognised += 1
    takeTable(given, open, own, rows)
  }
  if (recognised === 0) throw new FileUnreadable({ text: fileTexts.noSections })
  return given
}

async function rowsOf(book: ReadBook, sheet: string): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  for await (const row of book.rows(sheet)) {
    rows.push(row)
    if (rows.length >= mostRows) break
  }
  return rows
}

const namesSection = (sheet: string, { number, code }: FormSection): boolean =>
  [number, code].some(
    (wanted) =>
      wanted !== '' && sheet.split(/[^\p{L}\p{N}.]+/u).some((word) => normalCode(word) === normalCode(wanted)),
  )

function findTable(section: FormSection, rows: readonly ReadRow[]): Found | undefined {
  const wanted = section.columns.filter(({ type }) => type === 'Z').map(({ code }) => code)
  const codes = new Set(section.rows.filter(({ type }) => type === 'F').map(({ code }) => code))
  // One column of values could be any number that stands in a table.
  if (wanted.length < 2 || codes.size === 0) return undefined
  for (const [index, row] of rows.entries()) {
    const columns = columnsIn(row, wanted)
    if (!columns) continue
    const place = rowColumnBelow(rows.slice(index + 1), columns, codes)
    if (place) return { section, columns, from: index + 1, ...place }
  }
  return undefined
}

/** The codes of all value columns side by side in their order; undefined when one is missing or stands twice. */
function columnsIn({ cells }: ReadRow, wanted: readonly string[]): Map<number, string> | undefined {
  const found = cells.filter(({ text }) => wanted.includes(normalCode(text)))
  if (found.length !== wanted.length) return undefined
  if (!found.every(({ text }, index) => normalCode(text) === wanted[index])) return undefined
  return new Map(found.map(({ column, text }) => [column, normalCode(text)]))
}

/** The column with the most codes of rows, at least half of all and none of them twice. */
function rowColumnBelow(rows: readonly ReadRow[], values: ReadonlyMap<number, string>, codes: ReadonlySet<string>) {
  const counts = new Map<number, Set<string>>()
  const twice = new Set<number>()
  for (const { cells } of rows) {
    for (const { column, text } of cells) {
      const code = normalCode(text)
      if (values.has(column) || !codes.has(code)) continue
      const seen = counts.get(column) ?? new Set<string>()
      if (seen.has(code)) twice.add(column)
      counts.set(column, seen.add(code))
    }
  }
  const [best] = [...counts]
    .filter(([column, seen]) => !twice.has(column) && seen.size * 2 >= codes.size)
    .toSorted(([, one], [, other]) => other.size - one.size)
  return best && { rowColumn: best[0], known: best[1].size }
}

function takeTable(given: GivenFile, open: OpenReport, found: Found, rows: readonly ReadRow[]): void {
  const { section, columns, rowColumn, from } = found
  for (const { cells } of rows.slice(from)) {
    const code = normalCode(cells.find(({ column }) => column === rowColumn)?.text ?? '')
    if (!section.rows.some((row) => row.type === 'F' && row.code === code)) continue
    for (const { column, text } of cells) {
      const columnCode = columns.get(column)
      if (columnCode === undefined) continue
      const address = cellAddress(section.code, code, columnCode)
      if (open.form.cell(address)?.kind === 'closed' && /^([xх]|-|–|—)$/iu.test(text.trim())) continue
      given.cells[address] = text.trim()
    }
  }
}
