import { sql } from 'kysely'
import type { Db } from '../db/index.ts'

export type NewKeptPost = { tokenHash: Buffer; back: string; accountId: string; sealed: Buffer; seconds: number }

/** Nobody works in so many windows; beyond it, somebody fills the table. */
const mostOfAccount = 20

/** A later post from the same address takes the place of the earlier. False when the account has too many. */
export async function insertKeptPost(db: Db, post: NewKeptPost): Promise<boolean> {
  const { rows } = await sql`
    insert into kept_posts (token_hash, back, account_id, sealed, expires_at)
    select ${post.tokenHash}::bytea, ${post.back}, ${post.accountId}::uuid, ${post.sealed}::bytea,
      now() + make_interval(secs => ${post.seconds})
    where (select count(*) from kept_posts where account_id = ${post.accountId}::uuid) < ${mostOfAccount}
    on conflict (token_hash, back) do update set
      account_id = excluded.account_id, sealed = excluded.sealed, expires_at = excluded.expires_at
    returning back`.execute(db)
  return rows.length > 0
}

/** Takes out what the account had posted from the address, and with it all that others had posted from this browser. */
export async function takeKeptPost(
  db: Db,
  tokenHash: Buffer,
  accountId: string,
  back: string,
): Promise<Buffer | undefined> {
  const { rows } = await sql<{ sealed: Buffer | null }>`
    delete from kept_posts where token_hash = ${tokenHash} and (account_id <> ${accountId}::uuid or back = ${back})
    returning case when account_id = ${accountId}::uuid and expires_at > now() then sealed end as sealed`.execute(db)
  return rows.find(({ sealed }) => sealed !== null)?.sealed ?? undefined
}

export const dropOldPosts = (db: Db) => db.deleteFrom('kept_posts').where('expires_at', '<', sql<Date>`now()`).execute()
