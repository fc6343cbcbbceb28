import { sql } from 'kysely'
import type { Db, Tx } from '../db/index.ts'
import type { JournalTables } from './journal.tables.ts'

export type JournalRow = {
  id: number
  action: string
  actorId: string | null
  body: string
  previousHash: Buffer
  hash: Buffer
}
type NewRow = {
  at: string
  action: string
  actorId: string | null
  subject: { kind: string; id: string } | undefined
  body: string
  previousHash: Buffer
  hash: Buffer
}
type Head = Pick<JournalTables['journal_head'], 'length' | 'hash'>

export const lockJournalHead = (tx: Tx): Promise<Head> =>
  tx.selectFrom('journal_head').select(['length', 'hash']).forUpdate().executeTakeFirstOrThrow()

export const readJournalHead = (db: Db): Promise<Head> =>
  db.selectFrom('journal_head').select(['length', 'hash']).executeTakeFirstOrThrow()

export const moveJournalHead = (tx: Tx, length: number, hash: Buffer) =>
  tx.updateTable('journal_head').set({ length, hash }).execute()

export const insertJournalRows = (tx: Tx, rows: NewRow[]) =>
  tx
    .insertInto('journal')
    .values(
      rows.map((row) => ({
        at: row.at,
        action: row.action,
        actor_id: row.actorId,
        subject_kind: row.subject?.kind ?? null,
        subject_id: row.subject?.id ?? null,
        body: row.body,
        previous_hash: row.previousHash,
        hash: row.hash,
      })),
    )
    .execute()

export async function listJournalRows(db: Db, after: number, limit: number): Promise<JournalRow[]> {
  return db
    .selectFrom('journal')
    .select(['id', 'action', 'actor_id as actorId', 'body', 'previous_hash as previousHash', 'hash'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** What was done to one thing, newest first; for its timeline. */
export const listJournalOf = (db: Db, kind: string, id: string, limit = 200) =>
  db
    .selectFrom('journal')
    .select([
      'id',
      'at',
      'action',
      'actor_id as actorId',
      sql<Record<string, unknown>>`body::jsonb -> 'details'`.as('details'),
    ])
    .where('subject_kind', '=', kind)
    .where('subject_id', '=', id)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
