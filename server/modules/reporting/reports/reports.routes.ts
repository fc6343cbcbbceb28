import { ReportExtensions } from '../../../../contracts/campaigns.ts'
import { Report, ReportList, ReportQuery } from '../../../../contracts/reporting.ts'
import { routes } from '../../../kernel/http/index.ts'
import { viewExtensions } from '../campaigns/extensions.ts'
import { viewReport, viewReports } from './reports.ts'

export const reportRoutes = routes('/reports')
  .get(
    '/',
    { needs: 'report.read', summary: 'Отчёты, которые вам видны', query: ReportQuery, replies: ReportList },
    (ctx, _, query) => viewReports(ctx, query),
  )
  .get('/{id}', { needs: 'report.read', summary: 'Отчёт', replies: Report }, (ctx, { id }) => viewReport(ctx, id))
  .get(
    '/{id}/extensions',
    { needs: 'report.read', summary: 'Как продлевали срок отчёта', replies: ReportExtensions },
    (ctx, { id }) => viewExtensions(ctx, id),
  )
