import { HistoryQuery } from '../../../../contracts/history.ts'
import { CellQuery } from '../../../../contracts/reporting.ts'
import { type PageContext, pages } from '../../../kernel/http/index.ts'
import { type TableFormat, tableReply } from '../../../kernel/spreadsheets/index.ts'
import { findTrace } from '../pulls/seen.ts'
import { reportTitle, viewReport } from '../reports/reports.ts'
import { formOfReport } from '../reports/sheets.ts'
import { CellPage, ChangesPage, historyTable, historyWidths } from './history.pages.tsx'
import { allHistory, findExplanation, viewHistory, viewReportHistoryPage } from './history.ts'

export const cellPages = pages('/reports')
  .get('/{id}/changes', { needs: 'report.read', query: HistoryQuery }, async (ctx, { id }, query) => (
    <ChangesPage
      ctx={ctx}
      report={await viewReport(ctx, id)}
      form={await formOfReport(ctx.db, id)}
      history={await viewReportHistoryPage(ctx, id, query)}
      query={query}
    />
  ))
  .get('/{id}/changes.xlsx', { needs: 'report.read', query: HistoryQuery }, (ctx, { id }, query) =>
    historyFile(ctx, id, query, 'xlsx'),
  )
  .get('/{id}/changes.csv', { needs: 'report.read', query: HistoryQuery }, (ctx, { id }, query) =>
    historyFile(ctx, id, query, 'csv'),
  )
  .get('/{id}/history', { needs: 'report.read', query: CellQuery }, async (ctx, { id }, { cell }) => (
    <CellPage
      ctx={ctx}
      report={await viewReport(ctx, id)}
      form={await formOfReport(ctx.db, id)}
      history={await viewHistory(ctx, id, cell)}
      explanation={await findExplanation(ctx, id, cell)}
      trace={await findTrace(ctx, id, cell)}
    />
  ))

async function historyFile(ctx: PageContext, id: string, query: HistoryQuery, format: TableFormat): Promise<Response> {
  const report = await viewReport(ctx, id)
  return tableReply({
    format,
    name: `История, ${reportTitle(report)}, ${report.organisation.shortName}`,
    sheet: 'История',
    widths: historyWidths,
    rows: historyTable(allHistory(ctx, id, query), await formOfReport(ctx.db, id), ctx.timeZone),
  })
}
