/** Reports as they are read: one, a list within one's scopes. */
import type { Report, ReportList, ReportQuery } from '../../../../contracts/reporting.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessReport } from '../reporting.access.ts'
import { type ListedRow, listReportRows, type ReportChoices } from './list.queries.ts'
import type { ReportRow } from './reports.queries.ts'

export const viewReport = async (ctx: Context, id: string): Promise<Report> =>
  shownReport(await accessReport(ctx.db, ctx, id, 'report.read'))

export async function viewReports(ctx: Context, query: ReportQuery): Promise<ReportList & { choices: ReportChoices }> {
  const { rows, total, choices } = await listReportRows(ctx.db, ctx.grants.scopes('report.read'), query)
  return { total, page: query.page, reports: rows.map(shownReport), choices }
}

export const shownReport = (row: ReportRow | ListedRow): Report => ({
  id: row.id,
  version: row.version,
  state: row.state,
  form: { code: row.formCode, cipher: row.formCipher, name: row.formName },
  campaign: {
    id: row.campaignId,
    title: row.campaignTitle,
    year: row.year,
    deadline: new Date(row.deadline).toISOString(),
  },
  organisation: { id: row.organisationId, shortName: row.organisationName },
  filled: row.filled,
  total: row.total,
  errors: row.errors,
  warnings: row.warnings,
  checkedAt: momentOf(row.checkedAt),
  sentAt: momentOf(row.sentAt),
  acceptedAt: row.state === 'accepted' ? momentOf(row.acceptedAt) : null,
  refusedAt: row.state === 'refused' ? momentOf(row.refusedAt) : null,
  reason: row.state === 'refused' ? row.reason : null,
  level: row.levelCode && row.levelName ? { code: row.levelCode, name: row.levelName } : null,
})

const momentOf = (moment: Date | string | null): string | null => moment && new Date(moment).toISOString()

/** «85-К за 2026 год» */
export const reportTitle = (report: Pick<Report, 'form' | 'campaign'>): string =>
  `${report.form.cipher} за ${report.campaign.title}`
