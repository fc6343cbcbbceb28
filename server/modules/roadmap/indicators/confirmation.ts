/** The coordinator's look at a period: confirms figures, or returns them with a reason. */
import {
  type CleanConfirmation,
  type ConfirmationList,
  type ConfirmationQuery,
  type FigureState,
  type FiguresDecided,
  type FiguresDecision,
  type FiguresReturn,
  figuresOnPage,
  type Periodicity,
  wholeCountry,
} from '../../../../contracts/indicators.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { lockRoadmap } from '../roadmaps/roadmaps.queries.ts'
import { markConfirmed, markReturned } from './confirmation.queries.ts'
import { insertChanges, lockRegions } from './figures.queries.ts'
import { placeOfFigure } from './indicators.access.ts'
import { FiguresDecidedAlready, FiguresUnexplained } from './indicators.errors.ts'
import { listIndicators } from './indicators.queries.ts'
import { periodOverview, type RegionFigure } from './overview.ts'
import { periodName } from './periods.ts'

declare module '../../../kernel/outbox/outbox.ts' {
  interface Events {
    'figures.returned': {
      roadmapId: string
      region: string
      period: string
      periodicity: Periodicity
      indicatorIds: string[]
      reason: string
    }
  }
}

/** @throws NotFound 404, Forbidden 403 */
export async function viewConfirmation(
  ctx: Context,
  roadmapId: string,
  query: ConfirmationQuery,
): Promise<ConfirmationList> {
  const { periodicity, period, figures } = await periodOverview(ctx.db, ctx, roadmapId, query)
  const asked = figures.filter((figure) => fits(figure, query))
  const from = (query.page - 1) * figuresOnPage
  return {
    periodicity,
    period,
    periodName: periodName(periodicity, period),
    total: asked.length,
    counts: countsOf(figures),
    clean: figures.filter(isClean).length,
    figures: asked.slice(from, from + figuresOnPage),
  }
}

function countsOf(figures: readonly RegionFigure[]): Record<FigureState, number> {
  const counts: Record<FigureState, number> = { none: 0, entered: 0, confirmed: 0, returned: 0, published: 0 }
  for (const { state } of figures) counts[state] += 1
  return counts
}

function fits({ region, indicator, state, warnings, explanation }: RegionFigure, query: ConfirmationQuery): boolean {
  if (query.region !== undefined && region.code !== query.region) return false
  if (query.indicator !== undefined && indicator.id !== query.indicator) return false
  if (query.state !== undefined && state !== query.state) return false
  switch (query.warnings) {
    case undefined:
      return true
    case 'with':
      return warnings.length > 0
    case 'without':
      return warnings.length === 0
    case 'unexplained':
      return warnings.length > 0 && !explanation
  }
}

/** Computed ones follow the others by themselves. */
export const isDecidable = ({ indicator, state }: Pick<RegionFigure, 'indicator' | 'state'>): boolean =>
  indicator.source !== 'computed' && state === 'entered'

const isClean = (figure: RegionFigure): boolean => isDecidable(figure) && figure.warnings.length === 0

/**
 * Confirms what was entered, all of it or nothing.
 * @throws FiguresDecidedAlready 409 when another version stands there, FiguresUnexplained 409, NotFound 404
 */
export async function confirmFigures(
  ctx: Context,
  roadmapId: string,
  decision: FiguresDecision,
): Promise<FiguresDecided> {
  return transaction(ctx, async (tx) => {
    const chosen = await chosenFigures(tx, ctx, roadmapId, decision)
    refuse(chosen.filter((figure) => !isDecidable(figure)))
    const silent = chosen.filter(({ warnings, explanation }) => warnings.length > 0 && !explanation)
    if (silent.length > 0) throw new FiguresUnexplained({ titles: silent.map(titleOf) })
    await confirm(tx, ctx, { roadmapId, period: decision.period, chosen })
    return { decided: chosen.length }
  })
}

/** Confirms all that was entered in a period and in which nothing is noticed. */
export async function confirmClean(ctx: Context, roadmapId: string, asked: CleanConfirmation): Promise<FiguresDecided> {
  return transaction(ctx, async (tx) => {
    const { figures: before } = await periodOverview(tx, ctx, roadmapId, asked)
    await lockPlaces(tx, roadmapId, before.filter(isClean))
    const { figures, period } = await periodOverview(tx, ctx, roadmapId, asked)
    const chosen = figures.filter(isClean)
    if (chosen.length > 0) await confirm(tx, ctx, { roadmapId, period, chosen })
    return { decided: chosen.length }
  })
}

type Chosen = { roadmapId: string; period: string; chosen: readonly RegionFigure[] }

async function confirm(tx: Tx, ctx: Context, { roadmapId, period, chosen }: Chosen): Promise<void> {
  await markConfirmed(tx, keysOf(chosen, period), ctx.account.id)
  await insertChanges(tx, changesOf(chosen, { period, field: 'confirmed', reason: null }), ctx.account.id)
  journal(tx, ctx, 'figures.confirmed', { kind: 'roadmap', id: roadmapId }, { period, figures: chosen.length })
}

