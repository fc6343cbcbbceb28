import type { FigureHistory, FigureHistoryQuery } from '../../../../contracts/indicators.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { listChangesOf } from './figures.queries.ts'
import { accessFigures, type FigurePlace, seesFigure } from './indicators.access.ts'
import { type IndicatorRow, listIndicators } from './indicators.queries.ts'
import { periodName } from './periods.ts'

/** One indicator of a region on a person's behalf. @throws NotFound 404 */
export async function accessFigure(
  ctx: Context,
  roadmapId: string,
  { region, indicator: id }: { region: string; indicator: string },
): Promise<FigurePlace & { indicator: IndicatorRow; indicators: IndicatorRow[] }> {
  const place = await accessFigures(ctx.db, ctx, { roadmapId, region, to: 'read' })
  const indicators = await listIndicators(ctx.db, roadmapId)
  const indicator = indicators.find((candidate) => candidate.id === id)
  if (!indicator || !seesFigure(ctx, region, id)) throw new NotFound({ what: 'indicator' })
  return { ...place, indicator, indicators }
}

/** Every change of a figure, the latest first, with its author and reason. */
export async function viewFigureHistory(
  ctx: Context,
  roadmapId: string,
  query: FigureHistoryQuery,
): Promise<FigureHistory> {
  const { indicator, region } = await accessFigure(ctx, roadmapId, query)
  const asked = { indicatorId: indicator.id, region: region.code, period: query.period }
  const changes = await listChangesOf(ctx.db, asked)
  return {
    indicator: { id: indicator.id, title: indicator.title, unit: indicator.unit },
    region,
    changes: changes.map(({ period, at, by, field, old, new: now, reason }) => ({
      period,
      periodName: periodName(indicator.periodicity, period),
      at: at.toISOString(),
      by,
      field,
      old,
      new: now,
      reason,
    })),
  }
}
