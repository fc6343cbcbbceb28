import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../../kernel/db/index.ts'
import type { ImportedLine, ImportedPerson } from './lines.ts'

export async function insertImport(tx: Tx, by: string, fileName: string, lines: ImportedLine[]): Promise<string> {
  const id = randomUUIDv7()
  await tx.insertInto('account_imports').values({ id, created_by: by, file_name: fileName }).execute()
  const values = lines.map(({ row, cells, person, problems }) => ({ row, cells, person, problems }))
  await sql`
    insert into account_import_lines (import_id, row_number, cells, person, problems)
    select ${id}, row, cells, nullif(person, 'null'::jsonb), problems
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as line (row integer, cells jsonb, person jsonb, problems jsonb)`.execute(tx)
  return id
}

export type ImportRow = {
  id: string
  fileName: string
  createdAt: Date
  confirmedAt: Date | null
  finishedAt: Date | null
  lines: number
  good: number
  done: number
  failed: number
}

/** One's own only: the lines are personal details that its maker has brought. */
export async function findImport(db: Db, by: string, id: string): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    select i.id, i.file_name as "fileName", i.created_at as "createdAt", i.confirmed_at as "confirmedAt",
      i.finished_at as "finishedAt", count(l.*)::int as lines,
      (count(*) filter (where l.person is not null))::int as good,
      (count(*) filter (where l.account_id is not null))::int as done,
      (count(*) filter (where jsonb_array_length(l.problems) > 0))::int as failed
    from account_imports i left join account_import_lines l on l.import_id = i.id
    where i.id = ${id} and i.created_by = ${by} group by i.id`.execute(db)
  return rows[0]
}

export const listLines = (db: Db, importId: string, only: 'failed' | 'all', limit: number) =>
  db
    .selectFrom('account_import_lines')
    .select(['row_number as row', 'cells', 'problems', 'account_id as accountId'])
    .where('import_id', '=', importId)
    .$if(only === 'failed', (query) => query.where(sql<boolean>`jsonb_array_length(problems) > 0`))
    .orderBy('row_number')
    .limit(limit)
    .execute()

/** False when it was confirmed before. */
export async function markConfirmed(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .updateTable('account_imports')
    .set({ confirmed_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type LineToDo = { row: number; person: ImportedPerson }

/** The next lines that are good and not done, locked until the commit: each is done once. */
export async function lockNextLines(tx: Tx, importId: string, limit: number): Promise<LineToDo[]> {
  const rows = await tx
    .selectFrom('account_import_lines')
    .select(['row_number as row', 'person'])
    .where('import_id', '=', importId)
    .where('person', 'is not', null)
    .where('done_at', 'is', null)
    .orderBy('row_number')
    .limit(limit)
    .forUpdate()
    .execute()
  // Addresses are locked in one order: two tables with the same people must not wait for each other.
  return rows
    .flatMap(({ row, person }) => (person ? [{ row, person }] : []))
    .sort((one, other) => (one.person.email < other.person.email ? -1 : 1))
}

export const markDone = (tx: Tx, importId: string, row: number, accountId: string | null, problem: string | null) =>
  tx
    .updateTable('account_import_lines')
    .set({
      done_at: sql<Date>`now()`,
      account_id: accountId,
      ...(problem ? { problems: JSON.stringify([{ column: 'Электронная почта', text: problem }]) } : {}),
    })
    .where('import_id', '=', importId)
    .where('row_number', '=', row)
    .execute()

export const markFinished = (tx: Tx, id: string) =>
  tx.updateTable('account_imports').set({ finished_at: sql<Date>`now()` }).where('id', '=', id).execute()

/** Whose work it is, while it is confirmed and not finished. */
export const findUnfinished = (tx: Tx, id: string) =>
  tx
    .selectFrom('account_imports')
    .select('created_by as by')
    .where('id', '=', id)
    .where('confirmed_at', 'is not', null)
    .where('finished_at', 'is', null)
    .executeTakeFirst()

/** Which of the addresses are confirmed by somebody, or wait in an account that somebody else has made. */
export async function listTaken(db: Db, emails: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ email: string }>`
    select distinct email from accounts where email = any(${[...emails]}::text[])
      and (email_confirmed_at is not null or registered_at is null)`.execute(db)
  return new Set(rows.map(({ email }) => email))
}

/** What was brought is kept no longer than it takes to see to it. */
export const dropOldImports = (db: Db) =>
  db.deleteFrom('account_imports').where('created_at', '<', sql<Date>`now() - interval '30 days'`).execute()
