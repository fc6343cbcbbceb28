import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export type ChallengePurpose = 'registration' | 'sign-in' | 'second-factor'

export async function insertChallenge(
  db: Db,
  challenge: { purpose: ChallengePurpose; challenge: string; sessionId: string | null; minutes: number },
): Promise<string> {
  const id = randomUUIDv7()
  await db
    .insertInto('passkey_challenges')
    .values({
      id,
      purpose: challenge.purpose,
      challenge: challenge.challenge,
      session_id: challenge.sessionId,
      expires_at: sql<Date>`now() + make_interval(mins => ${challenge.minutes})`,
    })
    .execute()
  return id
}

/** Uses it up; undefined when it is used, expired, of another purpose, or another session's. */
export const takeChallenge = (db: Db, id: string, purpose: ChallengePurpose, sessionId: string | null) =>
  db
    .updateTable('passkey_challenges')
    .set({ used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('session_id', 'is not distinct from', sessionId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('challenge')
    .executeTakeFirst()

export type NewPasskeyRow = {
  accountId: string
  credentialId: string
  publicKey: Buffer
  counter: number
  transports: string[]
  name: string
  backedUp: boolean
}

/** Undefined when the key is known already. */
export const insertPasskey = (tx: Tx, passkey: NewPasskeyRow) =>
  tx
    .insertInto('passkeys')
    .values({
      id: randomUUIDv7(),
      account_id: passkey.accountId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports,
      name: passkey.name,
      backed_up: passkey.backedUp,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()

export const listPasskeys = (db: Db, accountId: string) =>
  db
    .selectFrom('passkeys')
    .select([
      'id',
      'credential_id as credentialId',
      'transports',
      'name',
      'backed_up as backedUp',
      'created_at as createdAt',
      'last_used_at as lastUsedAt',
    ])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .execute()

export const findPasskey = (db: Db, credentialId: string) =>
  db
    .selectFrom('passkeys')
    .select(['id', 'account_id as accountId', 'credential_id as credentialId', 'public_key as publicKey', 'counter'])
    .where('credential_id', '=', credentialId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()

/** Undefined when the counter has gone back or stands still, which a key that counts at all never does. */
export const notePasskeyUsed = (tx: Tx, id: string, counter: number) =>
  tx
    .updateTable('passkeys')
    .set({ counter, last_used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .where((eb) =>
      eb.or([eb('counter', '<', String(counter)), eb.and([eb('counter', '=', '0'), eb.val(counter === 0)])]),
    )
    .returning('id')
    .executeTakeFirst()

export const removePasskeyRow = (tx: Tx, accountId: string, id: string) =>
  tx
    .updateTable('passkeys')
    .set({ removed_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .returning('name')
    .executeTakeFirst()

export const dropOldChallenges = (db: Db) =>
  db.deleteFrom('passkey_challenges').where('expires_at', '<', sql<Date>`now() - interval '1 hour'`).execute()
