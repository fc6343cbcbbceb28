import { sql } from 'kysely'
import { randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export const insertConsent = (tx: Tx, accountId: string, version: string) =>
  tx.insertInto('consents').values({ id: randomUUIDv7(), account_id: accountId, version }).execute()

/** Sets the number that is not known yet; one that stands is never replaced this way. */
export const setPersonNumber = (tx: Tx, accountId: string, number: { inn: string } | { snils: string }) =>
  tx
    .updateTable('accounts')
    .set(
      'inn' in number ? { inn: sql`coalesce(inn, ${number.inn})` } : { snils: sql`coalesce(snils, ${number.snils})` },
    )
    .where('id', '=', accountId)
    .execute()
