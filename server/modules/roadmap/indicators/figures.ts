/** The table of a region's figures for a period: what is entered, worked out and pulled, and what checks notice. */
import {
  type Figure,
  type FiguresQuery,
  type FigureTable,
  type Periodicity,
  wholeCountry,
} from '../../../../contracts/indicators.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { InvalidInput, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessRoadmap } from '../roadmaps/roadmaps.access.ts'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { figureState, leastState } from './figure-states.ts'
import { type FigureRow, listFigures, listPublishedByOthers, type PublishedFact } from './figures.queries.ts'
import { formulaInWords, type NoFigure, parseFormula, referencesOf } from './formulas.ts'
import { accessFigures, type FigurePlace, listFigurePlaces, maySetFigure, seesFigure } from './indicators.access.ts'
import { type IndicatorRow, listIndicators } from './indicators.queries.ts'
import { dayIn, isFirstDay, periodName, periodOf, periodToEnter, previousPeriod } from './periods.ts'
import { type CellTotal, figureSources, periodAsked, pulledFrom } from './pulling.ts'
import { percentOf, warningsOf } from './warnings.ts'
import { type FigureReader, figureReader } from './worked.ts'

/** One table: which roadmap, region, rhythm and period it is of. */
export type TablePlace = FigurePlace & { periodicity: Periodicity; period: string }

/**
 * A region's figures, the last period that has ended unless another is asked for.
 * @throws NotFound 404 for the region of another, InvalidInput 422
 */
export async function viewFigures(ctx: Context, roadmapId: string, query: FiguresQuery): Promise<FigureTable> {
  const region = query.region ?? (await firstRegion(ctx, roadmapId))
  const place = await accessFigures(ctx.db, ctx, { roadmapId, region, to: 'read' })
  const indicators = await listIndicators(ctx.db, roadmapId)
  return tableOf(ctx, indicators, { ...place, ...chosenPeriod(place.roadmap, indicators, query) })
}

async function firstRegion(ctx: Context, roadmapId: string): Promise<string> {
  await accessRoadmap(ctx.db, ctx, roadmapId)
  const places = await listFigurePlaces(ctx.db, ctx, roadmapId)
  const chosen = places.find(({ code }) => code === ctx.signedIn.regions.chosen) ?? places[0]
  if (!chosen) throw new NotFound({ what: 'region' })
  return chosen.code
}

/** @throws InvalidInput 422 for a day that begins no period, or one that is still to come */
export function chosenPeriod(
  { timeZone }: Pick<RoadmapRow, 'timeZone'>,
  indicators: readonly Pick<IndicatorRow, 'periodicity'>[],
  query: Pick<FiguresQuery, 'period' | 'periodicity'>,
): { periodicity: Periodicity; period: string } {
  const periodicity = query.periodicity ?? indicators[0]?.periodicity ?? 'quarter'
  const today = dayIn(timeZone)
  const period = query.period ?? periodToEnter(periodicity, today)
  refusePeriod(periodicity, period, today)
  return { periodicity, period }
}

/** The current period may be entered already. @throws InvalidInput 422 */
export function refusePeriod(periodicity: Periodicity, period: string, today: string): void {
  if (isFirstDay(periodicity, period) && period <= periodOf(periodicity, today)) return
  const text = isFirstDay(periodicity, period)
    ? 'Этот период ещё не начался'
    : `${periodName(periodicity, today)} начинается другим днём`
  throw new InvalidInput({ fields: [{ field: 'period', code: 'period', text }] })
}

/** Of this rhythm and level, those that the person sees, without those archived before anything was entered. */
export const indicatorsOfTable = (
  ctx: Context,
  indicators: readonly IndicatorRow[],
  { region, periodicity }: Pick<TablePlace, 'region' | 'periodicity'>,
): IndicatorRow[] =>
  indicators.filter(
    (indicator) =>
      indicator.periodicity === periodicity &&
      (indicator.level === 'country') === (region.code === wholeCountry) &&
      seesFigure(ctx, region.code, indicator.id),
  )

