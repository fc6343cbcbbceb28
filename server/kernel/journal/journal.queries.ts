import { sql } from 'kysely'
import { type Db, often, type Tx } from '../db/index.ts'
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

export async function lockJournalHead(tx: Tx): Promise<Head> {
  const { rows } = await sql<Head>`${often}select length, hash from journal_head for update`.execute(tx)
  const [head] = rows
  if (!head) throw new Error('The journal has no head')
  return head
}

export const readJournalHead = (db: Db): Promise<Head> =>
  db.selectFrom('journal_head').select(['length', 'hash']).executeTakeFirstOrThrow()

/** Adds rows in their order and moves the head behind the last one: one round trip while the head is locked. */
export async function writeJournalRows(tx: Tx, rows: NewRow[], head: Head): Promise<void> {
  const column = <T>(value: (row: NewRow) => T) => rows.map(value)
  await sql`${often}
    with moved as (update journal_head set length = ${head.length}, hash = ${head.hash})
    insert into journal (at, action, actor_id, subject_kind, subject_id, body, previous_hash, hash)
    select at, action, actor_id, subject_kind, subject_id, body, previous_hash, hash
    from unnest(
      ${column((row) => row.at)}::timestamptz[],
      ${column((row) => row.action)}::text[],
      ${column((row) => row.actorId)}::uuid[],
      ${column((row) => row.subject?.kind ?? null)}::text[],
      ${column((row) => row.subject?.id ?? null)}::text[],
      ${column((row) => row.body)}::text[],
      ${column((row) => row.previousHash)}::bytea[],
      ${column((row) => row.hash)}::bytea[]
    ) with ordinality as new (at, action, actor_id, subject_kind, subject_id, body, previous_hash, hash, place)
    order by place`.execute(tx)
}

export async function listJournalRows(db: Db, after: number, limit: number): Promise<JournalRow[]> {
  return db
    .selectFrom('journal')
    .select(['id', 'action', 'actor_id as actorId', 'body', 'previous_hash as previousHash', 'hash'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
}
