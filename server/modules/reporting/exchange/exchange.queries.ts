import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import type { GivenFile } from './given.ts'

export type NewImport = { reportId: string; fileName: string; since: number; given: GivenFile; by: string }

export async function insertImport(tx: Tx, { reportId, fileName, since, given, by }: NewImport): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('report_imports')
    .values({
      id,
      report_id: reportId,
      file_name: fileName,
      format: given.format,
      since,
      given: JSON.stringify(given),
      created_by: by,
    })
    .execute()
  return id
}

export type ImportRow = NonNullable<Awaited<ReturnType<typeof findImport>>>

/** Somebody else's does not exist. */
export const findImport = (db: Db, { id, reportId, by }: { id: string; reportId: string; by: string }) =>
  db
    .selectFrom('report_imports')
    .select([
      'id',
      'file_name as fileName',
      'format',
      'since',
      'given',
      'created_at as createdAt',
      'applied_at as appliedAt',
    ])
    .where('id', '=', id)
    .where('report_id', '=', reportId)
    .where('created_by', '=', by)
    .executeTakeFirst()

/** Whether it is the first: two clicks enter a file once. */
export async function markEntered(tx: Tx, id: string, by: string): Promise<boolean> {
  const done = await tx
    .updateTable('report_imports')
    .set({ applied_at: sql<Date>`now()`, applied_by: by })
    .where('id', '=', id)
    .where('applied_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** What was given and looked at, but not entered, is of no use the day after; what was entered stands in the history. */
export const dropOldImports = (db: Db) =>
  db.deleteFrom('report_imports').where('created_at', '<', sql<Date>`now() - interval '2 days'`).execute()

/** What a blank says of the organisation. */
export const findRespondent = (db: Db, organisationId: string) =>
  db
    .selectFrom('organisations as o')
    .leftJoin('organisations as higher', 'higher.id', 'o.parent_id')
    .select(['o.full_name as fullName', 'o.address', 'o.okpo', 'o.ogrn', 'o.inn', 'higher.full_name as higherName'])
    .where('o.id', '=', organisationId)
    .executeTakeFirst()
