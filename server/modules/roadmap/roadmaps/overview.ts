/** How a roadmap is going for the one who looks, and what to do next. */
import {
  type MeasureState,
  measureStates,
  type RoadmapOverview,
  type RoadmapToDo,
} from '../../../../contracts/roadmaps.ts'
import { dayIn } from '../../../kernel/calendar/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { type Reach, reachOf } from './reach.ts'
import { accessRoadmap, listOwnRegions } from './roadmaps.access.ts'
import type { RoadmapRow } from './roadmaps.queries.ts'
import { summaryOf } from './roadmaps.ts'
import { countStatesWithin, findToDo } from './to-do.queries.ts'

const listed = 10

/** Of the regions and sections that one sees. @throws NotFound 404 */
export async function viewOverview(ctx: Context, id: string): Promise<RoadmapOverview & { row: RoadmapRow }> {
  const roadmap = await accessRoadmap(ctx.db, ctx, id)
  // Whoever looks at all of the country has the regions that are behind, not each of their measures.
  const works = ctx.grants.has('plan.report') || ctx.grants.has('indicator.enter')
  const seen = await reachOf(ctx, { sections: 'roadmap.read', indicators: 'roadmap.read' }, id)
  const today = dayIn(new Date(), roadmap.timeZone)
  const [regions, counts, toDo] = await Promise.all([
    listOwnRegions(ctx.db, ctx, id),
    countStatesWithin(ctx.db, id, today, seen),
    viewToDo(ctx, { roadmapId: id, doing: works ? seen : { ...seen, sections: [] }, first: listed }),
  ])
  const of = Map.groupBy(counts, ({ region }) => region)
  const ofRegions = regions.map((region) => ({ ...region, states: statesOf(of.get(region.code) ?? []) }))
  return {
    row: roadmap,
    roadmap: summaryOf(roadmap),
    states: statesOf(counts),
    regions: ofRegions.toSorted((one, other) => other.states.overdue - one.states.overdue),
    toDo,
  }
}

function statesOf(counts: readonly { state: MeasureState; count: number }[]): Record<MeasureState, number> {
  const states = Object.fromEntries(measureStates.map((state) => [state, 0])) as Record<MeasureState, number> // as: a key for each state
  for (const { state, count } of counts) states[state] += count
  return states
}

type Asked = { roadmapId?: string; doing: Reach | undefined; first: number }

async function viewToDo(ctx: Context, { roadmapId, doing, first }: Asked): Promise<RoadmapToDo> {
  const coordinating = ctx.grants.has('roadmap.coordinate')
    ? await reachOf(ctx, { sections: 'roadmap.coordinate', indicators: 'roadmap.coordinate' }, roadmapId)
    : undefined
  return findToDo(ctx.db, { roadmapId, doing, coordinating, first })
}

const remembered = new WeakMap<Context, Promise<RoadmapToDo>>()

/** What one has to do oneself in all roadmaps; blocks and steps of one page of the cabinet ask for it once. */
export function ownToDo(ctx: Context): Promise<RoadmapToDo> {
  const found = remembered.get(ctx) ?? findOwnToDo(ctx)
  remembered.set(ctx, found)
  return found
}

async function findOwnToDo(ctx: Context): Promise<RoadmapToDo> {
  const doing =
    ctx.grants.has('plan.report') || ctx.grants.has('indicator.enter')
      ? await reachOf(ctx, { sections: 'plan.report', indicators: 'indicator.enter' })
      : undefined
  return viewToDo(ctx, { doing, first: 5 })
}
