import { Refusal, Report, Submissions } from '../../../../contracts/reporting.ts'
import { routes } from '../../../kernel/http/index.ts'
import { viewSubmissions } from '../reports/reports.ts'
import { acceptReport, refuseReport, sendReport } from './decisions.ts'

export const decisionRoutes = routes('/reports')
  .put('/{id}/sending', { needs: 'report.send', summary: 'Отправить отчёт', replies: Report }, (ctx, { id }) =>
    sendReport(ctx, id),
  )
  .put('/{id}/acceptance', { needs: 'report.decide', summary: 'Принять отчёт', replies: Report }, (ctx, { id }) =>
    acceptReport(ctx, id),
  )
  .put(
    '/{id}/refusal',
    { needs: 'report.decide', summary: 'Отклонить отчёт с причиной', body: Refusal, replies: Report },
    (ctx, { id }, refusal) => refuseReport(ctx, id, refusal),
  )
  .get(
    '/{id}/submissions',
    { needs: 'report.read', summary: 'Отправленные представления', replies: Submissions },
    async (ctx, { id }) => ({
      submissions: await viewSubmissions(ctx, id),
    }),
  )
