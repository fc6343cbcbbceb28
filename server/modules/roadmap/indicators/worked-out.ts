/** Published figures of computed indicators: worked out from the published ones of each region, and kept. */
import { type IndicatorLevel, wholeCountry } from '../../../../contracts/indicators.ts'
import type { Tx } from '../../../kernel/db/index.ts'
import { type FigureRow, listFigures } from './figures.queries.ts'
import { type IndicatorRow, listIndicators } from './indicators.queries.ts'
import { type StoredFigure, writeWorkedOut } from './publication.queries.ts'
import { figureReader } from './worked.ts'

/** @param periods first days; the same function serves the publication and the planting of a past */
export async function publishWorkedOut(tx: Tx, roadmapId: string, periods: readonly string[]): Promise<void> {
  const indicators = await listIndicators(tx, roadmapId)
  const until = periods.toSorted().at(-1) ?? ''
  if (until === '' || !indicators.some(({ source }) => source === 'computed')) return
  const rows = await listFigures(tx, { indicatorIds: indicators.map(({ id }) => id), until })
  const stored = [...Map.groupBy(rows, ({ region }) => region)].flatMap(([region, own]) =>
    workedOutIn(indicators, { region, rows: own, periods }),
  )
  await writeWorkedOut(tx, stored)
}

type Own = { region: string; rows: readonly FigureRow[]; periods: readonly string[] }

function workedOutIn(indicators: readonly IndicatorRow[], { region, rows, periods }: Own): StoredFigure[] {
  const read = figureReader(indicators, rows)
  const known = new Set(rows.map(({ indicatorId, period }) => `${indicatorId} ${period}`))
  const level: IndicatorLevel = region === wholeCountry ? 'country' : 'region'
  const computed = indicators.filter((indicator) => indicator.source === 'computed' && indicator.level === level)
  return periods.flatMap((period) => {
    const publishedAt = latestOf(rows.filter((row) => row.period === period))
    if (!publishedAt) return []
    return computed.flatMap((indicator): StoredFigure[] => {
      const fact = read(indicator, period, 'publishedFact').value
      if (fact === null && !known.has(`${indicator.id} ${period}`)) return []
      const plan = fact === null ? null : read(indicator, period, 'publishedPlan').value
      return [{ indicatorId: indicator.id, region, period, plan, fact, publishedAt }]
    })
  })
}

const latestOf = (rows: readonly FigureRow[]): Date | null =>
  rows.reduce<Date | null>(
    (latest, { publishedAt }) => (publishedAt && (!latest || publishedAt > latest) ? publishedAt : latest),
    null,
  )
