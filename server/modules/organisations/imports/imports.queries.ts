import { sql } from 'kysely'
import type { ImportCounts, ImportState } from '../../../../contracts/imports.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import type { TableFormat } from '../../../kernel/spreadsheets/index.ts'
import type { Order } from './imports.tables.ts'

const imports = (db: Db) =>
  db
    .selectFrom('organisation_imports as import')
    .innerJoin('files as file', 'file.id', 'import.file_id')
    .select([
      'import.id',
      'import.format',
      'import.headings',
      'import.created_by as createdBy',
      'import.created_at as createdAt',
      'import.ordered',
      'import.state',
      'import.problem',
      'import.cursor',
      'import.done',
      'import.lines',
      'import.places',
      'import.stage_started_at as stageStartedAt',
      'import.stopped_at as stoppedAt',
      'import.finished_at as finishedAt',
      'import.attempts',
      'file.name as fileName',
      'file.sha256',
    ])
    .select(sql<number>`extract(epoch from now() - import.stage_started_at)`.as('stageSeconds'))

export type Import = NonNullable<Awaited<ReturnType<typeof findImport>>>

export const findImport = (db: Db, id: string) => imports(db).where('import.id', '=', id).executeTakeFirst()

/** For an action: nobody else changes it until the commit, a working job included. */
export const lockImport = (tx: Tx, id: string) =>
  imports(tx).where('import.id', '=', id).forUpdate('import').executeTakeFirst()

/** The newest first. @param of everybody's when not given */
export const listImports = (db: Db, of: string | undefined, limit: number) =>
  imports(db)
    .$if(of !== undefined, (query) => query.where('import.created_by', '=', of ?? ''))
    .orderBy('import.created_at', 'desc')
    .orderBy('import.id')
    .limit(limit)
    .execute()

type NewImport = { fileId: string; format: TableFormat; headings: string[]; createdBy: string; order: Order }

export async function insertImport(tx: Tx, { fileId, format, headings, createdBy, order }: NewImport): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('organisation_imports')
    .values({
      id,
      file_id: fileId,
      format,
      headings,
      created_by: createdBy,
      ordered: JSON.stringify(order),
      state: 'reading',
      cursor: 0,
    })
    .execute()
  return id
}

type Turn = { cursor?: number; order?: Order; problem?: string | null }

/** Puts an import into another state, where its work begins anew. */
export const turnImport = (tx: Tx, id: string, state: ImportState, { cursor = 0, order, problem = null }: Turn = {}) =>
  tx
    .updateTable('organisation_imports')
    .set({
      state,
      cursor,
      problem,
      done: 0,
      attempts: 0,
      stopped_at: null,
      lease: null,
      leased_until: null,
      stage_started_at: sql<Date>`now()`,
      ...(order ? { ordered: JSON.stringify(order) } : {}),
    })
    .where('id', '=', id)
    .execute()

export const noteConfirmed = (tx: Tx, id: string, by: string) =>
  tx
    .updateTable('organisation_imports')
    .set({ confirmed_at: sql<Date>`now()`, confirmed_by: by })
    .where('id', '=', id)
    .execute()

export const noteFinished = (tx: Tx, id: string) =>
  tx.updateTable('organisation_imports').set({ finished_at: sql<Date>`now()` }).where('id', '=', id).execute()

export const noteUndone = (tx: Tx, id: string, by: string) =>
  tx
    .updateTable('organisation_imports')
    .set({ undone_at: sql<Date>`now()`, undone_by: by })
    .where('id', '=', id)
    .execute()

export const notePlaces = (tx: Tx, id: string, places: number) =>
  tx.updateTable('organisation_imports').set({ places }).where('id', '=', id).execute()

const leaseSeconds = 6

/** Takes an import that is to be worked on for some seconds, which its worker makes longer. Others pass it over. */
export async function leaseImport(db: Db): Promise<{ id: string; lease: string } | undefined> {
  const { rows } = await sql<{ id: string; lease: string }>`
    update organisation_imports
    set lease = ${randomUUIDv7()}::uuid, leased_until = now() + make_interval(secs => ${leaseSeconds})
    where id = (
      select id from organisation_imports
      where state in ('reading', 'checking', 'applying', 'undoing') and stopped_at is null
        and (leased_until is null or leased_until < now())
      order by created_at limit 1 for update skip locked)
    returning id, lease`.execute(db)
  return rows[0]
}

/** Passed over while a batch holds the row: the batch makes the lease longer by itself. */
export const renewLease = (db: Db, id: string, lease: string) =>
  sql`
    update organisation_imports set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where id in (
      select id from organisation_imports where id = ${id} and lease = ${lease} for update skip locked)`.execute(db)

