import { ComparisonQuery } from '../../../../contracts/history.ts'
import { type PageContext, pages } from '../../../kernel/http/index.ts'
import { type TableFormat, tableReply } from '../../../kernel/spreadsheets/index.ts'
import { reportTitle, viewReport } from '../reports/reports.ts'
import { ComparisonPage, comparisonTable, comparisonWidths } from './comparison.page.tsx'
import { compareReport } from './comparison.ts'

export const comparisonPages = pages('/reports')
  .get('/{id}/comparison', { needs: 'report.read', query: ComparisonQuery }, async (ctx, { id }, query) => (
    <ComparisonPage
      ctx={ctx}
      report={await viewReport(ctx, id)}
      view={await compareReport(ctx, id, query)}
      query={query}
    />
  ))
  .get('/{id}/comparison.xlsx', { needs: 'report.read', query: ComparisonQuery }, (ctx, { id }, query) =>
    comparisonFile(ctx, id, query, 'xlsx'),
  )
  .get('/{id}/comparison.csv', { needs: 'report.read', query: ComparisonQuery }, (ctx, { id }, query) =>
    comparisonFile(ctx, id, query, 'csv'),
  )

async function comparisonFile(
  ctx: PageContext,
  id: string,
  query: ComparisonQuery,
  format: TableFormat,
): Promise<Response> {
  const report = await viewReport(ctx, id)
  return tableReply({
    format,
    name: `Сравнение, ${reportTitle(report)}, ${report.organisation.shortName}`,
    sheet: 'Сравнение',
    widths: comparisonWidths,
    rows: comparisonTable(await compareReport(ctx, id, query)),
  })
}
