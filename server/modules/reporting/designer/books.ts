/** A workbook as it was given: what stands in its sheets, kept while a person looks at what was understood of it. */
import { type Merge, openBook, UnreadableTable } from '../../../kernel/spreadsheets/index.ts'
import { DraftFileUnreadable } from './designer.errors.ts'

export type BookCell = { column: number; text: string; formula?: true }
export type BookRow = { number: number; cells: BookCell[] }
export type BookSheet = { name: string; rows: BookRow[]; merges: Merge[] }

const limits = { unpacked: 64 * 1_048_576, rows: 3000, columns: 200, sheets: 60 }
const longestText = 1000

/** Sheets in sight, with something in them. @throws DraftFileUnreadable 422 */
export async function readBook(bytes: Uint8Array): Promise<BookSheet[]> {
  try {
    const book = await openBook(bytes, limits)
    const sheets: BookSheet[] = []
    for (const { name, hidden } of book.sheets) {
      if (hidden) continue
      const rows: BookRow[] = []
      for await (const { number, cells } of book.rows(name)) {
        rows.push({
          number,
          cells: cells.map(({ column, text, formula }) => ({
            column,
            text: text.slice(0, longestText),
            ...(formula ? { formula } : {}),
          })),
        })
      }
      if (rows.length > 0) sheets.push({ name, rows, merges: await book.merges(name) })
    }
    return sheets
  } catch (problem) {
    if (problem instanceof UnreadableTable) throw new DraftFileUnreadable({ text: problem.message }, { cause: problem })
    throw problem
  }
}

/** A workbook is an archive. */
export const isBook = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
