import { sql } from 'kysely'
import type { ReportState } from '../../../../contracts/reporting.ts'
import type { Placed, Scopes } from '../../../kernel/access/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'
import { isForOthers } from '../decisions/levels.queries.ts'

/** A report with what it is of: its form, campaign and organisation. */
export type ReportRow = {
  id: string
  version: number
  state: ReportState
  filled: number
  total: number
  errors: number | null
  warnings: number | null
  checkedAt: Date | null
  sentAt: Date | null
  acceptedAt: Date | null
  refusedAt: Date | null
  refusedBy: string | null
  reason: string | null
  /** The step of acceptance where it waits or was refused; null: one step only. */
  levelCode: string | null
  levelName: string | null
  /** Whose step it is; null when that organisation is gone: whoever may decide over the report decides. */
  levelOrganisationId: string | null
  levelOrganisationName: string | null
  levelRegion: string | null
  levelLineage: string[] | null
  formId: string
  formVersionId: string
  formCode: string
  formCipher: string
  formName: string
  campaignId: string
  campaignTitle: string
  year: number
  periodKind: number
  periodNumber: number
  /** The report's own term: its extension, or its campaign's deadline. */
  deadline: Date
  campaignDeadline: Date
  organisationId: string
  organisationName: string
  region: string
  lineage: string[]
}

export const placeOfReport = (report: ReportRow): Placed => ({
  id: report.organisationId,
  region: report.region,
  lineage: report.lineage,
  form: report.formId,
})

/** Where the step of acceptance stands at which the report waits; the report itself where there are no steps. */
export const placeOfLevel = (report: ReportRow): Placed =>
  report.levelOrganisationId && report.levelRegion && report.levelLineage
    ? {
        id: report.levelOrganisationId,
        region: report.levelRegion,
        lineage: report.levelLineage,
        form: report.formId,
      }
    : placeOfReport(report)

/** An extension moves the term of one report; the campaign's deadline moves that of all. */
export const termInForce = sql<Date>`greatest(r.extended_to, c.deadline)`

const selectReports = (db: Db) =>
  db
    .selectFrom('reports as r')
    .innerJoin('campaigns as c', 'c.id', 'r.campaign_id')
    .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
    .innerJoin('forms as f', 'f.id', 'v.form_id')
    .innerJoin('organisations as o', 'o.id', 'r.organisation_id')
    .leftJoin('organisations as lo', 'lo.id', 'r.level_organisation_id')
    .select([
      'r.id',
      'r.version',
      'r.state',
      'r.filled',
      'r.total',
      'r.errors',
      'r.warnings',
      'r.checked_at as checkedAt',
      'r.sent_at as sentAt',
      'r.accepted_at as acceptedAt',
      'r.refused_at as refusedAt',
      'r.refused_by as refusedBy',
      'r.reason',
      'r.level_code as levelCode',
      'r.level_name as levelName',
      'lo.id as levelOrganisationId',
      'lo.short_name as levelOrganisationName',
      'lo.region_code as levelRegion',
      'lo.lineage as levelLineage',
      'f.id as formId',
      'v.id as formVersionId',
      'f.code as formCode',
      'f.cipher as formCipher',
      'f.name as formName',
      'c.id as campaignId',
      'c.title as campaignTitle',
      'c.year',
      'c.period_kind as periodKind',
      'c.period_number as periodNumber',
      termInForce.as('deadline'),
      'c.deadline as campaignDeadline',
      'o.id as organisationId',
      'o.short_name as organisationName',
      'o.region_code as region',
      'o.lineage',
    ])

export const findReport = (db: Db, id: string): Promise<ReportRow | undefined> =>
  selectReports(db).where('r.id', '=', id).executeTakeFirst()

/** As `findReport`; nobody else changes the report until the transaction ends. */
export const lockReport = (tx: Tx, id: string): Promise<ReportRow | undefined> =>
  selectReports(tx).where('r.id', '=', id).forUpdate('r').executeTakeFirst()

/** The same organisation's report of the same form for the period just before. */
export function findPreviousReport(
  db: Db,
  report: ReportRow,
): Promise<{ id: string; formVersionId: string } | undefined> {
  const before =
    report.periodNumber > 1
      ? { year: report.year, number: report.periodNumber - 1 }
      : { year: report.year - 1, number: report.periodKind }
  return db
    .selectFrom('reports as r')
    .innerJoin('campaigns as c', 'c.id', 'r.campaign_id')
    .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
    .select(['r.id', 'v.id as formVersionId'])
    .where('r.organisation_id', '=', report.organisationId)
    .where('v.form_id', '=', report.formId)
    .where('c.year', '=', before.year)
    .where('c.period_kind', '=', report.periodKind)
    .where('c.period_number', '=', before.number)
    .executeTakeFirst()
}