/** In how many seconds an import that waits is free to be taken: its worker is gone, or a failure is to be tried again. */
export async function secondsToNext(db: Db): Promise<number | undefined> {
  const { rows } = await sql<{ seconds: number | null }>`
    select extract(epoch from min(leased_until) - now())::float8 as seconds from organisation_imports
    where state in ('reading', 'checking', 'applying', 'undoing') and stopped_at is null`.execute(db)
  return rows[0]?.seconds ?? undefined
}

/** The import within the transaction of a batch, as long as it is leased to this worker and not turned meanwhile. */
export async function holdImport(tx: Tx, id: string, lease: string, state: ImportState): Promise<Import | undefined> {
  const held = await sql`
    update organisation_imports set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where id = ${id} and lease = ${lease} and state = ${state} returning id`.execute(tx)
  return held.rows.length === 0 ? undefined : findImport(tx, id)
}

export const advanceImport = (tx: Tx, id: string, cursor: number, done: number) =>
  tx
    .updateTable('organisation_imports')
    .set(({ eb }) => ({
      cursor,
      done: eb('done', '+', done),
      attempts: 0,
      // The transaction's own now() is that of its beginning.
      leased_until: sql<Date>`clock_timestamp() + make_interval(secs => ${leaseSeconds})`,
    }))
    .where('id', '=', id)
    .execute()

export const countReadLines = (tx: Tx, id: string, lines: number) =>
  tx
    .updateTable('organisation_imports')
    .set(({ eb }) => ({ lines: eb('lines', '+', lines) }))
    .where('id', '=', id)
    .execute()

/** After the last attempt the import stops where it is, until a person lets it go on. @returns whether it has stopped */
export async function noteFailedAttempt(
  tx: Tx,
  id: string,
  lease: string,
  problem: string,
  mostAttempts: number,
): Promise<boolean> {
  const { rows } = await sql<{ stopped: boolean }>`
    update organisation_imports
    set attempts = attempts + 1, lease = null,
        leased_until = now() + make_interval(secs => 2 * (attempts + 1)),
        stopped_at = case when attempts + 1 >= ${mostAttempts} then now() end,
        problem = case when attempts + 1 >= ${mostAttempts} then ${problem} else problem end
    where id = ${id} and lease = ${lease}
    returning stopped_at is not null as stopped`.execute(tx)
  return rows[0]?.stopped ?? false
}

export const releaseImport = (db: Db, id: string, lease: string) =>
  db
    .updateTable('organisation_imports')
    .set({ lease: null, leased_until: null })
    .where('id', '=', id)
    .where('lease', '=', lease)
    .execute()

const noCounts: ImportCounts = {
  add: 0,
  change: 0,
  same: 0,
  wrong: 0,
  applied: 0,
  failed: 0,
  undone: 0,
  notUndone: 0,
}

export type EndedImport = { id: string; fileName: string; createdBy: string; problem: string | null } & Pick<
  ImportCounts,
  'applied' | 'failed' | 'undone' | 'notUndone'
>

/** What is told of an import when it has ended. */
export async function findEndedImport(db: Db, id: string): Promise<EndedImport | undefined> {
  const found = await findImport(db, id)
  if (!found) return undefined
  const { applied, failed, undone, notUndone } = (await countLines(db, [id]))(id)
  const { fileName, createdBy, problem } = found
  return { id, fileName, createdBy, problem, applied, failed, undone, notUndone }
}

/** Of each import by its id: one statement for a list. */
export async function countLines(db: Db, ids: readonly string[]): Promise<(id: string) => ImportCounts> {
  if (ids.length === 0) return () => noCounts
  const { rows } = await sql<ImportCounts & { id: string }>`
    select import_id as id,
      count(*) filter (where outcome = 'add') as add,
      count(*) filter (where outcome = 'change') as change,
      count(*) filter (where outcome = 'same') as same,
      count(*) filter (where outcome = 'wrong') as wrong,
      count(*) filter (where applied_at is not null) as applied,
      count(*) filter (where failed is not null) as failed,
      count(*) filter (where undone_at is not null) as undone,
      count(*) filter (where undo_problem is not null) as "notUndone"
    from organisation_import_lines where import_id = any(${[...ids]}::uuid[]) group by import_id`.execute(db)
  const counted = new Map(rows.map(({ id, ...counts }) => [id, counts]))
  return (id) => counted.get(id) ?? noCounts
}
