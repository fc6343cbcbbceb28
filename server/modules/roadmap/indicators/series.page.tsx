/** One indicator of a region by periods: plan beside fact. */

import type { IndicatorSeries } from '../../../../contracts/indicators.ts'
import {
  Badge,
  Card,
  type Column,
  EmptyState,
  formatNumber,
  LineChart,
  Num,
  Page,
  Stack,
  Table,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { figureStateNames, figureTones } from './figure-states.ts'

type Point = IndicatorSeries['points'][number]

export function SeriesPage({
  ctx,
  roadmap,
  series,
}: {
  ctx: PageContext
  roadmap: RoadmapRow
  series: IndicatorSeries
}) {
  const { indicator, region, points } = series
  const at = `/roadmaps/${roadmap.id}/indicators`
  return (
    <Page
      title={indicator.title}
      lead={`${region.name}, ${indicator.unit}. ${indicator.definition}`}
      frame={ctx.frame}
      crumbs={roadmapCrumbs(
        roadmap,
        { text: 'Показатели', href: `${at}?${new URLSearchParams({ region: region.code })}` },
        { text: 'По периодам' },
      )}
      help={{ href: '/guide/dorozhnaya-karta#t-показатели', text: 'показатель по периодам' }}
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="indicators" region={region.code} />
        {points.length > 1 ? (
          <Card title="План и факт">
            <LineChart
              label={`${indicator.title}: план и факт по периодам`}
              points={points.map(({ periodName }) => periodName)}
              lines={[
                { name: 'Факт', values: points.map(({ fact }) => fact) },
                { name: 'План', values: points.map(({ plan }) => plan) },
              ]}
            />
          </Card>
        ) : null}
        <Card
          title="По периодам"
          aside={
            <a href={`${at}/history?${new URLSearchParams({ indicator: indicator.id, region: region.code })}`}>
              История изменений
            </a>
          }
          flush
        >
          <Table
            label="Показатель по периодам"
            rows={points.toReversed()}
            rowKey={({ period }) => period}
            columns={columnsOf(at, region.code)}
            empty={
              <EmptyState title="Чисел пока нет" icon="table">
                Они появятся здесь, когда показатель внесут хотя бы за один период.
              </EmptyState>
            }
          />
        </Card>
      </Stack>
    </Page>
  )
}

const columnsOf = (at: string, region: string): Column<Point>[] => [
  {
    key: 'period',
    title: 'Период',
    cell: ({ period, periodName }) => <a href={`${at}?${new URLSearchParams({ region, period })}`}>{periodName}</a>,
  },
  { key: 'plan', title: 'План', numeric: true, cell: ({ plan }) => <Value value={plan} /> },
  { key: 'fact', title: 'Факт', numeric: true, cell: ({ fact }) => <Value value={fact} /> },
  {
    key: 'completion',
    title: '% плана',
    numeric: true,
    cell: ({ completion }) => (completion === null ? '—' : `${formatNumber(completion)} %`),
  },
  { key: 'published', title: 'Опубликовано', numeric: true, cell: ({ published }) => <Value value={published} /> },
  {
    key: 'state',
    title: 'Состояние',
    width: 'state',
    cell: ({ state }) => <Badge tone={figureTones[state]} text={figureStateNames[state]} />,
  },
]

const Value = ({ value }: { value: string | null }) => (value === null ? '—' : <Num>{formatNumber(value)}</Num>)
