import { Refusal } from '../../../../contracts/reporting.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { reportAddress } from '../reports/report.bar.tsx'
import { viewDecision, viewReport } from '../reports/reports.ts'
import { AcceptancePage, NothingToDecidePage, RefusalPage } from './decision.pages.tsx'
import { acceptReport, refuseReport } from './decisions.ts'

export const decisionPages = pages('/reports')
  .get('/{id}/acceptance', { needs: 'report.decide' }, (ctx, { id }) => decisionPage(ctx, id, AcceptancePage))
  .post(
    '/{id}/acceptance',
    {
      needs: 'report.decide',
      again: (ctx, { id }, failure) => decisionPage(ctx, id, AcceptancePage, failure),
    },
    async (ctx, { id }) => {
      await acceptReport(ctx, id)
      return seeOther(reportAddress(id), 'report.accepted')
    },
  )
  .get('/{id}/refusal', { needs: 'report.decide' }, (ctx, { id }) => decisionPage(ctx, id, RefusalPage))
  .post(
    '/{id}/refusal',
    {
      needs: 'report.decide',
      form: Refusal,
      again: (ctx, { id }, failure) => decisionPage(ctx, id, RefusalPage, failure),
    },
    async (ctx, { id }, refusal) => {
      await refuseReport(ctx, id, refusal)
      return seeOther(reportAddress(id), 'report.refused')
    },
  )

/** The form of a decision while one is awaited; afterwards, or before the report was sent, how things stand. */
async function decisionPage(ctx: PageContext, id: string, Asking: typeof RefusalPage, failure?: FormFailure) {
  const report = await viewReport(ctx, id)
  if (report.state === 'sent') return <Asking ctx={ctx} report={report} failure={failure} />
  return <NothingToDecidePage ctx={ctx} report={report} decision={await viewDecision(ctx, id)} failure={failure} />
}
