/** What a visitor has chosen, spelled in one way: what is as at first, or is not there, leaves no trace in the address. */
import type { Breaks } from '../../../../contracts/indicators.ts'
import type { LandingQuery, LandingView } from '../../../../contracts/landing.ts'
import { type MapFigure, mapFiguresOf, periodFor, planDone } from './map-figures.ts'
import type { RoadmapSnapshot } from './snapshot.ts'

export type Choice = {
  figures: readonly MapFigure[]
  figure: MapFigure
  period: string | undefined
  breaks: Breaks
  view: LandingView
  /** `name` or a figure's key. */
  column: string
  descending: boolean
}
export type Change = { [K in keyof LandingQuery]?: LandingQuery[K] | undefined }

export function choiceOf(snapshot: RoadmapSnapshot, query: LandingQuery): Choice {
  const figures = mapFiguresOf(snapshot)
  const [first] = figures
  const figure = figures.find(({ key }) => key === query.indicator) ?? first
  if (!figure) throw new Error('A plan always has its course')
  const [, minus, column = ''] = /^(-?)(.*)$/.exec(query.sort ?? '') ?? []
  const known = column === 'name' || figures.some(({ key }) => key === column)
  return {
    figures,
    figure,
    period: periodFor(figure, query.period),
    breaks: query.breaks ?? figure.breaks,
    view: query.view ?? 'map',
    column: known ? column : figure.key,
    descending: known ? minus === '-' : true,
  }
}

export const pathOf = ({ roadmap }: RoadmapSnapshot): string => `/public/roadmaps/${roadmap.code}`

/** The address of the same page with something chosen otherwise. */
export function addressOf(path: string, choice: Choice, change: Change = {}): string {
  const now: LandingQuery = {
    indicator: choice.figure.key,
    period: choice.period,
    breaks: choice.breaks,
    view: choice.view,
    sort: `${choice.descending ? '-' : ''}${choice.column}`,
  }
  const wanted = { ...now, ...change }
  const figure = choice.figures.find(({ key }) => key === wanted.indicator) ?? choice.figure
  const atFirst: LandingQuery = {
    indicator: planDone,
    period: figure.periods.at(-1),
    breaks: figure.breaks,
    view: 'map',
    sort: `-${figure.key}`,
  }
  const parts = new URLSearchParams()
  for (const name of ['indicator', 'period', 'breaks', 'view', 'sort'] as const) {
    const value = wanted[name]
    if (value !== undefined && value !== atFirst[name]) parts.set(name, value)
  }
  return parts.size > 0 ? `${path}?${parts}` : path
}
