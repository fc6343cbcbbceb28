/** Reports as they are read: one, a list within one's scopes, what was sent of it. */
import type { Report, ReportList, ReportQuery, Submission } from '../../../contracts/reporting.ts'
import type { Context } from '../../kernel/http/index.ts'
import { accessReport } from './reporting.access.ts'
import { listReportRows, type ReportChoices, type ReportRow } from './reports.queries.ts'
import { listSubmissionRows } from './submissions.queries.ts'

export const viewReport = async (ctx: Context, id: string): Promise<Report> =>
  shownReport(await accessReport(ctx.db, ctx, id, 'report.read'))

export async function viewReports(ctx: Context, query: ReportQuery): Promise<ReportList & { choices: ReportChoices }> {
  const { rows, total, choices } = await listReportRows(ctx.db, ctx.grants.scopes('report.read'), query)
  return { total, page: query.page, reports: rows.map(shownReport), choices }
}

export const shownReport = (row: ReportRow): Report => ({
  id: row.id,
  version: row.version,
  state: row.state,
  form: { code: row.formCode, cipher: row.formCipher, name: row.formName },
  campaign: { id: row.campaignId, title: row.campaignTitle, year: row.year, deadline: row.deadline.toISOString() },
  organisation: { id: row.organisationId, shortName: row.organisationName },
  filled: row.filled,
  total: row.total,
  errors: row.errors,
  warnings: row.warnings,
  checkedAt: row.checkedAt?.toISOString() ?? null,
  sentAt: row.sentAt?.toISOString() ?? null,
  acceptedAt: row.state === 'accepted' ? (row.acceptedAt?.toISOString() ?? null) : null,
  refusedAt: row.state === 'refused' ? (row.refusedAt?.toISOString() ?? null) : null,
  reason: row.state === 'refused' ? row.reason : null,
})

/** «85-К за 2026 год» */
export const reportTitle = (report: Pick<Report, 'form' | 'campaign'>): string =>
  `${report.form.cipher} за ${report.campaign.title}`

export async function viewSubmissions(ctx: Context, id: string): Promise<Submission[]> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  const rows = await listSubmissionRows(ctx.db, id)
  return rows.map((row) => ({
    ...row,
    sentAt: row.sentAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }))
}
