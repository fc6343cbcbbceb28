import { sql } from 'kysely'
import type { Db, Tx } from '../db/index.ts'

export const insertEvent = (tx: Tx, event: { id: string; name: string; payload: unknown }) =>
  tx
    .insertInto('events')
    .values({ id: event.id, name: event.name, payload: JSON.stringify(event.payload) })
    .execute()

/** Undefined when it is handled already, or in another's hands. */
export const lockEvent = (tx: Tx, id: string) =>
  tx
    .selectFrom('events')
    .select(['id', 'name', 'payload'])
    .where('id', '=', id)
    .where('handled_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export const markHandled = (tx: Tx, id: string) =>
  tx.updateTable('events').set({ handled_at: sql<Date>`now()`, error: null }).where('id', '=', id).execute()

export const noteFailure = (db: Db, id: string, mostAttempts: number, error: string) =>
  db
    .updateTable('events')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      error,
      next_attempt_at: sql<Date>`now() + make_interval(secs => least(3600, 5 * 2 ^ attempts))`,
      failed_at: sql<Date | null>`case when attempts + 1 >= ${mostAttempts} then now() end`,
    }))
    .where('id', '=', id)
    .where('handled_at', 'is', null)
    .execute()

/** Those that were written more than ten seconds ago: younger ones are on their way through the queue. */
export async function listWaitingEvents(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('events')
    .select('id')
    .where('handled_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('next_attempt_at', '<=', sql<Date>`now()`)
    .where('created_at', '<', sql<Date>`now() - interval '10 seconds'`)
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}
