import { sql } from 'kysely'
import type { Permission } from '../../../kernel/access/index.ts'
import { type Db, often, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { type PersonRow, personColumns } from '../sign-in/person.queries.ts'
import { type StandingRow, standingColumns } from '../steps/standing.queries.ts'

export type TokenRow = PersonRow & StandingRow & { tokenId: string; permissions: string[]; own: boolean }

/** The token with its person, in one round trip. Its last use is noted at most once a minute. */
export async function findLiveToken(db: Db, tokenHash: Buffer, address: string): Promise<TokenRow | undefined> {
  const { rows } = await sql<TokenRow>`${often}
    with live as (
      select id, account_id, permissions, own, last_used_at from api_tokens
      where token_hash = ${tokenHash} and revoked_at is null and expires_at > now()
    ), touched as (
      update api_tokens set last_used_at = now(), last_address = ${address}
      where id = (select id from live where coalesce(last_used_at < now() - interval '1 minute', true))
        and coalesce(last_used_at < now() - interval '1 minute', true)
    )
    select live.id as "tokenId", live.permissions, live.own, ${personColumns}, ${standingColumns(null)}
    from live join accounts a on a.id = live.account_id`.execute(db)
  return rows[0]
}

export type NewToken = {
  name: string
  permissions: readonly Permission[]
  own: boolean
  days: number
  tokenHash: Buffer
}

export const insertApiToken = (tx: Tx, accountId: string, { name, permissions, own, days, tokenHash }: NewToken) =>
  tx
    .insertInto('api_tokens')
    .values({
      id: randomUUIDv7(),
      account_id: accountId,
      name,
      token_hash: tokenHash,
      permissions: [...permissions],
      own,
      expires_at: sql<Date>`now() + make_interval(days => ${days})`,
    })
    .returning(tokenColumns)
    .executeTakeFirstOrThrow()

const tokenColumns = [
  'id',
  'name',
  'permissions',
  'own',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'last_used_at as lastUsedAt',
  'last_address as lastAddress',
  'revoked_at as revokedAt',
] as const

/** Those that work first; what has ended is told for a month. */
export const listApiTokens = (db: Db, accountId: string) =>
  db
    .selectFrom('api_tokens')
    .select(tokenColumns)
    .where('account_id', '=', accountId)
    .where(sql<boolean>`least(revoked_at, expires_at) > now() - interval '30 days'`)
    .orderBy(sql`revoked_at is null and expires_at > now()`, 'desc')
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()

/** Locks the person, so that two tokens made at once are counted one after the other. */
export async function countLiveTokens(tx: Tx, accountId: string): Promise<number> {
  await tx.selectFrom('accounts').select('id').where('id', '=', accountId).forUpdate().execute()
  const { count } = await tx
    .selectFrom('api_tokens')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirstOrThrow()
  return count
}

/** Every token of the account stops. Returns how many did. */
export async function revokeApiTokens(tx: Tx, accountId: string): Promise<number> {
  const revoked = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute()
  return revoked.length
}

/** Undefined when it is not one's own, or is revoked already. */
export const revokeApiToken = (tx: Tx, accountId: string, id: string) =>
  tx
    .updateTable('api_tokens')
    .set({ revoked_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst()

export const dropOldApiTokens = (db: Db) =>
  db.deleteFrom('api_tokens').where(sql<boolean>`least(revoked_at, expires_at) < now() - interval '1 year'`).execute()
