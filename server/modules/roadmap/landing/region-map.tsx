/** The regions in shades: as a map of the country, or as tiles where there are no outlines or a visitor rather has them. */
import type { Breaks } from '../../../../contracts/indicators.ts'
import { Legend, type MapRegion, Muted, RegionMap, RegionTiles, Stack } from '../../../../web/kit/index.ts'
import { classesOf, type Method } from '../map/classes.ts'
import { type Choice, pathOf } from './choice.ts'
import { compareValues, type MapFigure, shown } from './map-figures.ts'
import { drawnCountry, tilesOf } from './outlines.ts'
import type { RoadmapSnapshot } from './snapshot.ts'
import { periodOf, titleWithUnit } from './words.ts'

const methods: Record<Breaks, Method> = { quantile: 'quantiles', equal: 'intervals', natural: 'breaks' }

type Props = { snapshot: RoadmapSnapshot; choice: Choice }

export function FigureMap({ snapshot, choice }: Props) {
  const { figure, period, breaks } = choice
  const values = snapshot.regions.map((region) => figure.of(region, period))
  const { classes, stepOf } = classesOf(values, { method: methods[breaks], unit: figure.unit === '%' ? '%' : '' })
  const regions = snapshot.regions.map((region, index): MapRegion => {
    const value = values[index] ?? null
    const told =
      figure.key === 'plan-done' ? `${shown(value, figure)}, ${donePhrase(region.progress)}` : toldOf(value, figure)
    return {
      code: region.code,
      name: region.name,
      told: value === null ? 'нет данных' : told,
      value: value === null ? '–' : short(value),
      href: `${pathOf(snapshot)}/regions/${region.code}`,
      step: stepOf(value),
    }
  })
  const label = [titleWithUnit(figure), periodOf(figure, period)].filter(Boolean).join(', ')
  const { map, address } = drawnCountry()
  const drawn = new Set(map.shapes.map(({ code }) => code))
  const isMap = choice.view !== 'tiles' && regions.some(({ code }) => drawn.has(code))
  const absent = isMap ? regions.filter(({ code }) => !drawn.has(code)) : []
  return (
    <Stack space="small">
      {isMap ? (
        <RegionMap
          label={label}
          description={extremes(snapshot, choice)}
          map={map}
          sprite={address}
          regions={regions}
        />
      ) : (
        <RegionTiles label={label} regions={regions} tiles={tilesOf(snapshot)} />
      )}
      <Legend entries={classes} />
      {absent.length > 0 ? (
        <Muted>
          Нет на карте, но есть в таблице:{' '}
          {absent.map(({ code, name, href }, index) => (
            <>
              {index > 0 ? ', ' : ''}
              <a key={code} href={href}>
                {name}
              </a>
            </>
          ))}
          .
        </Muted>
      ) : null}
    </Stack>
  )
}

const toldOf = (value: string | null, figure: MapFigure): string =>
  figure.unit === '%' ? shown(value, figure) : `${shown(value, figure)} ${figure.unit}`

const donePhrase = ({ done, all }: { done: number; all: number }): string => `${done} из ${all}`

/** On a tile there is room for four signs: «1,2т», «35т», «1,2м». */
function short(value: string): string {
  const number = Number(value)
  const told = (size: number, letter: string) =>
    `${(number / size).toFixed(Math.abs(number) < 10 * size ? 1 : 0).replace('.', ',')}${letter}`
  if (Math.abs(number) >= 1_000_000) return told(1_000_000, 'м')
  if (Math.abs(number) >= 10_000) return told(1000, 'т')
  return value.replace('.', ',').replace('-', '−')
}

/** What the map says, in words: where the figure is greatest, and where least. */
export function extremes({ regions }: RoadmapSnapshot, { figure, period }: Choice): string {
  const told = regions.flatMap((region) => {
    const value = figure.of(region, period)
    return value === null ? [] : [{ name: region.name, value }]
  })
  const sorted = told.toSorted((one, other) => compareValues(one.value, other.value, true))
  const [most, least] = [sorted[0], sorted.at(-1)]
  if (!most || !least) return 'По этому показателю ещё нет опубликованных данных.'
  if (most.value === least.value) return `Во всех регионах поровну: ${toldOf(most.value, figure)}.`
  const at = (value: string) => {
    const names = sorted.filter((each) => each.value === value).map(({ name }) => name)
    return names.length > 2 ? `${names[0]} и ещё ${names.length - 1}` : names.join(', ')
  }
  return `Больше всего, ${toldOf(most.value, figure)}: ${at(most.value)}. Меньше всего, ${toldOf(least.value, figure)}: ${at(least.value)}.`
}
