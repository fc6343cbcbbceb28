import { type Column, Table } from '../../../../web/kit/index.ts'
import { addressOf, type Choice, pathOf } from './choice.ts'
import { compareValues, type MapFigure, periodFor, shown } from './map-figures.ts'
import type { RegionSnapshot, RoadmapSnapshot } from './snapshot.ts'

const russian = new Intl.Collator('ru')

/** The same figures as the map's, a region a line; beside the map only what fits there. */
export function RegionsTable({ snapshot, choice }: { snapshot: RoadmapSnapshot; choice: Choice }) {
  const wide = choice.view === 'table'
  const figures = wide ? choice.figures : columnsBeside(choice)
  return (
    <Table
      label="Регионы и их показатели"
      tall={!wide}
      keys
      narrow={wide ? 3 : 'scroll'}
      rows={sortedRegions(snapshot, choice)}
      rowKey={({ code }) => code}
      rowId={({ code }) => `region-${code}`}
      columns={[nameColumn(snapshot, choice), ...figures.map((figure) => figureColumn(snapshot, choice, figure))]}
    />
  )
}

/** What stands on the map, and the course of the plan. */
function columnsBeside({ figures, figure }: Choice): MapFigure[] {
  const plan = figures.filter(({ indicator }) => !indicator)
  return figure.indicator ? [...plan.slice(0, 1), figure] : plan
}

export const byName = (one: RegionSnapshot, other: RegionSnapshot): number => russian.compare(one.name, other.name)

export function sortedRegions({ regions }: RoadmapSnapshot, choice: Choice): RegionSnapshot[] {
  const { column, descending } = choice
  if (column === 'name') return regions.toSorted((one, other) => byName(one, other) * (descending ? -1 : 1))
  const figure = choice.figures.find(({ key }) => key === column) ?? choice.figure
  const told = (region: RegionSnapshot) => figure.of(region, periodFor(figure, choice.period))
  return regions.toSorted((one, other) => compareValues(told(one), told(other), descending) || byName(one, other))
}

const nameColumn = (snapshot: RoadmapSnapshot, choice: Choice): Column<RegionSnapshot> => ({
  key: 'name',
  title: 'Регион',
  sort: sortLink(snapshot, choice, 'name'),
  cell: ({ code, name }) => <a href={`${pathOf(snapshot)}/regions/${code}`}>{name}</a>,
})

const figureColumn = (snapshot: RoadmapSnapshot, choice: Choice, figure: MapFigure): Column<RegionSnapshot> => ({
  key: figure.key,
  title: figure.short,
  numeric: true,
  sort: sortLink(snapshot, choice, figure.key),
  cell: (region) => shown(figure.of(region, periodFor(figure, choice.period)), figure),
})

/** Figures begin with the greatest, names with the first letter. */
function sortLink(snapshot: RoadmapSnapshot, choice: Choice, column: string) {
  const sorted = choice.column === column
  const descends = sorted ? !choice.descending : column !== 'name'
  const href = addressOf(pathOf(snapshot), choice, { sort: `${descends ? '-' : ''}${column}` })
  return sorted ? { href, sorted: choice.descending ? ('descending' as const) : ('ascending' as const) } : { href }
}
