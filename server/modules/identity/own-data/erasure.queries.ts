import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { erasureDays } from '../../../../contracts/own-data.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'

const term = sql`make_interval(days => ${sql.lit(erasureDays)})`

/** Whether somebody else administers everything today, and for good. */
export async function hasOtherAdministrator(db: Db, accountId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from grants g join accounts a on a.id = g.account_id
    where g.role = 'administrator' and g.scope = 'everywhere' and g.revoked_at is null and g.starts_on <= current_date
      and g.ends_on is null and a.blocked_at is null and a.erased_at is null and a.id <> ${accountId} limit 1`.execute(
    db,
  )
  return rows.length > 0
}

export async function administersEverything(db: Db, accountId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from grants where account_id = ${accountId} and role = 'administrator' and scope = 'everywhere'
      and revoked_at is null and starts_on <= current_date and coalesce(ends_on >= current_date, true) limit 1`.execute(
    db,
  )
  return rows.length > 0
}

/** Closes the account for everything at once; undefined when it is closed already. */
export const markErasing = (tx: Tx, accountId: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({
      erasure_asked_at: sql<Date>`now()`,
      blocked_at: sql<Date>`now()`,
      blocked_by: accountId,
      block_reason: 'Удаление по просьбе владельца',
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .where('blocked_at', 'is', null)
    .where('erasure_asked_at', 'is', null)
    .returning(sql<Date>`now() + ${term}`.as('until'))
    .returning(sql<string | null>`case when email_confirmed_at is not null then email end`.as('email'))
    .executeTakeFirst()

export const withdrawConsents = (tx: Tx, accountId: string) =>
  tx
    .updateTable('consents')
    .set({ withdrawn_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('withdrawn_at', 'is', null)
    .execute()

/** Programs and devices that came in by themselves do so no more, even if the person thinks again. */
export async function endWaysIn(tx: Tx, accountId: string): Promise<void> {
  await tx
    .updateTable('api_tokens')
    .set({ revoked_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
  await tx
    .updateTable('trusted_devices')
    .set({ revoked_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Undefined when there is nothing to cancel. Whoever was closed by another meanwhile stays closed. */
export const markKept = (tx: Tx, accountId: string) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({
      erasure_asked_at: null,
      blocked_at: sql<Date | null>`case when blocked_by is distinct from id then blocked_at end`,
      blocked_by: sql<string | null>`case when blocked_by is distinct from id then blocked_by end`,
      block_reason: sql<string | null>`case when blocked_by is distinct from id then block_reason end`,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .where('erasure_asked_at', 'is not', null)
    .where('erased_at', 'is', null)
    .returning(sql<string | null>`case when email_confirmed_at is not null then email end`.as('email'))
    .executeTakeFirst()

/** Until when the link of this token cancels; undefined when it does no more. */
export const findCancelling = (db: Db, tokenHash: Buffer) =>
  db
    .selectFrom('one_time_tokens as t')
    .innerJoin('accounts as a', 'a.id', 't.account_id')
    .select(sql<Date>`a.erasure_asked_at + ${term}`.as('until'))
    .where('t.token_hash', '=', tokenHash)
    .where('t.kind', '=', 'erasure-cancelling')
    .where('t.used_at', 'is', null)
    .where('t.expires_at', '>', sql<Date>`now()`)
    .where('a.erasure_asked_at', 'is not', null)
    .where('a.erased_at', 'is', null)
    .executeTakeFirst()

export async function listDue(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('id')
    .where('erasure_asked_at', '<', sql<Date>`now() - ${term}`)
    .where('erased_at', 'is', null)
    .orderBy('erasure_asked_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Undefined when it is erased already, kept after all, or in another's hands. */
export const lockDue = (tx: Tx, accountId: string) =>
  tx
    .selectFrom('accounts')
    .select(['id', 'email', 'phone'])
    .where('id', '=', accountId)
    .where('erasure_asked_at', '<', sql<Date>`now() - ${term}`)
    .where('erased_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

const tablesOfPerson = [
  'personal_data',
  'authenticators',
  'recovery_codes',
  'passkeys',
  'trusted_devices',
  'external_identities',
  'external_sign_ins',
  'one_time_codes',
  'one_time_tokens',
  'contact_changes',
  'factor_resets',
  'api_tokens',
  'sessions',
] as const

/** Everything by which the person came in and was known. Rows of the same table about others stay. */
export async function removeTraces(tx: Tx, accountId: string): Promise<void> {
  for (const table of tablesOfPerson)
    await sql`delete from ${sql.table(table)} where account_id = ${accountId}`.execute(tx)
  await tx.deleteFrom('invitations').where('accepted_by', '=', accountId).execute()
  // A line of an import told the person's name and address; how many lines there were, its report still tells.
  await sql`
    update account_import_lines set person = null, problems = '[]',
      cells = coalesce((select jsonb_agg(''::text) from jsonb_array_elements(cells)), '[]')
    where account_id = ${accountId}`.execute(tx)
}

/** What the person held, and what it lent to helpers. */
export async function endRoles(tx: Tx, accountId: string): Promise<void> {
  await sql`
    update grants set revoked_at = now(), revoked_by = ${accountId}
    where (account_id = ${accountId} or delegated_by = ${accountId}) and revoked_at is null`.execute(tx)
  await sql`
    update helpers set removed_at = now()
    where (account_id = ${accountId} or operator_id = ${accountId}) and removed_at is null`.execute(tx)
  await sql`
    update invitations set withdrawn_at = now()
    where invited_by = ${accountId} and accepted_at is null and withdrawn_at is null`.execute(tx)
}

/**
 * Instead of the person stands nobody: what others must still account for keeps the id alone. No address or user name
 * can be guessed from another's, and `registered_at` goes, so that it is not taken for a forgotten registration.
 */
export const markErased = (tx: Tx, accountId: string) => {
  const placeholder = `erased-${randomBytes(12).toString('hex')}`
  return tx
    .updateTable('accounts')
    .set((eb) => ({
      surname: 'Удалённая',
      name: 'учётная запись',
      patronymic: null,
      position: null,
      email: `${placeholder}@erased.invalid`,
      email_confirmed_at: null,
      user_name: placeholder,
      phone: null,
      phone_confirmed_at: null,
      password_hash: null,
      password_changed_at: null,
      temporary_password_until: null,
      inn: null,
      snils: null,
      organisation_name: null,
      approval_reason: null,
      codes_by_sms_at: null,
      registered_at: null,
      erased_at: sql<Date>`now()`,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .execute()
}
