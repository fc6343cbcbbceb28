import type { Db } from '../../../kernel/db/index.ts'
import { termInForce } from '../reports/reports.queries.ts'

export const listSubmissions = (db: Db, reportId: string) =>
  db
    .selectFrom('submissions')
    .select(['number', 'sent_at as sentAt', 'outcome'])
    .where('report_id', '=', reportId)
    .orderBy('number', 'desc')
    .execute()

export const findSubmittedCells = async (
  db: Db,
  reportId: string,
  number: number,
): Promise<Record<string, string> | undefined> =>
  (
    await db
      .selectFrom('submissions')
      .select('cells')
      .where('report_id', '=', reportId)
      .where('number', '=', number)
      .executeTakeFirst()
  )?.cells

/** The organisation's other reports of the same form, the newest first. */
export const listOtherPeriods = (db: Db, report: { id: string; organisationId: string; formId: string }) =>
  db
    .selectFrom('reports as r')
    .innerJoin('campaigns as c', 'c.id', 'r.campaign_id')
    .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
    .select(['r.id', 'c.title', termInForce.as('term')])
    .where('r.organisation_id', '=', report.organisationId)
    .where('v.form_id', '=', report.formId)
    .where('r.id', '<>', report.id)
    .orderBy('c.year', 'desc')
    .orderBy('c.period_number', 'desc')
    .limit(60)
    .execute()
