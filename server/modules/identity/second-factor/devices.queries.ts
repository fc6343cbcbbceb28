import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export const insertTrustedDevice = (
  tx: Tx,
  device: { accountId: string; tokenHash: Buffer; userAgent: string; days: number },
) =>
  tx
    .insertInto('trusted_devices')
    .values({
      id: randomUUIDv7(),
      account_id: device.accountId,
      token_hash: device.tokenHash,
      user_agent: device.userAgent,
      expires_at: sql<Date>`now() + make_interval(days => ${device.days})`,
    })
    .execute()

export const listTrustedDevices = (db: Db, accountId: string) =>
  db
    .selectFrom('trusted_devices')
    .select([
      'id',
      'token_hash as tokenHash',
      'user_agent as userAgent',
      'created_at as createdAt',
      'last_used_at as lastUsedAt',
      'expires_at as expiresAt',
    ])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('created_at', 'desc')
    .execute()

/** One of them, or all when no id is given; how many there were. */
export async function markRevoked(tx: Tx, accountId: string, id?: string): Promise<number> {
  const revoked = await tx
    .updateTable('trusted_devices')
    .set({ revoked_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .returning('id')
    .execute()
  return revoked.length
}

export const dropOldDevices = (db: Db) =>
  db.deleteFrom('trusted_devices').where('expires_at', '<', sql<Date>`now() - interval '90 days'`).execute()
