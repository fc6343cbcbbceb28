/** The two cards of a measure's page that tell what was done and what was remarked. */
import type { FormFailure, PageContext } from '../../../../kernel/http/index.ts'
import { placeOfMeasure } from '../measures.access.ts'
import type { MeasureRow } from '../measures.queries.ts'
import { ProgressCard } from './progress.card.tsx'
import { RemarksCard } from './remarks.card.tsx'
import { viewRemarks } from './remarks.ts'
import { viewReports } from './reports.ts'

/** Nothing for the template: nobody does it. */
export async function progressCards(ctx: PageContext, measure: MeasureRow, failure?: FormFailure) {
  if (measure.region === null) return {}
  const may = {
    report: ctx.grants.allow('plan.report', placeOfMeasure(measure)),
    coordinate: ctx.grants.allow('roadmap.coordinate', placeOfMeasure(measure)),
  }
  const [{ reports }, { remarks }] = await Promise.all([viewReports(ctx, measure.id), viewRemarks(ctx, measure.id)])
  const shared = { ctx, measure, may, failure }
  return {
    progress: <ProgressCard {...shared} reports={reports} />,
    remarks: <RemarksCard {...shared} remarks={remarks} />,
  }
}
