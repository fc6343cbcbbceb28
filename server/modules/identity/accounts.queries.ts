import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'
import type { Account, Audience } from './account.ts'

export type NewAccount = {
  surname: string
  name: string
  patronymic: string | null
  position: string | null
  /** In lower case. */
  email: string
  emailConfirmedAt: Date | null
  /** In lower case. */
  userName: string | null
  phone: string | null
  passwordHash: string | null
  audience: Audience
  registeredAt: Date | null
}

/** Undefined when the user name, or the confirmed address, is another's. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<{ id: string } | undefined> {
  return tx
    .insertInto('accounts')
    .values({
      id: randomUUIDv7(),
      surname: account.surname,
      name: account.name,
      patronymic: account.patronymic,
      position: account.position,
      email: account.email,
      email_confirmed_at: account.emailConfirmedAt,
      user_name: account.userName,
      phone: account.phone,
      password_hash: account.passwordHash,
      audience: account.audience,
      registered_at: account.registeredAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
}

export const findAccounts = (db: Db, ids: readonly string[]): Promise<Account[]> =>
  db
    .selectFrom('accounts')
    .select(['id', 'surname', 'name', 'patronymic', 'position'])
    .select(sql<string | null>`case when email_confirmed_at is not null then email end`.as('email'))
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()

export const isUserNameTaken = async (db: Db, userName: string): Promise<boolean> =>
  (await db.selectFrom('accounts').select('id').where('user_name', '=', userName).executeTakeFirst()) !== undefined

export const insertConsent = (tx: Tx, accountId: string, version: string) =>
  tx.insertInto('consents').values({ id: randomUUIDv7(), account_id: accountId, version }).execute()
