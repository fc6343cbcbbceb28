import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

/** A person's factors change one after another. */
export const lockAccount = (tx: Tx, accountId: string) =>
  tx.selectFrom('accounts').select('id').where('id', '=', accountId).forNoKeyUpdate().executeTakeFirstOrThrow()

export type OwnedFactors = {
  authenticatorSince: Date | null
  smsSince: Date | null
  /** Confirmed. */
  phone: string | null
  email: string
  hasPassword: boolean
  recoveryCodesLeft: number
  recoveryCodesMade: boolean
  passkeys: number
}

export async function findFactors(db: Db, accountId: string): Promise<OwnedFactors> {
  const { rows } = await sql<OwnedFactors>`
    select
      (select f.confirmed_at from authenticators f
        where f.account_id = a.id and f.confirmed_at is not null and f.removed_at is null) as "authenticatorSince",
      case when a.phone_confirmed_at is not null then a.codes_by_sms_at end as "smsSince",
      case when a.phone_confirmed_at is not null then a.phone end as phone,
      a.email, a.password_hash is not null as "hasPassword",
      (select count(*)::int from recovery_codes r where r.account_id = a.id and r.used_at is null) as "recoveryCodesLeft",
      exists (select from recovery_codes r where r.account_id = a.id) as "recoveryCodesMade",
      (select count(*)::int from passkeys k where k.account_id = a.id and k.removed_at is null) as passkeys
    from accounts a where a.id = ${accountId}`.execute(db)
  const [row] = rows
  if (!row) throw new Error('An account that is signed in is not there')
  return row
}

/** The one in use; locked, so that of two equal codes at once the second is seen to be used. */
export const lockAuthenticator = (tx: Tx, accountId: string) =>
  tx
    .selectFrom('authenticators')
    .select(['id', 'sealed_secret as sealedSecret', 'last_step as lastStep'])
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()

export const setLastStep = (tx: Tx, id: string, step: number) =>
  tx.updateTable('authenticators').set({ last_step: step }).where('id', '=', id).execute()

/** An older one that waits for its first code is forgotten. */
export async function insertPendingAuthenticator(
  tx: Tx,
  accountId: string,
  sessionId: string,
  sealedSecret: Buffer,
): Promise<void> {
  await tx.deleteFrom('authenticators').where('account_id', '=', accountId).where('confirmed_at', 'is', null).execute()
  await tx
    .insertInto('authenticators')
    .values({ id: randomUUIDv7(), account_id: accountId, session_id: sessionId, sealed_secret: sealedSecret })
    .execute()
}

/** Begun in this session, a short while ago. */
export const findPendingAuthenticator = (db: Db, accountId: string, sessionId: string, minutes: number) =>
  db
    .selectFrom('authenticators')
    .select(['id', 'sealed_secret as sealedSecret'])
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .where('confirmed_at', 'is', null)
    .where('removed_at', 'is', null)
    .where('created_at', '>', sql<Date>`now() - make_interval(mins => ${minutes})`)
    .executeTakeFirst()

export const confirmPending = (tx: Tx, id: string, step: number) =>
  tx
    .updateTable('authenticators')
    .set({ confirmed_at: sql<Date>`now()`, last_step: step })
    .where('id', '=', id)
    .execute()

/** Undefined when there is none. */
export const retireAuthenticator = (tx: Tx, accountId: string) =>
  tx
    .updateTable('authenticators')
    .set({ removed_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()

export const setCodesBySms = (tx: Tx, accountId: string, on: boolean) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({ codes_by_sms_at: on ? sql<Date>`now()` : null, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .where('codes_by_sms_at', on ? 'is' : 'is not', null)
    .returning('id')
    .executeTakeFirst()

/** The codes made before are void from here on. */
export async function replaceRecoveryCodes(tx: Tx, accountId: string, marks: readonly Buffer[]): Promise<void> {
  await dropRecoveryCodes(tx, accountId)
  if (marks.length > 0)
    await tx
      .insertInto('recovery_codes')
      .values(marks.map((mark) => ({ mark, account_id: accountId })))
      .execute()
}

export const dropRecoveryCodes = (tx: Tx, accountId: string) =>
  tx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute()

/** Undefined when it is unknown, another's, or used. */
export const useRecoveryCode = (tx: Tx, accountId: string, mark: Buffer) =>
  tx
    .updateTable('recovery_codes')
    .set({ used_at: sql<Date>`now()` })
    .where('mark', '=', mark)
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .returning('account_id')
    .executeTakeFirst()

/** For how many seconds the bucket stays full; null when it is not. */
export async function secondsClosed(db: Db, bucket: string, most: number): Promise<number | null> {
  const { rows } = await sql<{ seconds: number }>`
    select greatest(1, ceil(extract(epoch from resets_at - now())))::int as seconds
    from rate_limits where bucket = ${bucket} and count >= ${most} and resets_at > now()`.execute(db)
  return rows[0]?.seconds ?? null
}

/** What was begun and never confirmed. */
export const dropPendingAuthenticators = (db: Db) =>
  db
    .deleteFrom('authenticators')
    .where('confirmed_at', 'is', null)
    .where('created_at', '<', sql<Date>`now() - interval '1 day'`)
    .execute()
