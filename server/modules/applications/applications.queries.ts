/** Rows of applications: one at a time, and what a transition changes in it. */
import { sql } from 'kysely'
import type { Permission } from '../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'
import { fullNameOf } from '../organisations/index.ts'

export const withPeople = (db: Db) =>
  db
    .selectFrom('applications as application')
    .leftJoin('organisations as organisation', 'organisation.id', 'application.organisation_id')
    .leftJoin('accounts as applicant', 'applicant.id', 'application.applicant_id')
    .leftJoin('accounts as assignee', 'assignee.id', 'application.assignee_id')
    .select([
      'application.id',
      'application.number',
      'application.kind',
      'application.state',
      'application.stage',
      'application.due_at as dueAt',
      'application.decided_at as decidedAt',
      'application.created_at as createdAt',
      'application.applicant_id as applicantId',
      'application.assignee_id as assigneeId',
      'organisation.id as organisationId',
    ])
    .select([
      sql<string>`coalesce(application.visitor_name, ${fullNameOf('applicant')})`.as('applicantName'),
      fullNameOf('assignee').as('assigneeName'),
      sql<string>`coalesce(organisation.short_name, application.subject)`.as('organisationName'),
      sql<string>`coalesce(organisation.region_code, application.region_code)`.as('regionCode'),
    ])

export type Application = NonNullable<Awaited<ReturnType<typeof findApplication>>>

const wholeApplication = (db: Db) =>
  withPeople(db)
    .leftJoin('accounts as decider', 'decider.id', 'application.decided_by')
    .select([
      'applicant.position as applicantPosition',
      sql<string | null>`coalesce(application.visitor_email, applicant.email)`.as('applicantEmail'),
      sql<Date | null>`coalesce(application.confirmed_at, applicant.email_confirmed_at)`.as(
        'applicantEmailConfirmedAt',
      ),
      'application.visitor_email as visitorEmail',
      'application.letter_id as letterId',
      'application.form',
      'application.reason',
      'application.version',
      'application.needs',
      'application.from_above as fromAbove',
      'application.days_left as daysLeft',
      'application.subject_key as subjectKey',
      'decider.id as decidedById',
      fullNameOf('decider').as('decidedByName'),
      'organisation.full_name as organisationFullName',
      'organisation.inn as organisationInn',
      'organisation.ogrn as organisationOgrn',
      'organisation.email as organisationEmail',
      'organisation.level as organisationLevel',
      sql<string[]>`coalesce(organisation.lineage, '{}'::uuid[])`.as('lineage'),
    ])

/** With its people and its organisation: all that a page of it shows. */
export const findApplication = (db: Db, id: string) =>
  wholeApplication(db).where('application.id', '=', id).executeTakeFirst()

/** Of a visitor, by the hash of what its link holds. */
export const findFollowed = (db: Db, key: Buffer) =>
  wholeApplication(db).where('application.visitor_key', '=', key).executeTakeFirst()

/** Whatever else is done with it waits until this transaction ends: of two deciders at once the second sees the first. */
export const lockApplication = (tx: Tx, id: string) =>
  tx.selectFrom('applications').select('id').where('id', '=', id).forUpdate().executeTakeFirst()

type StageColumns = { stage: number; needs: Permission; fromAbove: boolean; dueAt: Date }

export type ApplicationToInsert = StageColumns & {
  kind: string
  applicantId: string | null
  visitor: { name: string; email: string; key: Buffer; confirmed: boolean } | undefined
  origin: { letterId: string | null; enteredBy: string } | undefined
  organisationId: string | null
  regionCode: string
  subject: string
  subjectKey: string
  form: unknown
  year: number
}

