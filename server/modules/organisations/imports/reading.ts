import { mostImportLines } from '../../../../contracts/imports.ts'
import type { FileStore } from '../../../kernel/files/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { type Row, readRows, UnreadableTable } from '../../../kernel/spreadsheets/index.ts'
import { cellsOf, type Heading, innOf, isIndependent, readHeadings } from './columns.ts'
import { advanceImport, countReadLines, type Import, turnImport } from './imports.queries.ts'
import { insertLines } from './lines.queries.ts'
import type { Work } from './work.ts'

const batchSize = 500

/** Reads the file into lines. One that was stopped is read from the beginning, past what is kept already. */
export async function readFile(work: Work, { sha256, cursor }: Import, files: FileStore): Promise<boolean> {
  try {
    const reading = linesOf(await bytesOf(files, sha256))
    let batch: Row[] = []
    let headings: Heading[] = []
    for await (const { row, found } of reading) {
      headings = found
      if (row.number <= cursor) continue
      batch.push(row)
      if (batch.length < batchSize) continue
      if (!(await keep(work, batch, headings))) return false
      batch = []
    }
    if (batch.length > 0 && !(await keep(work, batch, headings))) return false
    return await work.batch('reading', async (tx, { id }) => void (await turnImport(tx, id, 'checking')))
  } catch (error) {
    if (!(error instanceof UnreadableTable)) throw error
    const { message } = error
    return work.batch('reading', async (tx, { id }) => {
      await turnImport(tx, id, 'unreadable', { problem: message })
      await publish(tx, 'organisations.import-ended', { importId: id, outcome: 'unreadable' })
    })
  }
}

async function bytesOf(files: FileStore, sha256: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await files.read(sha256)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The rows below the headings. @throws UnreadableTable when the file has no headings, or too many lines */
async function* linesOf(bytes: Uint8Array): AsyncGenerator<{ row: Row; found: Heading[] }> {
  let found: Heading[] | undefined
  let lines = 0
  for await (const row of readRows(bytes).rows) {
    if (!found) {
      found = neededHeadings(row.cells)
      continue
    }
    lines += 1
    if (lines > mostImportLines)
      throw new UnreadableTable(`В файле больше ${mostImportLines} строк. Разделите его на несколько.`)
    yield { row, found }
  }
  if (!found || lines === 0) throw new UnreadableTable('В файле нет строк под заголовками. Впишите в него организации.')
}

/** @throws UnreadableTable that names what is missing and what was not understood */
function neededHeadings(cells: readonly string[]): Heading[] {
  const { found, unknown } = readHeadings(cells)
  if (found.some(({ column }) => column.field === 'inn')) return found
  const told = unknown.length > 0 ? ` Непонятные заголовки: ${unknown.slice(0, 5).join(', ')}.` : ''
  throw new UnreadableTable(`В первой строке нужны заголовки, среди них «ИНН». Возьмите за образец шаблон.${told}`)
}

/** Looks at the first rows only. @throws UnreadableTable */
export async function readStart(bytes: Uint8Array): Promise<string[]> {
  for await (const { found } of linesOf(bytes)) return found.map(({ column }) => column.title)
  return []
}

const keep = (work: Work, rows: readonly Row[], headings: readonly Heading[]): Promise<boolean> =>
  work.batch('reading', async (tx, { id }) => {
    const lines = rows.map((row) => {
      const cells = cellsOf(row.cells, headings)
      return { number: row.number, cells, inn: innOf(cells.inn), independent: isIndependent(cells) }
    })
    await insertLines(tx, id, lines)
    await advanceImport(tx, id, rows.at(-1)?.number ?? 0, rows.length)
    await countReadLines(tx, id, rows.length)
  })
