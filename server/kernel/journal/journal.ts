/**
 * The journal of actions: append-only, each row carries the hash of the one before (152-ФЗ, ФСТЭК order 117: event
 * registration). What is written is what was done, to what, by whom; never the personal data itself.
 */
import { createHash } from 'node:crypto'
import { atEnd, type Db, type Tx } from '../db/index.ts'
import {
  type JournalRow,
  listJournalRows,
  lockJournalHead,
  readJournalHead,
  writeJournalRows,
} from './journal.queries.ts'

export type Actor = { requestId: string; address?: string | undefined; account?: { id: string } | undefined }
export type Subject = { kind: string; id: string }
type Entry = { action: string; actorId: string | null; subject: Subject | undefined; body: string; at: string }

const waiting = new WeakMap<Tx, Entry[]>()

/** Notes an act; the rows are chained and written as the last statements of the transaction. */
export function journal(
  tx: Tx,
  actor: Actor,
  action: string,
  subject?: Subject,
  details: Record<string, unknown> = {},
): void {
  const at = new Date().toISOString()
  const actorId = actor.account?.id ?? null
  const body = JSON.stringify({
    at,
    action,
    actor: actorId,
    subject,
    request: actor.requestId,
    address: actor.address,
    details,
  })
  const entry = { action, actorId, subject, body, at }
  const entries = waiting.get(tx)
  if (entries) {
    entries.push(entry)
    return
  }
  waiting.set(tx, [entry])
  atEnd(tx, writeEntries)
}

/**
 * The head row is locked from here to the commit, so that no two transactions chain to the same row. It is the last
 * lock that a transaction takes, and so can take part in no deadlock.
 */
async function writeEntries(tx: Tx): Promise<void> {
  const head = await lockJournalHead(tx)
  let previous = head.hash
  const rows = (waiting.get(tx) ?? []).map((entry) => {
    const hash = chain(previous, entry.body)
    const row = { ...entry, previousHash: previous, hash }
    previous = hash
    return row
  })
  await writeJournalRows(tx, rows, { length: head.length + rows.length, hash: previous })
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
