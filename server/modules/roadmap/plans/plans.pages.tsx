import { ChangesQuery, PlanQuery } from '../../../../contracts/measures.ts'
import { type FormFailure, type PageContext, pages } from '../../../kernel/http/index.ts'
import { listOwnRegions, placeOfCountry } from '../roadmaps/roadmaps.access.ts'
import { findRoadmap, type RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { countChanges, findMeasured, listChanges } from './details.queries.ts'
import { HistoryPage } from './history.page.tsx'
import { MeasurePage, shownChanges } from './measure.page.tsx'
import { accessMeasure, placeOfMeasure } from './measures.access.ts'
import type { MeasureRow } from './measures.queries.ts'
import { changesOnPage, detailsOf } from './measures.ts'
import { PlanPage } from './plan.page.tsx'
import { accessPlan, editingOf, placeOfPlan, readPlan, todayOf } from './plan.ts'
import { progressCards } from './progress/cards.tsx'

export const planPages = pages('/roadmaps').get(
  '/{id}/plan',
  { needs: 'roadmap.read', query: PlanQuery },
  async (ctx, { id }, query) => {
    const plan = await accessPlan(ctx.db, ctx, id, query.region)
    const region = plan.region?.code ?? null
    return (
      <PlanPage
        ctx={ctx}
        plan={plan}
        query={query}
        list={await readPlan(ctx, plan, query)}
        today={todayOf(plan.roadmap)}
        choice={{
          regions: await listOwnRegions(ctx.db, ctx, id),
          template: ctx.grants.allow('roadmap.read', placeOfCountry),
        }}
        may={{ edit: ctx.grants.allow(editingOf(region), placeOfPlan(region)) }}
      />
    )
  },
)

export const measurePages = pages('/measures')
  .get('/{id}', { needs: 'roadmap.read' }, (ctx, { id }) => measurePage(ctx, id))
  .get('/{id}/history', { needs: 'roadmap.read', query: ChangesQuery }, async (ctx, { id }, { page }) => {
    const measure = await accessMeasure(ctx.db, ctx, id, 'roadmap.read')
    const roadmap = await roadmapOf(ctx, measure)
    const [changes, total] = await Promise.all([
      listChanges(ctx.db, id, changesOnPage, (page - 1) * changesOnPage),
      countChanges(ctx.db, id),
    ])
    return <HistoryPage ctx={ctx} roadmap={roadmap} measure={measure} changes={changes} total={total} page={page} />
  })

async function roadmapOf(ctx: PageContext, { roadmapId }: MeasureRow): Promise<RoadmapRow> {
  const roadmap = await findRoadmap(ctx.db, roadmapId)
  if (!roadmap) throw new Error(`No roadmap ${roadmapId}`)
  return roadmap
}

/** The cards of progress and remarks go into the two places of `MeasurePage` that bear their names. */
export async function measurePage(ctx: PageContext, id: string, failure?: FormFailure) {
  const row = await accessMeasure(ctx.db, ctx, id, 'roadmap.read')
  const [measure, roadmap, indicator, changes, cards] = await Promise.all([
    detailsOf(ctx.db, row),
    roadmapOf(ctx, row),
    row.indicatorId ? findMeasured(ctx.db, row) : undefined,
    listChanges(ctx.db, id, shownChanges + 1),
    progressCards(ctx, row, failure),
  ])
  return (
    <MeasurePage
      ctx={ctx}
      roadmap={roadmap}
      measure={measure}
      indicator={indicator}
      changes={changes}
      today={todayOf(roadmap)}
      may={{ edit: ctx.grants.allow(editingOf(row.region), placeOfMeasure(row)) }}
      {...cards}
    />
  )
}
