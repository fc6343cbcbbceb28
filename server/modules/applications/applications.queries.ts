import { sql } from 'kysely'
import type { ApplicationKind, ApplicationState } from '../../../contracts/applications.ts'
import { pageSize } from '../../../contracts/organisations.ts'
import type { Scopes } from '../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'
import { belowScopes, fullNameOf, withinScopes } from '../organisations/index.ts'

const applications = (db: Db) =>
  db
    .selectFrom('applications as application')
    .innerJoin('organisations as organisation', 'organisation.id', 'application.organisation_id')
    .innerJoin('accounts as applicant', 'applicant.id', 'application.applicant_id')

const lineColumns = [
  'application.id',
  'application.number',
  'application.kind',
  'application.state',
  'application.due_at as dueAt',
  'application.decided_at as decidedAt',
  'application.created_at as createdAt',
  'application.applicant_id as applicantId',
  'organisation.id as organisationId',
  'organisation.short_name as organisationName',
] as const

export type Application = NonNullable<Awaited<ReturnType<typeof findApplication>>>

/** With its people and its organisation: all that a page of it shows. */
export const findApplication = (db: Db, id: string) =>
  applications(db)
    .leftJoin('accounts as decider', 'decider.id', 'application.decided_by')
    .select(lineColumns)
    .select([
      fullNameOf('applicant').as('applicantName'),
      'applicant.position as applicantPosition',
      'applicant.email as applicantEmail',
      'applicant.email_confirmed_at as applicantEmailConfirmedAt',
      'application.form',
      'application.reason',
      'application.version',
      'decider.id as decidedById',
      fullNameOf('decider').as('decidedByName'),
      'organisation.full_name as organisationFullName',
      'organisation.inn as organisationInn',
      'organisation.ogrn as organisationOgrn',
      'organisation.email as organisationEmail',
      'organisation.level as organisationLevel',
      'organisation.region_code as regionCode',
      'organisation.lineage',
    ])
    .where('application.id', '=', id)
    .executeTakeFirst()

export type NewApplication = {
  kind: ApplicationKind
  applicantId: string
  organisationId: string
  form: unknown
  dueAt: Date
  year: number
}

/** Undefined when the same person's application of the kind to the organisation waits already. */
export const insertApplication = (tx: Tx, application: NewApplication) =>
  tx
    .insertInto('applications')
    .values({
      id: randomUUIDv7(),
      number: sql<string>`(
        select ${String(application.year)}::text || '-' || lpad(serial, greatest(5, length(serial)), '0')
        from (select nextval('application_numbers')::text as serial) numbering)`,
      kind: application.kind,
      applicant_id: application.applicantId,
      organisation_id: application.organisationId,
      form: JSON.stringify(application.form),
      due_at: application.dueAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'number'])
    .executeTakeFirst()

export const findWaiting = (db: Db, kind: ApplicationKind, applicantId: string, organisationId: string) =>
  db
    .selectFrom('applications')
    .select(['id', 'number'])
    .where('kind', '=', kind)
    .where('applicant_id', '=', applicantId)
    .where('organisation_id', '=', organisationId)
    .where('state', '=', 'waiting')
    .executeTakeFirst()

/** Undefined when it waits no longer: of two deciders at once the second one gets that. */
export const closeApplication = (
  tx: Tx,
  id: string,
  decision: { state: Exclude<ApplicationState, 'waiting'>; by: string; reason: string | null },
) =>
  tx
    .updateTable('applications')
    .set((eb) => ({
      state: decision.state,
      decided_at: sql<Date>`now()`,
      decided_by: decision.by,
      reason: decision.reason,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst()

export type Side = { side: 'own'; applicantId: string } | { side: 'queue'; scopes: Scopes }
export type ListFilter = { state?: ApplicationState | undefined; q: string; page: number; limit?: number }

export type ApplicationRow = Awaited<ReturnType<typeof listApplications>>['rows'][number]

/** Those that wait stand first, the nearest deadline above; then the latest decided. One round trip. */
export async function listApplications(db: Db, side: Side, filter: ListFilter) {
  const limit = filter.limit ?? pageSize
  const sought = `%${filter.q
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await applications(db)
    .select(lineColumns)
    .select(fullNameOf('applicant').as('applicantName'))
    .select(sql<number>`count(*) over ()`.as('total'))
    .where(side.side === 'own' ? sql<boolean>`application.applicant_id = ${side.applicantId}` : decidable(side.scopes))
    .$if(filter.state !== undefined, (query) => query.where('application.state', '=', filter.state ?? 'waiting'))
    .$if(filter.q !== '', (query) =>
      query.where(
        sql<boolean>`(application.number like ${sought} or organisation.search_text like ${sought}
          or replace(lower(${fullNameOf('applicant')}), 'ё', 'е') like ${sought})`,
      ),
    )
    .orderBy(sql`application.state = 'waiting'`, 'desc')
    .orderBy(sql`case when application.state = 'waiting' then application.due_at end`)
    .orderBy('application.created_at', 'desc')
    .orderBy('application.id', 'desc')
    .limit(limit)
    .offset((filter.page - 1) * limit)
    .execute()
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** Whoever asks to be a supervisor is decided on from above, as `decidesOver` says of one application. */
const decidable = (scopes: Scopes) => sql<boolean>`(${withinScopes(scopes, 'organisation')}
  and (application.form->>'role' is distinct from 'supervisor' or ${belowScopes(scopes, 'organisation')}))`

/** The person's own application that waits with the nearest deadline, if any. */
export const findOwnWaiting = (db: Db, applicantId: string) =>
  db
    .selectFrom('applications')
    .select(['id', 'number', 'due_at as dueAt'])
    .where('applicant_id', '=', applicantId)
    .where('state', '=', 'waiting')
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

/** What is known of an applicant beside what it says itself. */
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

export type Circumstances = Awaited<ReturnType<typeof findCircumstances>>

export const isAttached = async (db: Db, accountId: string, organisationId: string): Promise<boolean> =>
  (await findCircumstances(db, { applicantId: accountId, organisationId, role: '' })).attachedAlready
