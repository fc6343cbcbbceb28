import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export const markBlocked = (tx: Tx, accountId: string, by: string, reason: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({
      blocked_at: sql<Date>`now()`,
      blocked_by: by,
      block_reason: reason,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .execute()

export const markUnblocked = (tx: Tx, accountId: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({ blocked_at: null, blocked_by: null, block_reason: null, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute()

/** @returns until when it may be used */
export async function setTemporaryPassword(tx: Tx, accountId: string, hash: string, days: number): Promise<Date> {
  const { until } = await tx
    .updateTable('accounts')
    .set((eb) => ({
      password_hash: hash,
      password_changed_at: sql<Date>`now()`,
      temporary_password_until: sql<Date>`now() + make_interval(days => ${days})`,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .returning('temporary_password_until as until')
    .executeTakeFirstOrThrow()
  if (!until) throw new Error('A temporary password was not set')
  return until
}

/** Undefined when one is waiting already. */
export const insertFactorReset = (tx: Tx, accountId: string, reason: string, by: string) =>
  tx
    .insertInto('factor_resets')
    .values({ id: randomUUIDv7(), account_id: accountId, reason, asked_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()

/** One that waits, locked: of two consents at once the second finds nothing. */
export const lockFactorReset = (tx: Tx, id: string) =>
  tx
    .selectFrom('factor_resets')
    .select(['id', 'account_id as accountId', 'asked_by as askedBy'])
    .where('id', '=', id)
    .where('consented_at', 'is', null)
    .where('refused_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()

export const markConsented = (tx: Tx, id: string, by: string) =>
  tx
    .updateTable('factor_resets')
    .set({ consented_by: by, consented_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()

export const markRefused = (tx: Tx, id: string, by: string) =>
  tx.updateTable('factor_resets').set({ refused_by: by, refused_at: sql<Date>`now()` }).where('id', '=', id).execute()

/** Every second factor is gone, and with them the devices that were trusted because of them. */
export async function removeFactors(tx: Tx, accountId: string): Promise<void> {
  const removed = { removed_at: sql<Date>`now()` }
  await tx
    .updateTable('authenticators')
    .set(removed)
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .execute()
  await tx
    .updateTable('passkeys')
    .set(removed)
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .execute()
  await tx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute()
  await tx
    .updateTable('trusted_devices')
    .set({ revoked_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
  await tx
    .updateTable('accounts')
    .set((eb) => ({ codes_by_sms_at: null, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute()
}

export type WaitingReset = {
  id: string
  accountId: string
  fullName: string
  email: string
  reason: string
  askedBy: string
  askedById: string
  askedAt: Date
}

export async function listFactorResets(db: Db): Promise<WaitingReset[]> {
  const { rows } = await sql<WaitingReset>`
    select f.id, f.account_id as "accountId", concat_ws(' ', a.surname, a.name, a.patronymic) as "fullName", a.email,
      f.reason, concat_ws(' ', p.surname, p.name, p.patronymic) as "askedBy", f.asked_by as "askedById",
      f.asked_at as "askedAt"
    from factor_resets f join accounts a on a.id = f.account_id join accounts p on p.id = f.asked_by
    where f.consented_at is null and f.refused_at is null order by f.asked_at limit 200`.execute(db)
  return rows
}
