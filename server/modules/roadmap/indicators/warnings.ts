/**
 * What is noticed in a figure: it has jumped against the last period, is far below its plan, or is unlike those of other
 * regions. None of it is forbidden: a person passes it by writing why.
 */
import type { FigureWarning } from '../../../../contracts/indicators.ts'
import {
  absoluteExact,
  addExact,
  compareExact,
  divideExact,
  type Exact,
  exactNumber,
  exactText,
  multiplyExact,
  negateExact,
} from '../../../../engine/decimal.ts'
import { formatNumber } from '../../../../web/kit/index.ts'
import type { PublishedFact } from './figures.queries.ts'
import type { IndicatorRow } from './indicators.queries.ts'

type Judged = Pick<IndicatorRow, 'id' | 'better' | 'merging' | 'jumpPercent' | 'unit'>
export type JudgedFigure = { fact: string | null; plan: string | null; previous: string | null }

/** @param others what other regions have published of this indicator; `listPublishedByOthers` */
export function warningsOf(indicator: Judged, figure: JudgedFigure, others: readonly PublishedFact[]): FigureWarning[] {
  if (figure.fact === null) return []
  return [
    jump(indicator, figure.fact, figure.previous),
    belowPlan(indicator, figure.fact, figure.plan),
    unlikeOthers(indicator, figure.fact, figure.previous, others),
  ].filter((warning) => warning !== undefined)
}

const hundred: Exact = { n: 100n, d: 1n }

/** One figure in per cent of another; null when there is nothing to divide by. */
export function percentOf(part: string | null, whole: string | null, decimals = 1): string | null {
  if (part === null || whole === null) return null
  const by = exactNumber(whole)
  return by.n === 0n ? null : exactText(divideExact(multiplyExact(exactNumber(part), hundred), by), decimals)
}

function jump({ jumpPercent }: Judged, fact: string, previous: string | null): FigureWarning | undefined {
  if (jumpPercent === null || previous === null) return undefined
  const before = exactNumber(previous)
  if (before.n === 0n) return undefined
  const change = addExact(exactNumber(fact), negateExact(before))
  const share = divideExact(multiplyExact(absoluteExact(change), hundred), absoluteExact(before))
  if (compareExact(share, exactNumber(jumpPercent)) <= 0) return undefined
  return {
    code: 'jump',
    text: `${change.n > 0n ? 'Больше' : 'Меньше'}, чем в прошлом периоде, на ${told(exactText(share, 0))} %: было ${told(previous)}, стало ${told(fact)}`,
  }
}

/** Where more is better, less than half of the plan; where less is better, more than half as much again. */
function belowPlan({ better }: Judged, fact: string, plan: string | null): FigureWarning | undefined {
  const percent = percentOf(fact, plan)
  if (better === 'neither' || percent === null || exactNumber(plan ?? '0').n < 0n) return undefined
  const bound = exactNumber(better === 'more' ? '50' : '150')
  const beyond = compareExact(exactNumber(percent), bound) * (better === 'more' ? -1 : 1)
  if (beyond <= 0) return undefined
  return {
    code: 'below-plan',
    text:
      better === 'more'
        ? `Меньше половины плана: выполнено ${told(percent)} %`
        : `Намного больше плана: ${told(percent)} % от него`,
  }
}

/** With fewer regions nothing can be said. */
const fewest = 8
/** Iglewicz and Hoaglin (1993): a modified z-score above 3.5 is an outlier. */
const [strange, scale] = [3.5, 0.6745]
/** Where nearly all are alike, a small difference is no outlier: a deviation counts as this share of the median at least. */
const leastDeviation = 0.05

/**
 * What adds up over regions grows with their size, so there growth is compared: how many times it is that of the last
 * period. What does not (shares, averages) is compared itself. Statistics of many figures, so rounding does no harm.
 */
function unlikeOthers(
  { merging, unit }: Judged,
  fact: string,
  previous: string | null,
  others: readonly PublishedFact[],
): FigureWarning | undefined {
  const growth = merging === 'sum'
  const own = growth ? ratio(fact, previous) : Number(fact)
  const spread = spreadOf(growth ? growthOf(others) : latestOf(others))
  if (own === undefined || !spread) return undefined
  if (Math.abs(own - spread.median) * scale <= strange * spread.deviation) return undefined
  const sign = growth ? '×' : ''
  const [low, high] = [spread.low, spread.high].map((value) => `${sign}${shown(value)}`)
  const range = low === high ? `около ${low}` : `от ${low} до ${high}`
  const usual = `у половины из ${spread.count} регионов, которые уже опубликованы, — ${range}`
  return {
    code: 'unlike-others',
    text: growth
      ? `Не похоже на другие регионы: ×${shown(own)} к прошлому периоду, ${usual}`
      : `Не похоже на другие регионы: ${told(fact)} ${unit}, ${usual}`,
  }
}

type Spread = { median: number; deviation: number; low: number; high: number; count: number }

/** @returns nothing when there are too few */
function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length < fewest) return undefined
  const sorted = values.toSorted((one, other) => one - other)
  const median = quantile(sorted, 0.5)
  const deviation = quantile(
    sorted.map((value) => Math.abs(value - median)).toSorted((one, other) => one - other),
    0.5,
  )
  return {
    median,
    deviation: Math.max(deviation, Math.abs(median) * leastDeviation),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
    count: sorted.length,
  }
}

function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
  return below + (above - below) * (at - Math.floor(at))
}

function latestOf(others: readonly PublishedFact[]): number[] {
  const latest = latestPeriod(others)
  return others.filter(({ period }) => period === latest).map(({ fact }) => Number(fact))
}

function growthOf(others: readonly PublishedFact[]): number[] {
  const latest = latestPeriod(others)
  const before = new Map(others.filter(({ period }) => period !== latest).map(({ region, fact }) => [region, fact]))
  return others
    .filter(({ period }) => period === latest)
    .flatMap(({ region, fact }) => ratio(fact, before.get(region) ?? null) ?? [])
}

const latestPeriod = (others: readonly PublishedFact[]): string | undefined =>
  others.reduce<string | undefined>((latest, { period }) => (latest && latest > period ? latest : period), undefined)

function ratio(fact: string, previous: string | null): number | undefined {
  const before = Number(previous ?? 0)
  return before > 0 ? Number(fact) / before : undefined
}

const told = (value: string): string => formatNumber(value)
const shown = (value: number): string => formatNumber(Number(value.toPrecision(3)))
