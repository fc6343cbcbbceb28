import { sql } from 'kysely'
import type { Audience } from '../../../../contracts/audiences.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import '../external/external.tables.ts'

export const esiaProvider = 'esia'

export type EsiaAccount = { id: string; audience: Audience; snils: string | null; inn: string | null; open: boolean }

/** The account to which the subject is tied; locked, so that it is not untied meanwhile. */
export const lockAccountOf = (tx: Tx, subject: string): Promise<EsiaAccount | undefined> =>
  tx
    .selectFrom('external_identities as identity')
    .innerJoin('accounts as account', 'account.id', 'identity.account_id')
    .select(['account.id', 'account.audience', 'account.snils', 'account.inn'])
    .select(sql<boolean>`account.blocked_at is null and account.erased_at is null`.as('open'))
    .where('identity.provider', '=', esiaProvider)
    .where('identity.subject', '=', subject)
    .where('identity.untied_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()

export const lockAccount = (tx: Tx, accountId: string): Promise<EsiaAccount | undefined> =>
  tx
    .selectFrom('accounts as account')
    .select(['account.id', 'account.audience', 'account.snils', 'account.inn'])
    .select(sql<boolean>`account.blocked_at is null and account.erased_at is null`.as('open'))
    .where('account.id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()

export type Known = { snils: string | null; inn: string | null; email: string | null }

/** Whether somebody has an account that may be this person's; only its own door can prove that it is. */
export async function hasAccountLike(db: Db, { snils, inn, email }: Known): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from accounts
      where erased_at is null and (snils = ${snils} or inn = ${inn}
        or (email = ${email} and email_confirmed_at is not null))
    ) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** Bodies of power and their institutions, by what the registry of organisations says. */
export const findBodyOfPower = (db: Db, ogrn: string) =>
  db
    .selectFrom('organisations')
    .select(['id', 'short_name as shortName'])
    .where('ogrn', '=', ogrn)
    .where('legal_form', 'in', ['state', 'municipal'])
    .where('closed_at', 'is', null)
    .executeTakeFirst()

export type FollowedData = Known & {
  surname: string
  name: string
  patronymic: string | null
  phone: string | null
}

/**
 * The data follow ЕСИА. Contacts that were confirmed here stay; those that are another's are not taken.
 * @returns whether anything is new
 */
export async function followData(tx: Tx, accountId: string, data: FollowedData): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with wanted as (
      select a.id,
        a.email_confirmed_at is null and ${data.email}::text is not null and not exists (
          select from accounts o where o.email = ${data.email} and o.email_confirmed_at is not null) as "takesEmail",
        a.phone_confirmed_at is null and ${data.phone}::text is not null and not exists (
          select from accounts o where o.phone = ${data.phone} and o.phone_confirmed_at is not null) as "takesPhone"
      from accounts a where a.id = ${accountId}
    )
    update accounts a set
      surname = ${data.surname}, name = ${data.name}, patronymic = ${data.patronymic},
      snils = coalesce(a.snils, ${data.snils}), inn = coalesce(a.inn, ${data.inn}),
      email = case when "takesEmail" then ${data.email} else a.email end,
      email_confirmed_at = case when "takesEmail" then now() else a.email_confirmed_at end,
      phone = case when "takesPhone" then ${data.phone} else a.phone end,
      phone_confirmed_at = case when "takesPhone" then now() else a.phone_confirmed_at end,
      version = a.version + 1
    from wanted
    where a.id = wanted.id and ("takesEmail" or "takesPhone"
      or (a.surname, a.name, a.patronymic) is distinct from (${data.surname}, ${data.name}, ${data.patronymic})
      or (a.snils is null and ${data.snils}::text is not null) or (a.inn is null and ${data.inn}::text is not null))
    returning a.id`.execute(tx)
  return rows.length > 0
}

export type Noted = { organisation: object | null | undefined; refreshToken: Buffer | undefined }

/** What the last proof has brought. An organisation that was not chosen anew stays, `null` takes it away. */
export const noteProof = (tx: Tx, accountId: string, { organisation, refreshToken }: Noted) =>
  tx
    .updateTable('external_identities')
    .set({
      refreshed_at: sql<Date>`now()`,
      ...(organisation === undefined ? {} : { organisation: organisation && JSON.stringify(organisation) }),
      ...(refreshToken ? { sealed_refresh_token: refreshToken } : {}),
    })
    .where('account_id', '=', accountId)
    .where('provider', '=', esiaProvider)
    .where('untied_at', 'is', null)
    .execute()

/** How the account is tied; undefined when it is not. */
export const findTie = (db: Db, accountId: string) =>
  db
    .selectFrom('external_identities')
    .select([
      'subject',
      'organisation',
      'tied_at as tiedAt',
      'last_used_at as lastUsedAt',
      'refreshed_at as refreshedAt',
      'sealed_refresh_token as sealedRefreshToken',
    ])
    .where('account_id', '=', accountId)
    .where('provider', '=', esiaProvider)
    .where('untied_at', 'is', null)
    .executeTakeFirst()

export type OtherDoors = { password: boolean; passkey: boolean; domain: boolean }

/** What else the account could come in by. */
export async function findOtherDoors(db: Db, accountId: string): Promise<OtherDoors> {
  const { rows } = await sql<OtherDoors>`
    select a.password_hash is not null as password,
      exists (select from passkeys k where k.account_id = a.id and k.removed_at is null) as passkey,
      exists (select from external_identities i
              where i.account_id = a.id and i.provider <> ${esiaProvider} and i.untied_at is null) as domain
    from accounts a where a.id = ${accountId}`.execute(db)
  return rows[0] ?? { password: false, passkey: false, domain: false }
}

/** Ways out that were begun and have not come back are dead from now on. */
export const closeWaysOut = (tx: Tx, accountId: string) =>
  tx
    .updateTable('external_sign_ins')
    .set({ used_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('provider', '=', esiaProvider)
    .where('used_at', 'is', null)
    .execute()

/** What was opened by the proof that is no more. */
export const endEsiaSessions = (tx: Tx, accountId: string, except: string) =>
  tx
    .updateTable('sessions')
    .set({ ended_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('door', '=', 'esia')
    .where('id', '<>', except)
    .where('ended_at', 'is', null)
    .execute()

/** A way out whose details are shown before it is used up. */
export const findWaitingSignIn = (db: Db, state: string, browserHash: Buffer) =>
  db
    .selectFrom('external_sign_ins')
    .select('sealed_details as sealedDetails')
    .where('state', '=', state)
    .where('provider', '=', esiaProvider)
    .where('browser_hash', '=', browserHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()

export const findDoor = async (db: Db, sessionId: string) =>
  (await db.selectFrom('sessions').select('door').where('id', '=', sessionId).executeTakeFirst())?.door

/** Only the rules that were changed; the others are as the program ships them. */
export const listChangedRules = (db: Db) => db.selectFrom('audience_rules').select(['audience', 'rule']).execute()
