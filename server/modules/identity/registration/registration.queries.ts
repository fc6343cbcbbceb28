import { sql } from 'kysely'
import type { Audience } from '../../../../contracts/audiences.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'

/** Whoever has confirmed the telephone; there is at most one. */
export const findOwnerOfPhone = (db: Db, phone: string) =>
  db
    .selectFrom('accounts')
    .select('id')
    .select(sql<string | null>`case when email_confirmed_at is not null then email end`.as('email'))
    .where('phone', '=', phone)
    .where('phone_confirmed_at', 'is not', null)
    .executeTakeFirst()

export type Waiting = { id: string; audience: Audience; email: string; phone: string | null; phoneConfirmed: boolean }

/** What a registration has to confirm by a code. */
export const findWaiting = (db: Db, accountId: string): Promise<Waiting | undefined> =>
  db
    .selectFrom('accounts')
    .select(['id', 'audience', 'email', 'phone'])
    .select(sql<boolean>`phone_confirmed_at is not null`.as('phoneConfirmed'))
    .where('id', '=', accountId)
    .where('registered_at', 'is not', null)
    .where('blocked_at', 'is', null)
    .executeTakeFirst()

/** Every account with the telephone, locked in one order: two that confirm it at once must not wait for each other. */
export const lockAccountsOfPhone = (tx: Tx, phone: string) =>
  tx
    .selectFrom('accounts')
    .select(['id', 'phone_confirmed_at as confirmedAt'])
    .where('phone', '=', phone)
    .orderBy('id')
    .forUpdate()
    .execute()

export const markPhoneConfirmed = (tx: Tx, accountId: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({ phone_confirmed_at: sql<Date>`now()`, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute()

export const isWaitingForApproval = async (db: Db, accountId: string): Promise<boolean> =>
  (await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .where('approval_asked_at', 'is not', null)
    .where('approved_at', 'is', null)
    .where('approval_refused_at', 'is', null)
    .executeTakeFirst()) !== undefined

const named = [
  'id',
  'surname',
  'name',
  'patronymic',
  'email',
  'user_name as userName',
  'email_confirmed_at as emailConfirmedAt',
] as const

/** Undefined when the registration does not wait: of two decisions at once, the second gets it. */
export const markApproved = (tx: Tx, accountId: string, by: string | null) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({ approved_at: sql<Date>`now()`, approved_by: by, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .where('approval_asked_at', 'is not', null)
    .where('approved_at', 'is', null)
    .where('approval_refused_at', 'is', null)
    .returning(named)
    .executeTakeFirst()

export const markRefused = (tx: Tx, accountId: string, by: string | null, reason: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({
      approval_refused_at: sql<Date>`now()`,
      approved_by: by,
      approval_reason: reason,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .where('approval_asked_at', 'is not', null)
    .where('approved_at', 'is', null)
    .where('approval_refused_at', 'is', null)
    .returning(named)
    .executeTakeFirst()
