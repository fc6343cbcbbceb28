/** A draft out of a workbook: kept as it came, read as a person says, taken as sections. */
import { z } from 'zod'
import type { FormDraft } from '../../../../contracts/designer.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { blankForm } from './blank.ts'
import { readBook } from './books.ts'
import { NoTablesInBook, NothingTaken } from './designer.errors.ts'
import { findBook, insertBook } from './drafts.queries.ts'
import { addDraft } from './drafts.ts'
import { type TableReading, type UnderstoodTable, understand } from './recognition.ts'

/** @throws DraftFileUnreadable, NoTablesInBook 422 */
export async function keepBook(ctx: Context, fileName: string, bytes: Uint8Array): Promise<string> {
  const sheets = await readBook(bytes)
  if (understand(sheets).length === 0) throw new NoTablesInBook()
  return transaction(ctx, (tx) => insertBook(tx, { fileName: fileName.slice(0, 200), sheets, by: ctx.account.id }))
}

/** @throws NotFound 404 */
export async function viewBook(ctx: Context, id: string, values: Readonly<Record<string, string>> = {}) {
  const book = await findBook(ctx.db, id, ctx.account.id)
  if (!book) throw new NotFound({ what: 'draft' })
  return { book: { id: book.id, fileName: book.fileName }, tables: understand(book.sheets, mendedOf(values)) }
}

const numbers = ['headFrom', 'headTo', 'numbers', 'from', 'to'] as const
const words = ['code', 'name', 'unit', 'nameColumn', 'codeColumn'] as const
const Line = z.coerce.number().int().min(0).max(100_000)

/** What a person says of each table, out of fields «headFrom.2». */
function mendedOf(values: Readonly<Record<string, string>>): Partial<TableReading>[] {
  const mended: Partial<TableReading>[] = []
  for (const [name, value] of Object.entries(values)) {
    const [key = '', at = ''] = name.split('.')
    if (!/^\d{1,3}$/.test(at)) continue
    const told = mended[Number(at)] ?? {}
    mended[Number(at)] = told
    const number = numbers.find((known) => known === key)
    const word = words.find((known) => known === key)
    if (number) {
      const line = Line.safeParse(value)
      if (line.success) told[number] = line.data
    } else if (word === 'nameColumn' || word === 'codeColumn') {
      if (/^[A-Za-z]{0,3}$/.test(value.trim())) told[word] = value.trim()
    } else if (word) told[word] = value.trim()
  }
  return mended
}

/** @throws NothingTaken 422 */
export async function draftFromBook(
  ctx: Context,
  id: string,
  values: Readonly<Record<string, string>>,
): Promise<FormDraft> {
  const { book, tables } = await viewBook(ctx, id, values)
  const taken: UnderstoodTable[] = tables.filter((_, index) => values[`take.${index}`] !== undefined)
  if (taken.length === 0) throw new NothingTaken()
  const cipher = values.cipher?.trim() || book.fileName
  const blank = blankForm({
    cipher,
    name: values.name?.trim() || cipher,
    okud: values.okud?.trim() ?? '',
    periodicity: ['1', '2', '4', '12'].find((kind) => kind === values.periodicity) ?? '1',
  })
  return addDraft(ctx, { ...blank, sections: taken.map(({ section }) => section) }, 'xlsx')
}
