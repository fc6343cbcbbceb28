import type { IndicatorSeries, SeriesQuery } from '../../../../contracts/indicators.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { listFigures } from './figures.queries.ts'
import { figuresOf } from './figures.ts'
import { accessFigure } from './history.ts'
import { dayIn, periodName, periodsBetween } from './periods.ts'

/** Plan and fact of one indicator of a region by periods, the oldest first; periods without either are left out. */
export async function viewSeries(ctx: Context, roadmapId: string, query: SeriesQuery): Promise<IndicatorSeries> {
  const { roadmap, region, indicator, indicators } = await accessFigure(ctx, roadmapId, query)
  const { periodicity } = indicator
  const periods = periodsBetween(periodicity, roadmap.startsOn, dayIn(roadmap.timeZone)).toReversed()
  const indicatorIds = indicators.map(({ id }) => id)
  const rows = await listFigures(ctx.db, { indicatorIds, region: region.code, until: periods.at(-1) ?? '' })
  const points = periods.flatMap((period) => {
    const known = { indicators, rows: rows.filter((row) => row.period <= period), others: [] }
    const figure = figuresOf(ctx, { roadmap, region, periodicity, period }, known).find(
      (candidate) => candidate.indicator.id === indicator.id,
    )
    if (!figure || (figure.fact === null && figure.plan === null)) return []
    const { plan, fact, completion, state, publishedFact: published } = figure
    return [{ period, periodName: periodName(periodicity, period), plan, fact, completion, published, state }]
  })
  const { id, title, unit, definition } = indicator
  return { indicator: { id, title, unit, definition }, region, points }
}
