/** All figures of a period, of every region that the person coordinates. */
import { type Figure, type PeriodQuery, wholeCountry } from '../../../../contracts/indicators.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { Forbidden } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessRoadmap, listOwnRegions, placeOfCountry } from '../roadmaps/roadmaps.access.ts'
import { listFigures, listPublishedByOthers } from './figures.queries.ts'
import { chosenPeriod, figuresOf, type TablePlace } from './figures.ts'
import { country } from './indicators.access.ts'
import { type IndicatorRow, listIndicators } from './indicators.queries.ts'

export type RegionFigure = Figure & { region: { code: string; name: string } }
export type PeriodOverview = Omit<TablePlace, 'region'> & { indicators: IndicatorRow[]; figures: RegionFigure[] }

/** @throws NotFound 404, Forbidden 403 for whoever coordinates no region of it */
export async function periodOverview(
  db: Db,
  ctx: Context,
  roadmapId: string,
  query: PeriodQuery,
): Promise<PeriodOverview> {
  const roadmap = await accessRoadmap(db, ctx, roadmapId)
  const regions = await listOwnRegions(db, ctx, roadmapId, 'roadmap.coordinate')
  const whole = ctx.grants.allow('roadmap.coordinate', placeOfCountry)
  if (regions.length === 0 && !whole) throw new Forbidden()
  const indicators = await listIndicators(db, roadmapId)
  const when = chosenPeriod(roadmap, indicators, query)
  const indicatorIds = indicators.map(({ id }) => id)
  const rows = Map.groupBy(await listFigures(db, { indicatorIds, until: when.period }), ({ region }) => region)
  const published = await listPublishedByOthers(db, { indicatorIds, except: null, until: when.period })
  const ofCountry = whole && indicators.some(({ level }) => level === 'country')
  const figures = [...regions, ...(ofCountry ? [country] : [])].flatMap((region) => {
    const own = { indicators, rows: rows.get(region.code) ?? [] }
    const others = published.filter((fact) => fact.region !== region.code && region.code !== wholeCountry)
    return figuresOf(ctx, { roadmap, region, ...when }, { ...own, others }).map((figure) => ({ ...figure, region }))
  })
  return { roadmap, ...when, indicators, figures }
}
