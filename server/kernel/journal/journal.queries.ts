import { type RawBuilder, sql } from 'kysely'
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
export type Entry = {
  at: string
  action: string
  actorId: string | null
  subject: { kind: string; id: string } | undefined
  body: string
}
type Head = Pick<JournalTables['journal_head'], 'length' | 'hash'>

export const readJournalHead = (db: Db): Promise<Head> =>
  db.selectFrom('journal_head').select(['length', 'hash']).executeTakeFirstOrThrow()

/** Each entry is looked for among those of its statement, which for thousands of them would take seconds. */
const mostAtOnce = 100

/** Adds entries in their order and moves the head behind the last one: one round trip while the head is locked. */
export async function writeEntries(tx: Tx, entries: Entry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += mostAtOnce)
    await writeSome(tx, entries.slice(from, from + mostAtOnce))
}

async function writeSome(tx: Tx, entries: Entry[]): Promise<void> {
  const { rows } = await sql`${often}
    with recursive ${journalled(entries, sql`true`)}
    select place from chained where place > 0`.execute(tx)
  if (rows.length !== entries.length) throw new Error('The journal has no head')
}

/**
 * Entries as the last parts of a statement's `with recursive`. The hashes are computed where the head is locked, which
 * spares a round trip under the lock; `chain` in journal.ts computes the same ones.
 * @param when what the head is locked after: a condition that has read to its end whatever else the statement changes.
 *   Nothing is written where it is false
 */
export const journalled = (entries: Entry[], when: RawBuilder<unknown>) => {
  const column = <T>(value: (entry: Entry) => T) => entries.map(value)
  return sql`
    head as materialized (select hash from journal_head where ${when} for update),
    entries as (
      select * from unnest(
        ${column(({ at }) => at)}::timestamptz[],
        ${column(({ action }) => action)}::text[],
        ${column(({ actorId }) => actorId)}::uuid[],
        ${column(({ subject }) => subject?.kind ?? null)}::text[],
        ${column(({ subject }) => subject?.id ?? null)}::text[],
        ${column(({ body }) => body)}::text[]
      ) with ordinality as entry (at, action, actor_id, subject_kind, subject_id, body, place)
    ),
    chained (place, previous_hash, hash) as (
      select 0::bigint, null::bytea, hash from head
      union all
      select e.place, c.hash, sha256(c.hash || convert_to(e.body, 'UTF8'))
      from chained c join entries e on e.place = c.place + 1
    ),
    moved as (
      update journal_head set length = length + last.place, hash = last.hash
      from (select place, chained.hash from chained order by place desc limit 1) as last
    ),
    noted as (
      insert into journal (at, action, actor_id, subject_kind, subject_id, body, previous_hash, hash)
      select at, action, actor_id, subject_kind, subject_id, body, previous_hash, hash
      from entries join chained using (place) order by place
    )`
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

export type NotedEntry = { id: number; at: Date; action: string; actorId: string | null; body: string }

/** What was done to one subject, newest first. @param actions all of them when it is undefined */
export const listEntriesAbout = (
  db: Db,
  subject: { kind: string; id: string },
  page: { actions: readonly string[] | undefined; before: number | undefined; limit: number },
): Promise<NotedEntry[]> =>
  db
    .selectFrom('journal')
    .select(['id', 'action', 'actor_id as actorId', 'body'])
    .select(sql<Date>`at`.as('at'))
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .$if(page.actions !== undefined, (query) => query.where('action', 'in', page.actions ?? []))
    .$if(page.before !== undefined, (query) => query.where('id', '<', page.before ?? 0))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
