/** What is known beside what an applicant says itself: looked up for those who decide. */
import { sql } from 'kysely'
import type { Db } from '../../kernel/db/index.ts'

/** What is known of an applicant for attachment. */
export const findCircumstances = (db: Db, application: { applicantId: string; organisationId: string; role: string }) =>
  db
    .selectFrom('accounts as applicant')
    .select([
      sql<boolean>`exists (
        select from memberships where account_id = applicant.id and organisation_id = ${application.organisationId}
          and ended_at is null and coalesce(ends_on >= current_date, true))`.as('attachedAlready'),
      sql<number>`(
        select count(*) from memberships where organisation_id = ${application.organisationId}
          and role = ${application.role} and ended_at is null and coalesce(ends_on >= current_date, true))`.as(
        'othersWithRole',
      ),
      sql<number>`(
        select count(*) from accounts namesake where namesake.id <> applicant.id
          and namesake.email_confirmed_at is not null and namesake.surname = applicant.surname
          and namesake.name = applicant.name and namesake.patronymic is not distinct from applicant.patronymic)`.as(
        'namesakes',
      ),
    ])
    .where('applicant.id', '=', application.applicantId)
    .executeTakeFirstOrThrow()

export const isAttached = async (db: Db, accountId: string, organisationId: string): Promise<boolean> =>
  (await findCircumstances(db, { applicantId: accountId, organisationId, role: '' })).attachedAlready

/** What hangs on an organisation that is to be closed. */
export async function countHanging(db: Db, organisationId: string, applicationId: string) {
  const { rows } = await sql<{ below: number; members: number; applications: number }>`
    select
      (select count(*)::int from organisations where parent_id = ${organisationId} and closed_at is null) as below,
      (select count(*)::int from memberships where organisation_id = ${organisationId}
        and ended_at is null and coalesce(ends_on >= current_date, true)) as members,
      (select count(*)::int from applications where organisation_id = ${organisationId}
        and state in ('waiting', 'asked') and id <> ${applicationId}) as applications`.execute(db)
  return rows[0] ?? { below: 0, members: 0, applications: 0 }
}

/** Who is attached to any of the organisations, now or from a coming day on. */
export const listPeopleOf = (db: Db, organisationIds: readonly string[]) =>
  db
    .selectFrom('memberships')
    .select(['organisation_id as organisationId', 'account_id as accountId'])
    .where('organisation_id', '=', sql<string>`any(${organisationIds}::uuid[])`)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`coalesce(ends_on >= current_date, true)`)
    .orderBy('account_id')
    .execute()

/** Accounts that have the address already. */
export const hasAccount = async (db: Db, email: string): Promise<boolean> =>
  (await db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .where('erased_at', 'is', null)
    .executeTakeFirst()) !== undefined

/** Organisations on which the person may ask for something: its own, and those that it decides over by itself. */
export const listOwnOrganisations = (db: Db, accountId: string) =>
  db
    .selectFrom('memberships as membership')
    .innerJoin('organisations as organisation', 'organisation.id', 'membership.organisation_id')
    .select(['organisation.id', 'organisation.short_name as shortName', 'organisation.inn'])
    .where('membership.account_id', '=', accountId)
    .where('membership.ended_at', 'is', null)
    .where('organisation.closed_at', 'is', null)
    .where(sql<boolean>`membership.starts_on <= current_date and coalesce(membership.ends_on >= current_date, true)`)
    .orderBy('organisation.short_name')
    .limit(50)
    .execute()

/** An application about what was not in the registry is from now on about what has come into it. */
export const noteOrganisation = (db: Db, applicationId: string, organisationId: string) =>
  db.updateTable('applications').set({ organisation_id: organisationId }).where('id', '=', applicationId).execute()

export const listAllRegions = (db: Db) => db.selectFrom('regions').select(['code', 'name']).orderBy('name').execute()
