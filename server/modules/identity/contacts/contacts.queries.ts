import { sql } from 'kysely'
import type { ContactKind } from '../../../../contracts/contacts.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

const columns = ['id', 'email', 'phone', 'audience'] as const

const contactsOf = (db: Db, accountId: string) =>
  db
    .selectFrom('accounts')
    .select(columns)
    .select(sql<boolean>`email_confirmed_at is not null`.as('emailConfirmed'))
    .select(sql<boolean>`phone_confirmed_at is not null`.as('phoneConfirmed'))
    .where('id', '=', accountId)

export const getContacts = (db: Db, accountId: string) => contactsOf(db, accountId).executeTakeFirstOrThrow()
export const lockContacts = (tx: Tx, accountId: string) =>
  contactsOf(tx, accountId).forUpdate().executeTakeFirstOrThrow()

export type OwnContacts = Awaited<ReturnType<typeof getContacts>>

/** An unconfirmed one, as the person has corrected it. */
export const correctEmail = (tx: Tx, accountId: string, email: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({ email, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .where('email_confirmed_at', 'is', null)
    .execute()

export const correctPhone = (tx: Tx, accountId: string, phone: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({ phone, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .where('phone_confirmed_at', 'is', null)
    .execute()

/** Proved to be the person's: the old one is no way in any more. */
export const setConfirmed = (tx: Tx, accountId: string, kind: ContactKind, value: string) =>
  tx
    .updateTable('accounts')
    .set((eb) =>
      kind === 'email'
        ? { email: value, email_confirmed_at: sql<Date>`now()`, version: eb('version', '+', 1) }
        : { phone: value, phone_confirmed_at: sql<Date>`now()`, version: eb('version', '+', 1) },
    )
    .where('id', '=', accountId)
    .execute()

export type ContactChange = {
  id: string
  kind: ContactKind
  newValue: string
  oldConfirmed: boolean
  newConfirmed: boolean
  expiresAt: Date
}

export const listChanges = (db: Db, accountId: string): Promise<ContactChange[]> =>
  db
    .selectFrom('contact_changes')
    .select(['id', 'kind', 'new_value as newValue', 'expires_at as expiresAt'])
    .select(sql<boolean>`old_confirmed_at is not null`.as('oldConfirmed'))
    .select(sql<boolean>`new_confirmed_at is not null`.as('newConfirmed'))
    .where('account_id', '=', accountId)
    .where('done_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .execute()

export const cancelChanges = (tx: Tx, accountId: string, kind: ContactKind) =>
  tx
    .updateTable('contact_changes')
    .set({ cancelled_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('done_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .execute()

export const insertChange = (
  tx: Tx,
  change: { accountId: string; kind: ContactKind; newValue: string; oldAsked: boolean; hours: number },
) =>
  tx
    .insertInto('contact_changes')
    .values({
      id: randomUUIDv7(),
      account_id: change.accountId,
      kind: change.kind,
      new_value: change.newValue,
      old_confirmed_at: change.oldAsked ? null : sql<Date>`now()`,
      expires_at: sql<Date>`now() + make_interval(hours => ${change.hours})`,
    })
    .execute()

export const markHalf = (tx: Tx, id: string, half: 'old' | 'new') =>
  tx
    .updateTable('contact_changes')
    .set(half === 'old' ? { old_confirmed_at: sql<Date>`now()` } : { new_confirmed_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()

export const markChangeDone = (tx: Tx, id: string) =>
  tx.updateTable('contact_changes').set({ done_at: sql<Date>`now()` }).where('id', '=', id).execute()

export const dropOldChanges = (db: Db) =>
  db.deleteFrom('contact_changes').where('expires_at', '<', sql<Date>`now() - interval '30 days'`).execute()
