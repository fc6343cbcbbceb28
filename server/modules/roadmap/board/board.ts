/** Regions by measures of the template: who is where, and what is late with how many. */
import type {
  BoardColumn,
  BoardRegion,
  BoardSort,
  MeasureCounts,
  RoadmapBoard,
  RoadmapBoardQuery,
} from '../../../../contracts/roadmap-board.ts'
import type { MeasureState } from '../../../../contracts/roadmaps.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { listSections } from '../roadmaps/roadmaps.queries.ts'
import { accessBoard, type BoardPlace } from './board.access.ts'
import { findCopy, listStates, listTemplate, type StateOfMeasure, type TemplateMeasure } from './board.queries.ts'

export const viewBoard = async (ctx: Context, roadmapId: string, query: RoadmapBoardQuery): Promise<RoadmapBoard> =>
  boardOf(ctx, await accessBoard(ctx.db, ctx, roadmapId), query)

export async function boardOf(ctx: Context, place: BoardPlace, query: RoadmapBoardQuery): Promise<RoadmapBoard> {
  const { roadmap, codes, today } = place
  const [sections, template, states] = await Promise.all([
    listSections(ctx.db, roadmap.id),
    listTemplate(ctx.db, roadmap.id),
    listStates(ctx.db, { roadmapId: roadmap.id, codes, today }),
  ])
  const isAsked = ({ sectionId }: { sectionId: string }) => query.section === undefined || sectionId === query.section
  const regions = regionsOf(place, template.filter(isAsked), states.filter(isAsked))
    .filter((region) => isShown(region, query))
    .sort(orders[query.sort ?? 'region'])
  return {
    today,
    sections: sections.map(({ id, number, title }) => ({ id, number, title })),
    columns: template.filter(isAsked).map((measure, index) => columnOf(measure, regions, index)),
    regions,
    total: { ...sumOf(regions), lateRegions: regions.filter(({ late }) => late > 0).length },
  }
}

function regionsOf(
  { regions }: BoardPlace,
  template: readonly TemplateMeasure[],
  states: readonly StateOfMeasure[],
): BoardRegion[] {
  const byRegion = Map.groupBy(states, ({ region }) => region)
  return regions.map(({ code, name }) => {
    const found = byRegion.get(code) ?? []
    const byTemplate = new Map(found.map(({ templateId, state }) => [templateId, state]))
    return {
      code,
      name,
      ...countsOf(found.map(({ state }) => state)),
      own: countsOf(found.flatMap(({ templateId, state }) => (templateId === null ? [state] : []))),
      states: template.map(({ id }) => byTemplate.get(id) ?? null),
    }
  })
}

const isShown = ({ name, late }: BoardRegion, { q, show }: RoadmapBoardQuery): boolean =>
  (q === undefined || name.toLowerCase().includes(q.toLowerCase())) &&
  (show === undefined || (show === 'late') === late > 0)

export const isDone = (state: MeasureState | null): boolean => state === 'done' || state === 'done-late'

export function countsOf(states: readonly (MeasureState | null)[]): MeasureCounts {
  const standing = states.filter((state) => state !== null && state !== 'cancelled')
  return {
    all: standing.length,
    done: standing.filter(isDone).length,
    late: standing.filter((state) => state === 'overdue').length,
  }
}

const columnOf = (measure: TemplateMeasure, regions: readonly BoardRegion[], index: number): BoardColumn => ({
  ...measure,
  ...countsOf(regions.map(({ states }) => states[index] ?? null)),
})

const sumOf = (counted: readonly MeasureCounts[]): MeasureCounts => ({
  all: counted.reduce((sum, { all }) => sum + all, 0),
  done: counted.reduce((sum, { done }) => sum + done, 0),
  late: counted.reduce((sum, { late }) => sum + late, 0),
})

export const shareDone = ({ done, all }: MeasureCounts): number => (all === 0 ? 0 : done / all)

const byName = (one: BoardRegion, other: BoardRegion) => one.name.localeCompare(other.name, 'ru')
const byShare = (one: BoardRegion, other: BoardRegion) => shareDone(one) - shareDone(other) || byName(one, other)
const byLate = (one: BoardRegion, other: BoardRegion) => one.late - other.late || byName(one, other)

const orders: Record<BoardSort, (one: BoardRegion, other: BoardRegion) => number> = {
  region: byName,
  '-region': (one, other) => byName(other, one),
  done: byShare,
  '-done': (one, other) => shareDone(other) - shareDone(one) || byName(one, other),
  late: byLate,
  '-late': (one, other) => other.late - one.late || byName(one, other),
}

/**
 * Where a cell of the board leads. Cells are addressed by the region and the end of the template measure's id, because
 * thousands of whole ids would make the page several times as heavy.
 * @throws NotFound 404 when the region is another's or has no such measure
 */
export async function findMeasureOfCell(
  ctx: Context,
  roadmapId: string,
  { region, ending }: { region: string; ending: string },
): Promise<string> {
  const { codes } = await accessBoard(ctx.db, ctx, roadmapId)
  const measure = codes.includes(region) ? await findCopy(ctx.db, { roadmapId, region, ending }) : undefined
  if (!measure) throw new NotFound({ what: 'measure' })
  return measure.id
}
