/** Publication of a period: what is confirmed becomes what everybody sees. */
import type { CleanConfirmation, PeriodQuery, Publication } from '../../../../contracts/indicators.ts'
import { transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { accessRoadmapToManage } from '../roadmaps/roadmaps.access.ts'
import { lockRoadmap } from '../roadmaps/roadmaps.queries.ts'
import { countryFigure } from './country.ts'
import { lockAllRegions } from './figures.queries.ts'
import { refusePeriod } from './figures.ts'
import { NothingToPublish } from './indicators.errors.ts'
import { type IndicatorRow, listIndicators } from './indicators.queries.ts'
import { type PeriodOverview, periodOverview, type RegionFigure } from './overview.ts'
import { dayIn, periodName } from './periods.ts'
import { findPublication, listPublishedFrom, publishConfirmed, writePublication } from './publication.queries.ts'
import { publishWorkedOut } from './worked-out.ts'

declare module '../../../kernel/outbox/outbox.ts' {
  interface Events {
    'figures.published': { roadmapId: string; periodicity: string; period: string }
  }
}

/** What would be published now, and what is missing. @throws NotFound 404, Forbidden 403 */
export async function viewPublication(ctx: Context, roadmapId: string, query: PeriodQuery): Promise<Publication> {
  await accessRoadmapToManage(ctx.db, ctx, roadmapId)
  const overview = await periodOverview(ctx.db, ctx, roadmapId, query)
  const { periodicity, period, indicators } = overview
  const publication = await findPublication(ctx.db, roadmapId, periodicity, period)
  const shown = new Set(overview.figures.map(({ indicator }) => indicator.id))
  return {
    periodicity,
    period,
    periodName: periodName(periodicity, period),
    publishedAt: publication?.publishedAt.toISOString() ?? null,
    indicators: indicators.filter(({ id }) => shown.has(id)).map((indicator) => readinessOf(indicator, overview)),
  }
}

function readinessOf(indicator: IndicatorRow, { figures }: PeriodOverview): Publication['indicators'][number] {
  const own = figures.filter((figure) => figure.indicator.id === indicator.id)
  const named = (...states: RegionFigure['state'][]) =>
    own.filter(({ state }) => states.includes(state)).map(({ region }) => region.name)
  const weights = new Map(
    figures
      .filter((figure) => figure.indicator.id === indicator.weightId)
      .map((figure) => [figure.region.code, figure]),
  )
  return {
    id: indicator.id,
    title: indicator.title,
    unit: indicator.unit,
    source: indicator.source,
    ready: named('confirmed').length,
    published: named('published').length,
    unconfirmed: named('entered'),
    missing: named('none', 'returned'),
    country: countryFigure(
      indicator,
      own.flatMap((figure) => {
        const value = willBe(figure)
        const weight = weights.get(figure.region.code)
        return value === null ? [] : [{ value, weight: weight ? willBe(weight) : null }]
      }),
    ),
  }
}

/** What will stand published: the confirmed figure, else the one that was published before. */
const willBe = ({ state, fact, publishedFact }: RegionFigure): string | null =>
  state === 'confirmed' || state === 'published' ? fact : publishedFact

/**
 * Publishes all that is confirmed in the period; what is not stays as it was published before, or unseen.
 * @throws NothingToPublish 409 when nothing is new
 */
export async function publishPeriod(ctx: Context, roadmapId: string, asked: CleanConfirmation): Promise<Publication> {
  const { periodicity, period } = asked
  await transaction(ctx, async (tx) => {
    const roadmap = await accessRoadmapToManage(tx, ctx, roadmapId)
    refusePeriod(periodicity, period, dayIn(roadmap.timeZone))
    await lockRoadmap(tx, roadmapId)
    await lockAllRegions(tx, roadmapId)
    const indicators = (await listIndicators(tx, roadmapId)).filter((one) => one.periodicity === periodicity)
    const indicatorIds = indicators.map(({ id }) => id)
    const count = await publishConfirmed(tx, { indicatorIds, period, by: ctx.account.id })
    if (count === 0) throw new NothingToPublish()
    await writePublication(tx, { roadmapId, periodicity, period, by: ctx.account.id })
    await publishWorkedOut(tx, roadmapId, await listPublishedFrom(tx, { roadmapId, periodicity, period }))
    journal(tx, ctx, 'figures.published', { kind: 'roadmap', id: roadmapId }, { periodicity, period, figures: count })
    await publish(tx, 'figures.published', { roadmapId, periodicity, period })
  })
  return viewPublication(ctx, roadmapId, asked)
}
