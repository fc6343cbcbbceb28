import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
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
  phoneConfirmedAt: Date | null
  passwordHash: string | null
  temporaryUntil: Date | null
  audience: Audience
  inn: string | null
  snils: string | null
  regionCode: string | null
  organisationName: string | null
  registeredAt: Date | null
  /** Set when the rule of the audience asks an operator to approve the registration. */
  approvalAskedAt: Date | null
  createdBy: string | null
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
      phone_confirmed_at: account.phoneConfirmedAt,
      password_hash: account.passwordHash,
      temporary_password_until: account.temporaryUntil,
      audience: account.audience,
      inn: account.inn,
      snils: account.snils,
      region_code: account.regionCode,
      organisation_name: account.organisationName,
      registered_at: account.registeredAt,
      approval_asked_at: account.approvalAskedAt,
      created_by: account.createdBy,
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

/** Whoever has confirmed the address; there is at most one. A refused registration owns nothing: it may come anew. */
export const findOwnerOf = (db: Db, email: string) =>
  db
    .selectFrom('accounts')
    .select(['id', 'surname', 'name', 'email'])
    .where('email', '=', email)
    .where('email_confirmed_at', 'is not', null)
    .where('approval_refused_at', 'is', null)
    .executeTakeFirst()

/** Every account under the address, locked in one order: two that are being confirmed must not wait for each other. */
export const lockAccountsOf = (tx: Tx, email: string) =>
  tx
    .selectFrom('accounts')
    .select('id')
    .select(sql<Date | null>`case when approval_refused_at is null then email_confirmed_at end`.as('confirmedAt'))
    .where('email', '=', email)
    .orderBy('id')
    .forUpdate()
    .execute()

export const markConfirmed = (tx: Tx, accountId: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({ email_confirmed_at: sql<Date>`now()`, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute()

/** Whoever made the other registrations that wait under the address does not own it. */
export const removeOtherRegistrations = (tx: Tx, accountId: string, email: string) =>
  tx
    .deleteFrom('accounts')
    .where('email', '=', email)
    .where('id', '<>', accountId)
    .where('registered_at', 'is not', null)
    .where(sql<boolean>`(approval_refused_at is not null or email_confirmed_at is null and phone_confirmed_at is null)`)
    .execute()

export const findPassword = (db: Db, accountId: string) =>
  db
    .selectFrom('accounts')
    .select(['id', 'surname', 'name', 'email', 'user_name as userName', 'password_hash as passwordHash'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()

/** A password of the person's own: whatever was temporary is so no more. */
export const setPasswordHash = (tx: Tx, accountId: string, passwordHash: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({
      password_hash: passwordHash,
      password_changed_at: sql<Date>`now()`,
      temporary_password_until: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .execute()

const profileColumns = [
  'id',
  'surname',
  'name',
  'patronymic',
  'position',
  'email',
  'user_name as userName',
  'phone',
  'version',
] as const

export const findProfile = (db: Db, accountId: string) =>
  db
    .selectFrom('accounts')
    .select(profileColumns)
    .select(sql<boolean>`phone_confirmed_at is not null`.as('phoneConfirmed'))
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()

export type ChangedProfile = {
  surname?: string | undefined
  name?: string | undefined
  patronymic?: string | null | undefined
  position?: string | undefined
  phone?: string | null | undefined
}

/** Undefined when the version is not the newest. A new telephone is not confirmed yet. */
export const updateProfile = (tx: Tx, accountId: string, version: number, changes: ChangedProfile) =>
  tx
    .updateTable('accounts')
    .set({
      ...changes,
      version: version + 1,
      ...(changes.phone === undefined
        ? {}
        : {
            phone_confirmed_at: sql<Date | null>`case when phone = ${changes.phone} then phone_confirmed_at end`,
          }),
    })
    .where('id', '=', accountId)
    .where('version', '=', version)
    .returning(profileColumns)
    .returning(sql<boolean>`phone_confirmed_at is not null`.as('phoneConfirmed'))
    .executeTakeFirst()

/** Registrations that nobody confirmed within a month. Nothing refers to them: they never came in. */
export const dropForgottenRegistrations = (db: Db) =>
  db
    .deleteFrom('accounts')
    .where('registered_at', '<', sql<Date>`now() - interval '30 days'`)
    .where('email_confirmed_at', 'is', null)
    .where('phone_confirmed_at', 'is', null)
    .execute()
