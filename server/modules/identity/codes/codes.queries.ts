import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import type { CodePurpose } from './codes.phrases.ts'

/** To whom and for what a code goes; only for all of it together is it good. */
export type CodeAddress = {
  purpose: CodePurpose
  channel: 'email' | 'sms'
  /** An e-mail in lower case, or `+7XXXXXXXXXX`. */
  to: string
  /** Null while there is no account yet. */
  accountId: string | null
}

/** The codes before it work no more. */
export async function insertCode(tx: Tx, code: CodeAddress & { mark: Buffer; minutes: number }): Promise<void> {
  await ofAddress(tx, code).execute()
  await tx
    .insertInto('one_time_codes')
    .values({
      id: randomUUIDv7(),
      account_id: code.accountId,
      purpose: code.purpose,
      channel: code.channel,
      address: code.to,
      code_mark: code.mark,
      expires_at: sql<Date>`now() + make_interval(mins => ${code.minutes})`,
    })
    .execute()
}

const ofAddress = (tx: Tx, { purpose, channel, to, accountId }: CodeAddress) =>
  tx
    .updateTable('one_time_codes')
    .set({ used_at: sql<Date>`now()` })
    .where('account_id', 'is not distinct from', accountId)
    .where('purpose', '=', purpose)
    .where('channel', '=', channel)
    .where('address', '=', to)
    .where('used_at', 'is', null)

/** The one code that is good now. */
export const findCode = (db: Db, { purpose, channel, to, accountId }: CodeAddress) =>
  db
    .selectFrom('one_time_codes')
    .select(['id', 'code_mark as mark'])
    .where('account_id', 'is not distinct from', accountId)
    .where('purpose', '=', purpose)
    .where('channel', '=', channel)
    .where('address', '=', to)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Undefined when it has been taken or has expired meanwhile. */
export const markTaken = (tx: Tx, id: string) =>
  tx
    .updateTable('one_time_codes')
    .set({ used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('id')
    .executeTakeFirst()

export const dropOldCodes = (db: Db) =>
  db.deleteFrom('one_time_codes').where('expires_at', '<', sql<Date>`now() - interval '1 day'`).execute()