async function tableOf(ctx: Context, indicators: readonly IndicatorRow[], place: TablePlace): Promise<FigureTable> {
  const { region, period, periodicity } = place
  const indicatorIds = indicators.map(({ id }) => id)
  const rows = await listFigures(ctx.db, { indicatorIds, region: region.code, until: period })
  const others = await listPublishedByOthers(ctx.db, { indicatorIds, except: region.code, until: period })
  const totals = await totalsOf(ctx.db, indicatorsOfTable(ctx, indicators, place), place)
  return {
    roadmapId: place.roadmap.id,
    region,
    periodicity,
    period,
    periodName: periodName(periodicity, period),
    figures: figuresOf(ctx, place, { indicators, rows, others, totals }),
  }
}

export type Known = {
  /** All of the roadmap. */
  indicators: readonly IndicatorRow[]
  /** Of this region, up to this period. */
  rows: readonly FigureRow[]
  /** What other regions have published. */
  others: readonly PublishedFact[]
  /** What reporting has now; nothing when it was not asked. */
  totals?: ReadonlyMap<string, CellTotal | 'off'>
}

/** The lines of one table; an archived indicator is there where something was entered. */
export function figuresOf(ctx: Context, place: TablePlace, known: Known): Figure[] {
  const { indicators, rows, others, totals } = known
  const here = new Map(rows.filter(({ period }) => period === place.period).map((row) => [row.indicatorId, row]))
  const parts: TableParts = {
    ctx,
    place,
    indicators,
    here,
    read: figureReader(indicators, rows),
    others: Map.groupBy(others, ({ indicatorId }) => indicatorId),
  }
  return indicatorsOfTable(ctx, indicators, place)
    .filter(({ id, archivedAt }) => archivedAt === null || here.has(id))
    .map((indicator) => figureOf(indicator, parts, totals ? totals.get(indicator.id) : 'not-asked'))
}

type Total = CellTotal | 'off' | 'not-asked' | undefined
type TableParts = {
  ctx: Context
  place: TablePlace
  indicators: readonly IndicatorRow[]
  here: ReadonlyMap<string, FigureRow>
  read: FigureReader
  others: ReadonlyMap<string, PublishedFact[]>
}

function figureOf(indicator: IndicatorRow, parts: TableParts, total: Total): Figure {
  const { ctx, place, here, read } = parts
  const row = here.get(indicator.id)
  const fact = read(indicator, place.period, 'fact')
  const plan = read(indicator, place.period, 'plan').value
  const previous = read(indicator, previousPeriod(indicator.periodicity, place.period), 'fact').value
  const computed = indicator.source === 'computed'
  const judged = { fact: fact.value, plan, previous }
  return {
    indicator: {
      id: indicator.id,
      code: indicator.code,
      title: indicator.title,
      definition: indicator.definition,
      unit: indicator.unit,
      decimals: indicator.decimals,
      better: indicator.better,
      source: indicator.source,
    },
    state: computed ? stateOfComputed(indicator, parts) : figureState(row),
    previous,
    plan,
    fact: fact.value,
    completion: percentOf(fact.value, plan),
    explanation: row?.explanation ?? null,
    warnings: warningsOf(indicator, judged, parts.others.get(indicator.id) ?? []),
    returnReason: row?.returnReason ?? null,
    publishedPlan: row?.publishedPlan ?? null,
    publishedFact: row?.publishedFact ?? null,
    ...originOf(ctx, indicator, 'no' in fact ? fact.no : undefined, { parts, row, total }),
    editable: !computed && indicator.archivedAt === null && maySetFigure(ctx, place.region.code, indicator.id),
    needsReason: row !== undefined && (row.confirmedAt !== null || row.publishedAt !== null),
    version: row?.version ?? 0,
  }
}

