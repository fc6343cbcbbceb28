import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import './external.tables.ts'

export type TiedIdentity = { provider: string; subject: string }

/** Whose the identity is; undefined when it is tied to nobody. */
export const findTiedAccount = (db: Db, { provider, subject }: TiedIdentity) =>
  db
    .selectFrom('external_identities')
    .select('account_id as accountId')
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .where('untied_at', 'is', null)
    .executeTakeFirst()

/** Undefined when the identity is another account's, or the account has one of this provider already. */
export const insertTied = (tx: Tx, accountId: string, { provider, subject }: TiedIdentity) =>
  tx
    .insertInto('external_identities')
    .values({ id: randomUUIDv7(), account_id: accountId, provider, subject, last_used_at: sql<Date>`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()

export const noteUseOfTied = (tx: Tx, { provider, subject }: TiedIdentity) =>
  tx
    .updateTable('external_identities')
    .set({ last_used_at: sql<Date>`now()` })
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .where('untied_at', 'is', null)
    .execute()

/** The untied proof is worth nothing any more: its token goes with it. */
export const untie = (tx: Tx, accountId: string, provider: string) =>
  tx
    .updateTable('external_identities')
    .set({ untied_at: sql<Date>`now()`, sealed_refresh_token: null })
    .where('account_id', '=', accountId)
    .where('provider', '=', provider)
    .where('untied_at', 'is', null)
    .returning('id')
    .executeTakeFirst()

export const listTied = (db: Db, accountId: string) =>
  db
    .selectFrom('external_identities')
    .select(['provider', 'tied_at as tiedAt', 'last_used_at as lastUsedAt'])
    .where('account_id', '=', accountId)
    .where('untied_at', 'is', null)
    .orderBy('tied_at')
    .execute()
