/** All that the open pages tell, read in a handful of statements and kept in memory: a visit costs the database nothing. */
import { createHash } from 'node:crypto'
import type { MeasureState } from '../../../../contracts/roadmaps.ts'
import type { Permission } from '../../../kernel/access/index.ts'
import { dayIn } from '../../../kernel/calendar/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { countHolders } from '../../identity/index.ts'
import { countryFigure } from '../indicators/country.ts'
import { stateOf } from '../plans/states.ts'
import { Kept } from './kept.ts'
import {
  listOpenFigures,
  listOpenIndicators,
  listOpenMeasures,
  listOpenRegions,
  listOpenRoadmaps,
  listOpenSections,
  markOfAll,
  type OpenFigure,
  type OpenIndicator,
  type OpenMeasure,
  type OpenRegion,
  type OpenRoadmap,
  type OpenSection,
} from './snapshot.queries.ts'

/** Working on a roadmap is: to keep a plan, to report on it, to enter figures, to coordinate. */
const works: readonly Permission[] = ['plan.edit', 'plan.report', 'indicator.enter', 'roadmap.coordinate']

/** Of measures in force; `overdue` ones are not done and their term has passed. */
export type Progress = { all: number; done: number; overdue: number }
export type Told = { plan: string | null; fact: string | null }
export type RegionSnapshot = { code: string; name: string; progress: Progress }
export type IndicatorSnapshot = Omit<OpenIndicator, 'roadmapId' | 'public' | 'countsPeople' | 'weightId'> & {
  countsPeople: boolean
  /** That have published figures, the earliest first. */
  periods: readonly string[]
  /** By period, then by the region's code. */
  figures: ReadonlyMap<string, ReadonlyMap<string, Told>>
  /** Of the whole country, by period. */
  country: ReadonlyMap<string, Told>
}
export type MeasureSnapshot = OpenMeasure & { state: MeasureState }

export type RoadmapSnapshot = {
  /** Changes with anything below. */
  mark: string
  roadmap: OpenRoadmap
  regions: readonly RegionSnapshot[]
  sections: readonly OpenSection[]
  /** By the region's code, in the order of the plan. */
  measures: ReadonlyMap<string, readonly MeasureSnapshot[]>
  progress: Progress
  /** Public ones, in their order. */
  indicators: readonly IndicatorSnapshot[]
  /** Nothing while no figure of it is published. */
  peopleInvolved: string | null
  peopleWorking: number
}

const second = 1000
const keptOf = new WeakMap<Db, Kept<readonly RoadmapSnapshot[]>>()

/** Those that are published, the latest first. */
export function takeSnapshots(db: Db): Promise<readonly RoadmapSnapshot[]> {
  const kept = keptOf.get(db) ?? new Kept({ look: markOfAll, read, lookEvery: 3 * second, readEvery: 60 * second })
  keptOf.set(db, kept)
  return kept.take(db)
}

async function read(db: Db): Promise<readonly RoadmapSnapshot[]> {
  const roadmaps = await listOpenRoadmaps(db)
  if (roadmaps.length === 0) return []
  const ids = roadmaps.map(({ id }) => id)
  const [regions, sections, measures, indicators, figures] = await Promise.all([
    listOpenRegions(db, ids),
    listOpenSections(db, ids),
    listOpenMeasures(db, ids),
    listOpenIndicators(db, ids),
    listOpenFigures(db, ids),
  ])
  const figuresOf = Map.groupBy(figures, ({ indicatorId }) => indicatorId)
  return Promise.all(
    roadmaps.map(async (roadmap) => {
      const ofIt = <Row extends { roadmapId: string }>(rows: readonly Row[]) =>
        rows.filter(({ roadmapId }) => roadmapId === roadmap.id)
      const taking = ofIt(regions)
      const peopleWorking = await countHolders(
        db,
        works,
        taking.map(({ code }) => code),
      )
      const parts = { roadmap, regions: taking, sections: ofIt(sections), measures: ofIt(measures) }
      return snapshotOf({ ...parts, indicators: ofIt(indicators), figuresOf, peopleWorking })
    }),
  )
}

type Parts = {
  roadmap: OpenRoadmap
  regions: readonly OpenRegion[]
  sections: readonly OpenSection[]
  measures: readonly OpenMeasure[]
  indicators: readonly OpenIndicator[]
  figuresOf: ReadonlyMap<string, readonly OpenFigure[]>
  peopleWorking: number
}

function snapshotOf({ roadmap, regions, sections, measures, indicators, figuresOf, peopleWorking }: Parts) {
  const today = dayIn(new Date(), roadmap.timeZone)
  const stated = measures.map((measure) => ({
    ...measure,
    state: stateOf({ ...measure, cancelled: false }, today),
  }))
  const byRegion = Map.groupBy(stated, ({ region }) => region)
  const told = indicators.map((indicator) => indicatorOf(indicator, figuresOf))
  const parts = {
    roadmap,
    regions: regions.map(({ code, name }) => ({ code, name, progress: progressOf(byRegion.get(code) ?? []) })),
    sections,
    progress: progressOf(regions.flatMap(({ code }) => byRegion.get(code) ?? [])),
    peopleInvolved: countryFigure(
      { merging: 'sum', decimals: 0 },
      told.flatMap((indicator) => {
        const value = indicator.countsPeople ? latestOf(indicator)?.fact : null
        return value ? [{ value, weight: null }] : []
      }),
    ),
    peopleWorking,
    indicators: told.filter((_, index) => indicators[index]?.public),
  }
  const everything = JSON.stringify([today, parts, stated, [...figuresOf.values()]])
  const mark = createHash('sha256').update(everything).digest('base64url').slice(0, 27)
  return { ...parts, mark, measures: byRegion }
}

export function latestOf({ country, periods }: IndicatorSnapshot): Told | undefined {
  const latest = periods.at(-1)
  return latest === undefined ? undefined : country.get(latest)
}

const isDone = (state: MeasureState): boolean => state === 'done' || state === 'done-late'

const progressOf = (measures: readonly MeasureSnapshot[]): Progress => ({
  all: measures.length,
  done: measures.filter(({ state }) => isDone(state)).length,
  overdue: measures.filter(({ state }) => state === 'overdue').length,
})

function indicatorOf(
  { roadmapId: _roadmap, public: _public, weightId, ...indicator }: OpenIndicator,
  figuresOf: ReadonlyMap<string, readonly OpenFigure[]>,
): IndicatorSnapshot {
  const weights = byPeriod(weightId === null ? [] : (figuresOf.get(weightId) ?? []))
  const figures = byPeriod(figuresOf.get(indicator.id) ?? [])
  const country = [...figures].map(([period, told]): [string, Told] => {
    const whole = told.get('*')
    if (indicator.level === 'country') return [period, whole ?? { plan: null, fact: null }]
    const merged = (kind: 'plan' | 'fact') =>
      countryFigure(
        indicator,
        [...told].flatMap(([region, each]) => {
          const value = each[kind]
          return value === null ? [] : [{ value, weight: weights.get(period)?.get(region)?.[kind] ?? null }]
        }),
      )
    return [period, { plan: merged('plan'), fact: merged('fact') }]
  })
  return { ...indicator, periods: [...figures.keys()], figures, country: new Map(country) }
}

/** Rows come in the order of their periods. */
function byPeriod(figures: readonly OpenFigure[]): Map<string, Map<string, Told>> {
  return new Map(
    [...Map.groupBy(figures, ({ period }) => period)].map(([period, rows]) => [
      period,
      new Map(rows.map(({ region, plan, fact }) => [region, { plan, fact }])),
    ]),
  )
}
