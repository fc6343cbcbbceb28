import { Card, Section, Table, Under } from '../../../../web/kit/index.ts'
import { shown } from './map-figures.ts'
import { type IndicatorSnapshot, latestOf, type RoadmapSnapshot } from './snapshot.ts'
import { periodTold } from './words.ts'

/** What is told of the whole country alone, as it was published last; nothing is drawn when there is none. */
export function CountryFigures({ snapshot }: { snapshot: RoadmapSnapshot }) {
  const told = snapshot.indicators.filter(({ level, periods }) => level === 'country' && periods.length > 0)
  if (told.length === 0) return null
  return (
    <Section id="country" title="По стране в целом">
      <Card flush>
        <Table
          label="Показатели всей страны"
          rows={told}
          rowKey={({ code }) => code}
          columns={[
            { key: 'title', title: 'Показатель', full: true, cell: (indicator) => <Title indicator={indicator} /> },
            { key: 'plan', title: 'План', numeric: true, cell: (indicator) => value(indicator, 'plan') },
            { key: 'fact', title: 'Факт', numeric: true, cell: (indicator) => <b>{value(indicator, 'fact')}</b> },
          ]}
        />
      </Card>
    </Section>
  )
}

function Title({ indicator: { title, unit, periods, periodicity } }: { indicator: IndicatorSnapshot }) {
  const latest = periods.at(-1)
  return (
    <>
      {unit === '%' ? `${title}, %` : `${title}, ${unit}`}
      {latest === undefined ? null : <Under>{periodTold(periodicity, latest)}</Under>}
    </>
  )
}

const value = (indicator: IndicatorSnapshot, kind: 'plan' | 'fact'): string =>
  shown(latestOf(indicator)?.[kind] ?? null, indicator)
