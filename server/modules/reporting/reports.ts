/** Reports as they are read: one, a list within one's scopes, a cell's history, why a number is what it is. */
import type {
  CellExplanation,
  CellHistory,
  Report,
  ReportList,
  ReportQuery,
  Submission,
} from '../../../contracts/reporting.ts'
import { normalAddress } from '../../../engine/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { listChangesOf, readCells } from './cells.queries.ts'
import { authorOf } from './cells.ts'
import { accessReport } from './reporting.access.ts'
import { listReportRows, type ReportRow } from './reports.queries.ts'
import { isTitleKey, openReport } from './sheets.ts'
import { listSubmissionRows } from './submissions.queries.ts'

export const viewReport = async (ctx: Context, id: string): Promise<Report> =>
  shownReport(await accessReport(ctx.db, ctx, id, 'report.read'))

export async function viewReports(ctx: Context, query: ReportQuery): Promise<ReportList> {
  const { rows, total } = await listReportRows(ctx.db, ctx.grants.scopes('report.read'), query)
  return { total, page: query.page, reports: rows.map(shownReport) }
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

/** Who changed a cell, when, from what to what: newest first, at most 200. */
export async function viewHistory(ctx: Context, id: string, asked: string): Promise<CellHistory> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const cell = isTitleKey(asked) ? asked.toLowerCase() : (normalAddress(asked) ?? asked)
  const changes = await listChangesOf(ctx.db, report.id, [cell], 200)
  return {
    cell,
    value: (await readCells(ctx.db, report.id))[cell] ?? null,
    changes: changes.map((change) => {
      const index = change.cells.indexOf(cell)
      return {
        at: change.at.toISOString(),
        by: authorOf(change),
        source: change.source,
        from: change.oldValues[index] ?? null,
        to: change.newValues[index] ?? null,
      }
    }),
  }
}

/** @throws NotFound 404 when the cell is not worked out by the form */
export async function explainCell(ctx: Context, id: string, cell: string): Promise<CellExplanation> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const { sheet } = await openReport(ctx.db, report)
  const explanation = sheet.explain(normalAddress(cell) ?? cell)
  if (!explanation) throw new NotFound({ what: 'cell' })
  return explanation
}

export async function viewSubmissions(ctx: Context, id: string): Promise<Submission[]> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  const rows = await listSubmissionRows(ctx.db, id)
  return rows.map((row) => ({
    ...row,
    sentAt: row.sentAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }))
}
