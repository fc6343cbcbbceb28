/** Some regions side by side. */
import type { ComparedMeasure, ComparedRegion, Comparison } from '../../../../contracts/roadmap-board.ts'
import type { MeasureState } from '../../../../contracts/roadmaps.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessBoard, type BoardPlace } from './board.access.ts'
import { listStates, listTemplate, type StateOfMeasure } from './board.queries.ts'
import { countsOf, isDone } from './board.ts'
import { listPublished } from './comparison.queries.ts'
import { listMonths, type MonthOfRegion } from './course.queries.ts'
import { latePlaceOf } from './late.ts'
import { growing, monthOf, monthsBetween } from './months.ts'

export const viewComparison = async (ctx: Context, roadmapId: string, codes: readonly string[]): Promise<Comparison> =>
  comparisonOf(ctx.db, await accessBoard(ctx.db, ctx, roadmapId), codes)

/** @throws NotFound 404 when one of the regions is another's */
export async function comparisonOf(db: Db, place: BoardPlace, codes: readonly string[]): Promise<Comparison> {
  const regions = codes.map((code) => {
    const region = place.regions.find((own) => own.code === code)
    if (!region) throw new NotFound({ what: 'region' })
    return region
  })
  if (regions.length === 0) return { months: [], regions: [], differing: [], indicators: [] }
  const at = { ...latePlaceOf(place), codes }
  const [template, states, rows, published] = await Promise.all([
    listTemplate(db, at.roadmapId),
    listStates(db, at),
    listMonths(db, at),
    listPublished(db, at),
  ])
  const months = passedMonths(rows, place.today)
  return {
    months,
    regions: regions.map((region) =>
      comparedRegion(
        region,
        months,
        states.filter((state) => state.region === region.code),
        rows.filter((row) => row.region === region.code),
      ),
    ),
    differing: template
      .map(({ id, number, title }) => ({ id, number, title, states: codes.map((code) => stateIn(states, code, id)) }))
      .filter(isDiffering),
    indicators: published.map(({ facts, ...indicator }) => ({
      ...indicator,
      values: codes.map((code) => facts[code] ?? null),
    })),
  }
}

/** From the first in which anything was due or done to the current one. */
function passedMonths(rows: readonly MonthOfRegion[], today: string): string[] {
  const [first] = rows.map(({ month }) => month).sort()
  return first === undefined ? [] : monthsBetween(first, monthOf(today))
}

function comparedRegion(
  region: { code: string; name: string },
  months: readonly string[],
  states: readonly StateOfMeasure[],
  rows: readonly MonthOfRegion[],
): ComparedRegion {
  const counts = countsOf(states.map(({ state }) => state))
  const byState: Partial<Record<MeasureState, number>> = {}
  for (const { state } of states) byState[state] = (byState[state] ?? 0) + 1
  return {
    ...region,
    ...counts,
    states: byState,
    shares: growing(months, rows, ({ done }) => done).map((done) => (counts.all === 0 ? 0 : done / counts.all)),
  }
}

const stateIn = (states: readonly StateOfMeasure[], code: string, template: string): MeasureState | null =>
  states.find(({ region, templateId }) => region === code && templateId === template)?.state ?? null

const isDiffering = ({ states }: ComparedMeasure): boolean =>
  states.some(isDone) && states.some((state) => state !== null && state !== 'cancelled' && !isDone(state))