/** Undefined when the same is asked for already and waits. */
export const insertApplication = (tx: Tx, application: ApplicationToInsert) => {
  const { visitor, origin } = application
  return tx
    .insertInto('applications')
    .values({
      id: randomUUIDv7(),
      number: sql<string>`(
        select ${String(application.year)}::text || '-' || lpad(serial, greatest(5, length(serial)), '0')
        from (select nextval('application_numbers')::text as serial) numbering)`,
      kind: application.kind,
      applicant_id: application.applicantId,
      visitor_name: visitor?.name ?? null,
      visitor_email: visitor?.email ?? null,
      visitor_key: visitor?.key ?? null,
      confirmed_at: visitor?.confirmed ? sql<Date>`now()` : null,
      letter_id: origin?.letterId ?? null,
      entered_by: origin?.enteredBy ?? null,
      organisation_id: application.organisationId,
      region_code: application.regionCode,
      subject: application.subject,
      subject_key: application.subjectKey,
      form: JSON.stringify(application.form),
      state: visitor && !visitor.confirmed ? ('unconfirmed' as const) : ('waiting' as const),
      stage: application.stage,
      needs: application.needs,
      from_above: application.fromAbove,
      due_at: application.dueAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'number'])
    .executeTakeFirst()
}

export const findOpen = (db: Db, subjectKey: string) =>
  db
    .selectFrom('applications')
    .select(['id', 'number'])
    .where('subject_key', '=', subjectKey)
    .where('state', 'in', ['waiting', 'asked'])
    .executeTakeFirst()

/** The row is locked by `lockApplication`, so each of these only counts the version up. */
const change = (tx: Tx, id: string) =>
  tx
    .updateTable('applications')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)

export type Decision = {
  state: 'granted' | 'refused' | 'withdrawn' | 'closed'
  by: string | null
  reason: string | null
}

export const markDecided = (tx: Tx, id: string, { state, by, reason }: Decision) =>
  change(tx, id).set({ state, decided_at: sql<Date>`now()`, decided_by: by, reason }).execute()

/** To the next decider, with a clock of its own; a question that was still open is needless by now. */
export const markAgreed = (tx: Tx, id: string, { stage, needs, fromAbove, dueAt }: StageColumns) =>
  change(tx, id)
    .set({
      state: 'waiting',
      days_left: null,
      stage,
      needs,
      from_above: fromAbove,
      due_at: dueAt,
      assignee_id: null,
      assigned_at: null,
      reminded_at: null,
      escalated_at: null,
    })
    .execute()

export const markAsked = (tx: Tx, id: string, daysLeft: number) =>
  change(tx, id).set({ state: 'asked', days_left: daysLeft }).execute()

export const markAnswered = (tx: Tx, id: string, dueAt: Date) =>
  change(tx, id).set({ state: 'waiting', days_left: null, due_at: dueAt, reminded_at: null }).execute()

export const markAssigned = (tx: Tx, id: string, accountId: string | null) =>
  change(tx, id)
    .set({ assignee_id: accountId, assigned_at: accountId ? sql<Date>`now()` : null })
    .execute()

export const markConfirmed = (tx: Tx, id: string, dueAt: Date) =>
  change(tx, id).set({ state: 'waiting', confirmed_at: sql<Date>`now()`, due_at: dueAt }).execute()

/** Those that wait for a decision about any of the organisations. */
export const listOpenAbout = (db: Db, organisationIds: readonly string[]) =>
  db
    .selectFrom('applications')
    .select(['id', 'organisation_id as organisationId'])
    .where('organisation_id', '=', sql<string>`any(${organisationIds}::uuid[])`)
    .where('state', 'in', ['waiting', 'asked'])
    .orderBy('id')
    .execute()

/** What nobody has confirmed in time never was. @returns ids of the files that were put with them */
export async function dropUnconfirmed(tx: Tx): Promise<string[]> {
  const dropped = tx
    .selectFrom('applications')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('state', '=', 'unconfirmed').and('created_at', '<', sql<Date>`now() - interval '3 days'`),
        // Taken back before anybody saw it.
        eb('state', '=', 'withdrawn')
          .and('confirmed_at', 'is', null)
          .and('visitor_email', 'is not', null)
          .and('decided_at', '<', sql<Date>`now() - interval '3 days'`),
      ]),
    )
  const files = await tx
    .deleteFrom('application_files')
    .where('application_id', 'in', dropped)
    .returning('file_id as id')
    .execute()
  await tx.deleteFrom('applications').where('id', 'in', dropped).execute()
  return files.map(({ id }) => id)
}

/** The person's own application that waits with the nearest deadline, if any. */
export const findOwnWaiting = (db: Db, applicantId: string) =>
  db
    .selectFrom('applications')
    .select(['id', 'number', 'due_at as dueAt'])
    .where('applicant_id', '=', applicantId)
    .where('state', 'in', ['waiting', 'asked'])
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
