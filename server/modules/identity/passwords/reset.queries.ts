import { sql } from 'kysely'
import type { Db } from '../../../kernel/db/index.ts'

const columns = [
  'id',
  'surname',
  'name',
  'email',
  'user_name as userName',
  'audience',
  'password_hash as passwordHash',
] as const

/** The account to which a reset leads: the owner of the address, else the newest registration that waits under it. */
export const findByEmail = (db: Db, email: string) =>
  db
    .selectFrom('accounts')
    .select(columns)
    .select(sql<boolean>`email_confirmed_at is not null`.as('emailConfirmed'))
    .where('email', '=', email)
    .where('blocked_at', 'is', null)
    .orderBy(sql`email_confirmed_at is not null`, 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Only who has confirmed the telephone. */
export const findByPhone = (db: Db, phone: string) =>
  db
    .selectFrom('accounts')
    .select(columns)
    .select(sql<boolean>`email_confirmed_at is not null`.as('emailConfirmed'))
    .where('phone', '=', phone)
    .where('phone_confirmed_at', 'is not', null)
    .where('blocked_at', 'is', null)
    .executeTakeFirst()

export const findById = (db: Db, id: string) =>
  db
    .selectFrom('accounts')
    .select(columns)
    .select(sql<boolean>`email_confirmed_at is not null`.as('emailConfirmed'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

export type ResetAccount = Awaited<ReturnType<typeof findById>>

/** How many attempts stand against a bucket now. */
export async function attemptsAt(db: Db, bucket: string): Promise<number> {
  const row = await db
    .selectFrom('rate_limits')
    .select('count')
    .where('bucket', '=', bucket)
    .where('resets_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return row?.count ?? 0
}