/** An organisation's reports, newest periods first. */
export const listReportsOf = (db: Db, organisationId: string): Promise<ReportRow[]> =>
  selectReports(db)
    .where('r.organisation_id', '=', organisationId)
    .orderBy('f.cipher')
    .orderBy('c.year', 'desc')
    .orderBy('c.period_number', 'desc')
    .limit(500)
    .execute()

/** What is still to be filled in and sent, the nearest deadline first. */
export const listDue = (db: Db, scopes: Scopes, limit: number): Promise<ReportRow[]> =>
  selectReports(db)
    .where(withinScopes(scopes, 'o'))
    .where('r.state', 'in', ['draft', 'refused'])
    .orderBy(termInForce)
    .orderBy('r.id')
    .limit(limit)
    .execute()

/** What waits for the decision of this person, the longest waiting first; `waiting` counts them all. */
export const listWaiting = (
  db: Db,
  scopes: Scopes,
  accountId: string,
  limit: number,
): Promise<(ReportRow & { waiting: number })[]> =>
  selectReports(db)
    .select(sql<number>`count(*) over ()`.as('waiting'))
    .where(withinScopes(scopes, 'o'))
    .where('r.state', '=', 'sent')
    // Of a form with levels, only what has come to one's own.
    .where((where) => where.or([where('lo.id', 'is', null), withinScopes(scopes, 'lo')]))
    .where((where) => where.not(isForOthers(accountId)))
    .orderBy('r.sent_at')
    .orderBy('r.id')
    .limit(limit)
    .execute()

/** After a save nothing is known of its errors until the next check. */
export const noteSaved = (tx: Tx, id: string, version: number, fill: { filled: number; total: number }) =>
  tx
    .updateTable('reports')
    .set({ ...fill, version, errors: null, warnings: null, checked_at: null })
    .where('id', '=', id)
    .execute()

export const noteChecked = (tx: Tx, id: string, { errors, warnings }: { errors: number; warnings: number }) =>
  tx.updateTable('reports').set({ errors, warnings, checked_at: sql<Date>`now()` }).where('id', '=', id).execute()

/** The step of acceptance at which a report waits; none where the form has one step only. */
export type StandingLevel = { code: string; name: string; organisationId: string }

const levelColumns = (level: StandingLevel | null) => ({
  level_code: level?.code ?? null,
  level_name: level?.name ?? null,
  level_organisation_id: level?.organisationId ?? null,
})

export const markSent = (tx: Tx, report: ReportRow, by: string, level: StandingLevel | null) =>
  mark(tx, report, { state: 'sent', ...levelColumns(level), ...markedBy('sent', by) })

/** Accepted at a step that is not the last. */
export const markRisen = (tx: Tx, report: ReportRow, level: StandingLevel) => mark(tx, report, levelColumns(level))

export const markAccepted = (tx: Tx, report: ReportRow, by: string) =>
  mark(tx, report, { state: 'accepted', reason: null, ...levelColumns(null), ...markedBy('accepted', by) })

/** The step stays where it is: it says where the report was refused. */
export const markRefused = (tx: Tx, report: ReportRow, by: string, reason: string) =>
  mark(tx, report, { state: 'refused', reason, ...markedBy('refused', by) })

/** Returned at its organisation's own request: at no step. */
export const markReturned = (tx: Tx, report: ReportRow, by: string, reason: string) =>
  mark(tx, report, { state: 'refused', reason, ...levelColumns(null), ...markedBy('refused', by) })

const markedBy = (verb: 'sent' | 'accepted' | 'refused', by: string) => ({
  [`${verb}_at`]: sql<Date>`now()`,
  [`${verb}_by`]: by,
})

/** The row is locked by `lockReport`, so the version only counts up. */
const mark = (
  tx: Tx,
  report: ReportRow,
  change: { state?: ReportState; reason?: string | null } & Partial<ReturnType<typeof levelColumns>>,
) =>
  tx
    .updateTable('reports')
    .set({ ...change, version: report.version + 1 })
    .where('id', '=', report.id)
    .execute()
