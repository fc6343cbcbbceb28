import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'
import type { IdentityTables } from './identity.tables.ts'

export type TokenKind = IdentityTables['one_time_tokens']['kind']

export const insertToken = (tx: Tx, accountId: string, kind: TokenKind, hash: Buffer, hours: number) =>
  tx
    .insertInto('one_time_tokens')
    .values({
      id: randomUUIDv7(),
      account_id: accountId,
      kind,
      token_hash: hash,
      expires_at: sql<Date>`now() + make_interval(hours => ${hours})`,
    })
    .execute()

/** The token as it stands, used and expired ones too, with its account. */
export const findToken = (db: Db, kinds: readonly TokenKind[], hash: Buffer) =>
  db
    .selectFrom('one_time_tokens as t')
    .innerJoin('accounts as a', 'a.id', 't.account_id')
    .select(['a.id', 'a.surname', 'a.name', 'a.email', 'a.patronymic', 'a.user_name as userName'])
    .select(sql<boolean>`a.email_confirmed_at is not null`.as('confirmed'))
    .select(sql<boolean>`t.used_at is null and t.expires_at > now() and a.blocked_at is null`.as('good'))
    .select(sql<boolean>`t.used_at is not null`.as('used'))
    .where('t.token_hash', '=', hash)
    .where('t.kind', 'in', kinds)
    .executeTakeFirst()

/** Takes the token once and for all; of two at the same time, the second gets undefined. */
export const takeToken = (tx: Tx, kind: TokenKind, hash: Buffer) =>
  tx
    .updateTable('one_time_tokens')
    .set({ used_at: sql<Date>`now()` })
    .where('token_hash', '=', hash)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('account_id as accountId')
    .executeTakeFirst()

/** What is left of this kind works no more. */
export const voidTokens = (tx: Tx, accountId: string, kind: TokenKind) =>
  tx
    .updateTable('one_time_tokens')
    .set({ used_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .execute()

/** Kept for a month past their time, so that an old link is told from a wrong one. */
export const dropOldTokens = (db: Db) =>
  db.deleteFrom('one_time_tokens').where('expires_at', '<', sql<Date>`now() - interval '30 days'`).execute()
