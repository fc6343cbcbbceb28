import { Card, type Column, LineChart, Pair, Section, Stack, Table } from '../../../../web/kit/index.ts'
import { type MapFigure, mapFiguresOf, shown } from './map-figures.ts'
import type { IndicatorSnapshot, RegionSnapshot, RoadmapSnapshot } from './snapshot.ts'
import { periodShort, periodTold, titleWithUnit } from './words.ts'

/** How each indicator of the region went from period to period: a chart, and its table. */
export function RegionTrends({ snapshot, region }: { snapshot: RoadmapSnapshot; region: RegionSnapshot }) {
  const trends = mapFiguresOf(snapshot).flatMap(({ indicator, ...figure }) =>
    indicator ? [{ figure, indicator }] : [],
  )
  if (trends.length === 0) return null
  return (
    <Section id="trends" title="Как менялись показатели">
      <Pair>
        {trends.map(({ figure, indicator }) => (
          <Trend key={figure.key} figure={figure} indicator={indicator} region={region} />
        ))}
      </Pair>
    </Section>
  )
}

type TrendProps = { figure: Omit<MapFigure, 'indicator'>; indicator: IndicatorSnapshot; region: RegionSnapshot }
type Line = { period: string; plan: string | null; fact: string | null }

function Trend({ figure, indicator, region }: TrendProps) {
  const lines = indicator.periods.map((period): Line => {
    const told = indicator.figures.get(period)?.get(region.code)
    return { period, plan: told?.plan ?? null, fact: figure.of(region, period) }
  })
  const nameOf = (period: string) => periodTold(indicator.periodicity, period)
  const planned = lines.some(({ plan }) => plan !== null)
  const columns: Column<Line>[] = [
    { key: 'period', title: 'Период', cell: ({ period }) => nameOf(period) },
    ...(planned ? [{ key: 'plan', title: 'План', numeric: true, cell: ({ plan }: Line) => shown(plan, figure) }] : []),
    { key: 'fact', title: 'Факт', numeric: true, cell: ({ fact }) => shown(fact, figure) },
  ]
  const title = titleWithUnit({ ...figure, indicator })
  return (
    <Card title={title} level={3} flush>
      <Stack space="small">
        <LineChart
          label={`${title}: ${region.name}`}
          points={lines.map(({ period }) => periodShort(indicator.periodicity, period))}
          lines={[
            { name: 'Факт', values: lines.map(({ fact }) => fact) },
            ...(planned ? [{ name: 'План', values: lines.map(({ plan }) => plan) }] : []),
          ]}
        />
        <Table
          label={`${title} по периодам`}
          rows={lines}
          rowKey={({ period }) => period}
          columns={columns}
          narrow={3}
        />
      </Stack>
    </Card>
  )
}
