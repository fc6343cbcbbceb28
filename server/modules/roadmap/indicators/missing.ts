import type { Periodicity } from '../../../../contracts/indicators.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { listRoadmapRegions } from '../roadmaps/roadmaps.queries.ts'
import { listFigures } from './figures.queries.ts'
import { listIndicators } from './indicators.queries.ts'
import { periodicitiesOf } from './periods.ts'

/** `part` is what a helper's grant may be limited to: `indicator:<id>`. */
export type MissingFigure = { region: string; part: string; indicatorId: string; title: string }

/**
 * Figures of a period that regions have still to enter, region by region: nothing stands there, or it was returned.
 * Computed ones follow by themselves, and those of the whole country are the coordinator's.
 * @param period its first day
 * @param periodicity when only indicators of one rhythm are asked about; 1 July begins a month, a quarter and a half
 */
export async function figuresMissing(
  db: Db,
  roadmapId: string,
  period: string,
  periodicity?: Periodicity,
): Promise<MissingFigure[]> {
  const rhythms = periodicity ? [periodicity] : periodicitiesOf(period)
  const indicators = (await listIndicators(db, roadmapId)).filter(
    (indicator) =>
      indicator.archivedAt === null &&
      indicator.level === 'region' &&
      indicator.source !== 'computed' &&
      rhythms.includes(indicator.periodicity),
  )
  const rows = await listFigures(db, { indicatorIds: indicators.map(({ id }) => id), from: period, until: period })
  const there = new Set(
    rows.filter((row) => row.fact !== null && !row.returnedAt).map((row) => `${row.region} ${row.indicatorId}`),
  )
  const regions = await listRoadmapRegions(db, roadmapId)
  return regions.flatMap(({ code }) =>
    indicators
      .filter(({ id }) => !there.has(`${code} ${id}`))
      .map(({ id, title }) => ({ region: code, part: `indicator:${id}`, indicatorId: id, title })),
  )
}
