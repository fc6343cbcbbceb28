/**
 * The journal of actions: append-only, each row carries the hash of the one before (152-ФЗ, ФСТЭК order 117: event
 * registration). What is written is what was done, to what, by whom; never the personal data itself.
 */
import { createHash } from 'node:crypto'
import { atEnd, type Db, type Tx } from '../db/index.ts'
import { type Entry, type JournalRow, listJournalRows, readJournalHead, writeEntries } from './journal.queries.ts'

export type Actor = {
  requestId: string
  address?: string | undefined
  account?: { id: string } | undefined
  /** The operators whose helper the account is in this act. */
  onBehalfOf?: readonly string[] | undefined
  /** The token of the API by which a program acts in the account's name. */
  apiToken?: { id: string } | undefined
}
export type Subject = { kind: string; id: string }

const waiting = new WeakMap<Tx, Entry[]>()

/**
 * Notes an act; the rows are chained and written as the last statement of the transaction. The head row is locked from
 * there to the commit, so that no two transactions chain to the same row. It is the last lock that a transaction takes,
 * and so can take part in no deadlock.
 */
export function journal(
  tx: Tx,
  actor: Actor,
  action: string,
  subject?: Subject,
  details: Record<string, unknown> = {},
): void {
  const entry = entryOf(actor, action, subject, details)
  const entries = waiting.get(tx)
  if (entries) {
    entries.push(entry)
    return
  }
  const first = [entry]
  waiting.set(tx, first)
  atEnd(tx, () => writeEntries(tx, first))
}

/** For an action that is one statement and writes the entry itself (`journalled`). */
export function entryOf(actor: Actor, action: string, subject?: Subject, details: Record<string, unknown> = {}): Entry {
  const at = new Date().toISOString()
  const actorId = actor.account?.id ?? null
  const request = actor.requestId
  const told = { ...details, ...whoElse(actor, subject) }
  const body = JSON.stringify({ at, action, actor: actorId, subject, request, address: actor.address, details: told })
  return { at, action, actorId, subject, body }
}

/** A helper acts under two names, but for itself under its own alone. A program is named by its token. */
function whoElse({ account, onBehalfOf = [], apiToken }: Actor, subject?: Subject): Record<string, unknown> {
  const isOwnAffair = subject?.kind === 'account' && subject.id === account?.id
  return {
    ...(onBehalfOf.length > 0 && !isOwnAffair ? { onBehalfOf } : {}),
    ...(apiToken ? { token: apiToken.id } : {}),
  }
}

const chain = (previous: Buffer, body: string): Buffer => createHash('sha256').update(previous).update(body).digest()

export type Verdict = { intact: true; length: number; hash: string } | { intact: false; row: number; problem: string }

/** Walks the whole journal from its beginning. Memory is bounded: 1,000 rows at a time. */
export async function verifyJournal(db: Db): Promise<Verdict> {
  let previous: Buffer = Buffer.alloc(32)
  let length = 0
  let after = 0
  for (;;) {
    const rows = await listJournalRows(db, after, 1000)
    for (const row of rows) {
      const problem = problemOf(row, previous)
      if (problem) return { intact: false, row: row.id, problem }
      previous = row.hash
      after = row.id
      length += 1
    }
    if (rows.length === 0) break
  }
  const head = await readJournalHead(db)
  if (head.length !== length)
    return { intact: false, row: after, problem: `в журнале ${length} записей, должно быть ${head.length}` }
  if (!head.hash.equals(previous)) return { intact: false, row: after, problem: 'последняя запись подменена' }
  return { intact: true, length, hash: previous.toString('hex') }
}

function problemOf(row: JournalRow, previous: Buffer): string | undefined {
  if (!row.previousHash.equals(previous)) return 'нарушена связь с предыдущей записью'
  if (!chain(previous, row.body).equals(row.hash)) return 'содержание записи изменено'
  const body: unknown = JSON.parse(row.body)
  const told = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {} // as: read field by field below
  if (told.action !== row.action || told.actor !== row.actorId) return 'поля записи не совпадают с её содержанием'
  return undefined
}