/** As far as what it follows from; what is not entered at all is not called so of a figure that is there. */
function stateOfComputed(indicator: IndicatorRow, { indicators, here, read, place }: TableParts): Figure['state'] {
  if (read(indicator, place.period, 'fact').value === null) return 'none'
  const codes = new Set(codesIn(indicator.formula))
  const states = indicators
    .filter(({ code, source }) => codes.has(code) && source !== 'computed')
    .map(({ id }) => figureState(here.get(id)))
  const least = leastState(states)
  if (least !== 'published') return least
  const published = here.get(indicator.id)?.publishedFact ?? null
  return published === read(indicator, place.period, 'fact').value ? 'published' : 'confirmed'
}

/** Codes of the same period, those of computed ones too. */
function codesIn(formula: string | null): string[] {
  const parsed = formula === null ? undefined : parseFormula(formula)
  if (!parsed?.ok) return []
  return referencesOf(parsed.formula)
    .filter(({ previous }) => !previous)
    .map(({ code }) => code)
}

type Origin = Pick<Figure, 'origin' | 'originHref'>

function originOf(
  ctx: Context,
  indicator: IndicatorRow,
  no: NoFigure | undefined,
  { parts, row, total }: { parts: TableParts; row: FigureRow | undefined; total: Total },
): Origin {
  switch (indicator.source) {
    case 'entered':
      return { origin: null, originHref: null }
    case 'computed': {
      const titles = new Map(parts.indicators.map(({ code, title }) => [code.toLowerCase(), title]))
      const formula = `Считается: ${formulaInWords(indicator.formula ?? '', titles)}`
      return { origin: no ? `${formula}. ${whyNot(no, parts.indicators)}` : formula, originHref: null }
    }
    case 'reporting':
      return pulledOrigin(ctx, indicator, row, total)
  }
}

function whyNot(no: NoFigure, indicators: readonly IndicatorRow[]): string {
  if (no.why === 'zero') return 'Числа нет: делить на ноль нельзя'
  const title = indicators.find(({ code }) => code === no.code)?.title ?? no.code
  return `Числа нет: не внесено «${title}»${no.previous ? ' за прошлый период' : ''}`
}

function pulledOrigin(ctx: Context, { pull }: IndicatorRow, row: FigureRow | undefined, total: Total): Origin {
  const from = pull ? `Из отчётности: ${pulledFrom(pull)}` : 'Из отчётности'
  if (total === 'not-asked') return { origin: from, originHref: null }
  if (total === 'off') return { origin: `${from}. Отчётность отключена, внесите число сами`, originHref: null }
  if (!total) return { origin: `${from}. Сбора за этот период нет, внесите число сами`, originHref: null }
  const href = ctx.grants.has('report.read') ? total.href : null
  if (total.value === null) return { origin: `${from}. Принятых отчётов с этим числом пока нет`, originHref: href }
  const differs = (row?.fact ?? null) !== total.value
  const told = `${from}, принято отчётов: ${total.reports}`
  return { origin: differs ? `${told}. В отчётах ${total.value}: возьмём при сохранении` : told, originHref: href }
}

/** Totals of the pulled ones; `off`: reporting is switched off. */
async function totalsOf(
  db: Db,
  indicators: readonly IndicatorRow[],
  place: TablePlace,
): Promise<Map<string, CellTotal | 'off'>> {
  const found = new Map<string, CellTotal | 'off'>()
  for (const indicator of indicators) {
    if (indicator.source !== 'reporting') continue
    const total = await totalOf(db, indicator, place)
    if (total) found.set(indicator.id, total)
  }
  return found
}

/** What reporting has for a pulled indicator; `off`: it is switched off. */
export async function totalOf(
  db: Db,
  { pull, periodicity }: IndicatorRow,
  { region, period }: Pick<TablePlace, 'region' | 'period'>,
): Promise<CellTotal | 'off' | undefined> {
  const sources = figureSources()
  if (!sources) return 'off'
  if (!pull) return undefined
  const code = region.code === wholeCountry ? undefined : region.code
  return sources.totalOf(db, { pull, region: code, ...periodAsked(periodicity, period) })
}
