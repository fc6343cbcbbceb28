import { sql } from 'kysely'
import type { Db } from '../db/index.ts'

export type KeptReply = { status: number; headers: Record<string, string>; body: string }

/** True when the key is new, or its first use died a minute ago without an answer. */
export async function claimKey(db: Db, owner: string, key: string, fingerprint: string): Promise<boolean> {
  const { rows } = await sql<{ key: string }>`
    insert into idempotency_keys (owner, key, fingerprint) values (${owner}, ${key}, ${fingerprint})
    on conflict (owner, key) do update set created_at = now()
    where idempotency_keys.status is null and idempotency_keys.created_at < now() - interval '60 seconds'
      and idempotency_keys.fingerprint = excluded.fingerprint
    returning key`.execute(db)
  return rows.length > 0
}

export const findKey = (db: Db, owner: string, key: string) =>
  db
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'status', 'headers', 'body'])
    .where('owner', '=', owner)
    .where('key', '=', key)
    .executeTakeFirst()

export const keepReply = (db: Db, owner: string, key: string, reply: KeptReply) =>
  db
    .updateTable('idempotency_keys')
    .set({ status: reply.status, headers: JSON.stringify(reply.headers), body: reply.body })
    .where('owner', '=', owner)
    .where('key', '=', key)
    .execute()

export const releaseKey = (db: Db, owner: string, key: string) =>
  db.deleteFrom('idempotency_keys').where('owner', '=', owner).where('key', '=', key).execute()

export const dropOldKeys = (db: Db) =>
  db.deleteFrom('idempotency_keys').where('created_at', '<', sql<Date>`now() - interval '1 day'`).execute()

/** Counts one attempt; the count begins anew when its time is over. */
export async function countAttempt(
  db: Db,
  bucket: string,
  seconds: number,
): Promise<{ count: number; secondsLeft: number }> {
  const { rows } = await sql<{ count: number; secondsLeft: number }>`
    insert into rate_limits as l (bucket, count, resets_at) values (${bucket}, 1, now() + make_interval(secs => ${seconds}))
    on conflict (bucket) do update set
      count = case when l.resets_at <= now() then 1 else l.count + 1 end,
      resets_at = case when l.resets_at <= now() then excluded.resets_at else l.resets_at end
    returning count, ceil(extract(epoch from resets_at - now()))::int as "secondsLeft"`.execute(db)
  return rows[0] ?? { count: 1, secondsLeft: seconds }
}

export const forgetAttempts = (db: Db, bucket: string) =>
  db.deleteFrom('rate_limits').where('bucket', '=', bucket).execute()

export const dropOldLimits = (db: Db) =>
  db.deleteFrom('rate_limits').where('resets_at', '<', sql<Date>`now()`).execute()
