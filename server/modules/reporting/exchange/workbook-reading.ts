/** A workbook given for a report: one that was taken out of it, by its map, or the organisation's own, by its codes. */
import { columnLetters, openBook, type ReadBook, UnreadableTable } from '../../../kernel/spreadsheets/index.ts'
import type { OpenReport } from '../reports/sheets.ts'
import { FileUnreadable } from './exchange.errors.ts'
import { fileTexts } from './exchange.phrases.ts'
import { type GivenFile, mostGivenCells } from './given.ts'
import { readOwnBook } from './own-workbook.ts'
import { mapMark, mapSheet } from './report-workbook.ts'

/** The largest form's book unpacks to some 12 MB. */
const limits = { unpacked: 64 * 1_048_576, rows: mostGivenCells + 10, columns: 400, sheets: 120 }

/** @throws FileUnreadable 422 when it is no book, of another report, or of another version of the form */
export async function readReportBook(
  bytes: Uint8Array,
  open: OpenReport,
  nameOf: (reportId: string) => Promise<string>,
): Promise<GivenFile> {
  try {
    const book = await openBook(bytes, limits)
    const isOurs = book.sheets.some(({ name }) => name === mapSheet)
    return isOurs ? await readByMap(book, open, nameOf) : await readOwnBook(book, open)
  } catch (problem) {
    if (problem instanceof UnreadableTable) throw new FileUnreadable({ text: problem.message }, { cause: problem })
    throw problem
  }
}

type Places = Map<string, Map<string, string>>

async function readByMap(
  book: ReadBook,
  open: OpenReport,
  nameOf: (reportId: string) => Promise<string>,
): Promise<GivenFile> {
  const { since, places } = await readMap(book, open, nameOf)
  const given: GivenFile = { format: 'xlsx', cells: {}, since, refused: [] }
  for (const { name } of book.sheets) {
    const spots = places.get(name)
    if (!spots) continue
    const empty = new Set(spots.values())
    for await (const { number, cells } of book.rows(name)) {
      for (const { column, text, formula } of cells) {
        const address = spots.get(`${columnLetters(column)}${number}`)
        if (address === undefined) continue
        empty.delete(address)
        take(given, open, { address, text, formula })
      }
    }
    for (const address of empty) if (address in open.values) given.cells[address] = ''
  }
  return given
}

/** What a formula of a computed cell comes to is worked out anew; a label or «х» as it was is passed over. */
function take(
  given: GivenFile,
  open: OpenReport,
  { address, text, formula }: { address: string; text: string; formula: boolean },
): void {
  const kind = address.startsWith('title/') ? 'input' : open.form.cell(address)?.kind
  if (kind === 'label') return
  if (kind === 'closed' && /^[xх]$/iu.test(text.trim())) return
  if ((kind === 'computed' || kind === 'pulled') && formula) return
  if (text.startsWith('#') && formula) given.refused.push({ cell: address, given: text, text: fileTexts.mistake })
  else given.cells[address] = text.trim()
}

async function readMap(book: ReadBook, { report }: OpenReport, nameOf: (reportId: string) => Promise<string>) {
  const places: Places = new Map()
  let since: number | undefined
  for await (const { number, cells } of book.rows(mapSheet)) {
    const [first = '', second = '', third = '', fourth = ''] = cells.map(({ text }) => text)
    if (number > 1) {
      const ofSheet = places.get(first) ?? new Map<string, string>()
      ofSheet.set(second, third)
      places.set(first, ofSheet)
      continue
    }
    if (first !== mapMark) throw new FileUnreadable({ text: fileTexts.unknown })
    if (second !== report.id) throw new FileUnreadable({ text: fileTexts.otherReport(await nameOf(second)) })
    if (fourth !== report.formVersionId) throw new FileUnreadable({ text: fileTexts.otherVersion })
    since = /^\d{1,9}$/.test(third) ? Math.min(Number(third), report.version) : undefined
  }
  if (since === undefined) throw new FileUnreadable({ text: fileTexts.unknown })
  return { since, places }
}
