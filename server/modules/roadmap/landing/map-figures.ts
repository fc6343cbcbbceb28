/** What the map may show of each region: the course of its plan, or an indicator of a period. */
import type { Better, Breaks } from '../../../../contracts/indicators.ts'
import { compareExact, exactNumber, exactText } from '../../../../engine/decimal.ts'
import { formatNumber } from '../../../../web/kit/index.ts'
import type { IndicatorSnapshot, Progress, RegionSnapshot, RoadmapSnapshot } from './snapshot.ts'

export type MapFigure = {
  /** In the address; an indicator's code. */
  key: string
  title: string
  /** Of a column. */
  short: string
  definition: string
  unit: string
  decimals: number
  better: Better
  breaks: Breaks
  indicator: IndicatorSnapshot | undefined
  /** The earliest first; none of what is always told as of now. */
  periods: readonly string[]
  /** As it is shown: a canonical decimal, rounded as the indicator says. */
  of: (region: RegionSnapshot, period: string | undefined) => string | null
  ofCountry: (period: string | undefined) => string | null
}

/** The codes of indicators have no hyphen. */
export const planDone = 'plan-done'
const planOverdue = 'plan-overdue'

const figuresOf = new WeakMap<RoadmapSnapshot, readonly MapFigure[]>()

export function mapFiguresOf(snapshot: RoadmapSnapshot): readonly MapFigure[] {
  const figures = figuresOf.get(snapshot) ?? foundIn(snapshot)
  figuresOf.set(snapshot, figures)
  return figures
}

function foundIn({ progress, indicators }: RoadmapSnapshot): MapFigure[] {
  const now = { indicator: undefined, periods: [], decimals: 0, breaks: 'quantile' } as const
  return [
    {
      ...now,
      key: planDone,
      better: 'more',
      title: 'Выполнено мероприятий, %',
      short: 'Выполнено',
      definition: 'Доля мероприятий плана, которые регион уже выполнил, в срок или с опозданием.',
      unit: '%',
      of: (region) => percentOf(region.progress),
      ofCountry: () => percentOf(progress),
    },
    {
      ...now,
      key: planOverdue,
      better: 'less',
      title: 'Просрочено мероприятий',
      short: 'Просрочено',
      definition: 'Мероприятия, срок которых прошёл, а они ещё не выполнены.',
      unit: 'мероприятий',
      of: ({ progress: { overdue, all } }) => (all > 0 ? String(overdue) : null),
      ofCountry: () => String(progress.overdue),
    },
    ...indicators.filter(({ level, periods }) => level === 'region' && periods.length > 0).map(ofIndicator),
  ]
}

const ofIndicator = (indicator: IndicatorSnapshot): MapFigure => {
  const { code, title, definition, unit, decimals, better, breaks, periods } = indicator
  const rounded = (value: string | null | undefined) => (value ? exactText(exactNumber(value), decimals) : null)
  return {
    key: code,
    title: unit === '%' ? `${title}, %` : title,
    short: title,
    definition,
    unit,
    decimals,
    better,
    breaks,
    indicator,
    periods,
    of: ({ code: region }, period) => rounded(indicator.figures.get(period ?? '')?.get(region)?.fact),
    ofCountry: (period) => rounded(indicator.country.get(period ?? '')?.fact),
  }
}

/** Whole per cent; short of the whole is never shown as 100, nor what has begun as 0. */
export function percentOf({ all, done }: Pick<Progress, 'all' | 'done'>): string | null {
  if (all === 0) return null
  const rounded = Math.round((done / all) * 100)
  return String(done < all && rounded === 100 ? 99 : done > 0 && rounded === 0 ? 1 : rounded)
}

/** The period that is asked for if the figure has it, else its latest. */
export const periodFor = (figure: MapFigure, period: string | undefined): string | undefined =>
  period !== undefined && figure.periods.includes(period) ? period : figure.periods.at(-1)

/** As a person reads it; a dash where nothing is known. */
export function shown(value: string | null, { unit, decimals }: Pick<MapFigure, 'unit' | 'decimals'>): string {
  if (value === null) return '—'
  const [whole = '', fraction = ''] = value.split('.')
  const padded = decimals > 0 ? `${whole}.${fraction.padEnd(decimals, '0')}` : whole
  return unit === '%' ? `${formatNumber(padded)}\u00a0%` : formatNumber(padded)
}

/** What is not known comes last, whichever way the others go. */
export function compareValues(one: string | null, other: string | null, descending: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  const order = compareExact(exactNumber(one), exactNumber(other))
  return descending ? -order : order
}
