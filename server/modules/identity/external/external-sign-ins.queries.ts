import { sql } from 'kysely'
import type { Db } from '../../../kernel/db/index.ts'
import './external.tables.ts'

export type NewExternalSignIn = {
  state: string
  provider: string
  purpose: 'enter' | 'tie'
  accountId: string | null
  browserHash: Buffer
  sealedDetails: Buffer
  seconds: number
}

export const insertExternalSignIn = (db: Db, signIn: NewExternalSignIn) =>
  db
    .insertInto('external_sign_ins')
    .values({
      state: signIn.state,
      provider: signIn.provider,
      purpose: signIn.purpose,
      account_id: signIn.accountId,
      browser_hash: signIn.browserHash,
      sealed_details: signIn.sealedDetails,
      expires_at: sql<Date>`now() + make_interval(secs => ${signIn.seconds})`,
    })
    .execute()

/** One statement, so that of two that come back at once only one goes on. */
export const useExternalSignIn = (db: Db, state: string, provider: string, browserHash: Buffer) =>
  db
    .updateTable('external_sign_ins')
    .set({ used_at: sql<Date>`now()` })
    .where('state', '=', state)
    .where('provider', '=', provider)
    .where('browser_hash', '=', browserHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['purpose', 'account_id as accountId', 'sealed_details as sealedDetails'])
    .executeTakeFirst()

export const dropOldExternalSignIns = (db: Db) =>
  db.deleteFrom('external_sign_ins').where('expires_at', '<', sql<Date>`now() - interval '1 day'`).execute()