/**
 * Returns figures to their regions with a reason; one that is published stays seen as it was.
 * @throws FiguresDecidedAlready 409, NotFound 404
 */
export async function returnFigures(ctx: Context, roadmapId: string, decision: FiguresReturn): Promise<FiguresDecided> {
  return transaction(ctx, async (tx) => {
    const { period, reason } = decision
    const chosen = await chosenFigures(tx, ctx, roadmapId, decision)
    refuse(chosen.filter((figure) => !isThere(figure)))
    await markReturned(tx, keysOf(chosen, period), { by: ctx.account.id, reason })
    await insertChanges(tx, changesOf(chosen, { period, field: 'returned', reason }), ctx.account.id)
    journal(tx, ctx, 'figures.returned', { kind: 'roadmap', id: roadmapId }, { period, figures: chosen.length })
    for (const [region, own] of Map.groupBy(chosen, (figure) => figure.region.code)) {
      const indicatorIds = own.map(({ indicator }) => indicator.id)
      const periodicity = own[0]?.periodicity ?? 'quarter'
      await publish(tx, 'figures.returned', { roadmapId, region, period, periodicity, indicatorIds, reason })
    }
    return { decided: chosen.length }
  })
}

/** Can be returned: something was entered, and it is not back with its region already. */
export const isThere = ({ indicator, state }: Pick<RegionFigure, 'indicator' | 'state'>): boolean =>
  indicator.source !== 'computed' && state !== 'none' && state !== 'returned'

type Versioned = FiguresDecision['figures'][number]

/** In the versions that the person saw. @throws NotFound 404 for what one does not coordinate, FiguresDecidedAlready 409 */
async function chosenFigures(tx: Tx, ctx: Context, roadmapId: string, { period, figures }: FiguresDecision) {
  // What is named twice is decided once.
  const asked = [...new Map(figures.map((one) => [keyOf(one.region, one.indicatorId), one])).values()]
  for (const { region, indicatorId } of asked)
    if (!ctx.grants.allow('roadmap.coordinate', placeOfFigure(region, indicatorId)))
      throw new NotFound({ what: 'indicator' })
  await lockPlaces(
    tx,
    roadmapId,
    asked.map(({ region }) => ({ region: { code: region } })),
  )
  const indicators = await listIndicators(tx, roadmapId)
  const wanted = new Set(asked.map(({ indicatorId }) => indicatorId))
  const rhythms = new Set(indicators.filter(({ id }) => wanted.has(id)).map(({ periodicity }) => periodicity))
  const known = new Map<string, RegionFigure & { periodicity: Periodicity }>()
  for (const periodicity of rhythms) {
    const { figures } = await periodOverview(tx, ctx, roadmapId, { period, periodicity })
    for (const figure of figures) known.set(keyOf(figure.region.code, figure.indicator.id), { ...figure, periodicity })
  }
  const found = asked.map((one) => ({ one, figure: known.get(keyOf(one.region, one.indicatorId)) }))
  const stale = found.flatMap(({ one, figure }) => (figure && isStale(figure, one) ? [figure] : []))
  refuse(stale)
  return found.map(({ figure }) => {
    if (!figure) throw new NotFound({ what: 'indicator' })
    return figure
  })
}

const keyOf = (region: string, indicatorId: string): string => `${region} ${indicatorId}`
const isStale = (figure: RegionFigure, { version }: Versioned): boolean => figure.version !== version

const titleOf = ({ indicator, region }: RegionFigure): string => `${indicator.title}, ${region.name}`

function refuse(figures: readonly RegionFigure[]): void {
  if (figures.length > 0) throw new FiguresDecidedAlready({ titles: figures.slice(0, 5).map(titleOf) })
}

/** The country first, then regions in the order of their codes, as everywhere. */
async function lockPlaces(tx: Tx, roadmapId: string, figures: readonly { region: { code: string } }[]): Promise<void> {
  const regions = [...new Set(figures.map(({ region }) => region.code))]
  if (regions.includes(wholeCountry)) await lockRoadmap(tx, roadmapId)
  await lockRegions(tx, roadmapId, regions)
}

const keysOf = (figures: readonly RegionFigure[], period: string) =>
  figures.map(({ indicator, region }) => ({ indicatorId: indicator.id, region: region.code, period }))

const changesOf = (
  figures: readonly RegionFigure[],
  { period, field, reason }: { period: string; field: 'confirmed' | 'returned'; reason: string | null },
) =>
  figures.map(({ indicator, region, version, fact }) => ({
    indicatorId: indicator.id,
    region: region.code,
    period,
    version: version + 1,
    field,
    old: null,
    new: fact,
    reason,
  }))
