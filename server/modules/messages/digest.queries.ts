import { sql } from 'kysely'
import type { Db, Tx } from '../../kernel/db/index.ts'

/** What waits for the next digest; read in the meantime, it needs no letter. The index of this condition holds few rows. */
const waits = sql<boolean>`delivery = 'daily' and digested_at is null and read_at is null`

/** Whose digest of the day has not gone yet, though something waits for it. */
export async function listAwaiting(db: Db, day: string, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select('account_id')
    .distinct()
    .where(waits)
    .where('created_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('message_digests')
            .select('account_id')
            .whereRef('message_digests.account_id', '=', 'messages.account_id')
            .where('last_day', '>=', day),
        ),
      ),
    )
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}

/** False when the day's digest of this person is taken already: of two nodes the second waits for the first, and passes. */
export async function takeDay(tx: Tx, accountId: string, day: string): Promise<boolean> {
  const taken = await tx
    .insertInto('message_digests')
    .values({ account_id: accountId, last_day: day })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet({ last_day: day }).where('message_digests.last_day', '<', day),
    )
    .returning('account_id')
    .executeTakeFirst()
  return taken !== undefined
}

/** Takes what waits; what another has taken meanwhile is not among it. */
export const takeWaiting = (tx: Tx, accountId: string, before: Date) =>
  tx
    .updateTable('messages')
    .set({ digested_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where(waits)
    .where('created_at', '<', before)
    .returning(['title', 'sender', 'created_at as createdAt'])
    .execute()

/** Undefined when no letter may go: the address is not confirmed, or the account is closed. */
export async function findAddress(tx: Tx, accountId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('accounts')
    .select('email')
    .where('id', '=', accountId)
    .where('email_confirmed_at', 'is not', null)
    .where('blocked_at', 'is', null)
    .executeTakeFirst()
  return row?.email ?? undefined
}
