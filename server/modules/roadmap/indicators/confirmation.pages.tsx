import { z } from 'zod'
import {
  CleanConfirmation,
  ConfirmationQuery,
  FiguresReturn,
  figuresOnPage,
  PeriodQuery,
} from '../../../../contracts/indicators.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import { type PageContext, pages, seeOther, validated } from '../../../kernel/http/index.ts'
import { accessRoadmap, listOwnRegions, placeOfCountry } from '../roadmaps/roadmaps.access.ts'
import { ConfirmationPage, confirmationAddress } from './confirmation.page.tsx'
import { confirmClean, confirmFigures, returnFigures, viewConfirmation } from './confirmation.ts'
import { country } from './indicators.access.ts'
import { listIndicators } from './indicators.queries.ts'
import { dayIn, periodsBetween } from './periods.ts'
import { PublicationPage } from './publication.page.tsx'
import { publishPeriod, viewPublication } from './publication.ts'

/** An empty choice of a filter is none. */
const emptied = z.preprocess((value) => (value === '' ? undefined : value), PeriodQuery.shape.period)
const PageQuery = ConfirmationQuery.extend({ period: emptied.catch(undefined) })
const PeriodPageQuery = PeriodQuery.extend({ period: emptied.catch(undefined) })

/** What the page was narrowed to; of what was spoilt on the way nothing. */
const shownBefore = <Q extends z.ZodType>(query: Q, { values }: { values: unknown }): z.output<Q> =>
  query.safeParse(values).data ?? query.parse({})

/** Chosen rows as «id|version|region», with what is done to them. */
const Decision = PageQuery.extend({
  period: CleanConfirmation.shape.period,
  periodicity: CleanConfirmation.shape.periodicity,
  pick: z
    .preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string()))
    .refine((picked) => picked.length > 0, 'Отметьте показатели в таблице'),
  do: z.enum(['confirm', 'return']),
  reason: z.string().optional(),
})

export const confirmationPages = pages('/roadmaps')
  .get('/{id}/indicators/confirmation', { needs: 'roadmap.coordinate', query: PageQuery }, (ctx, { id }, query) =>
    listPage(ctx, id, query),
  )
  .post(
    '/{id}/indicators/decisions',
    {
      needs: 'roadmap.coordinate',
      form: Decision,
      again: (ctx, { id }, failure) => listPage(ctx, id, shownBefore(PageQuery, failure), failure),
    },
    async (ctx, { id }, { pick, do: what, reason, ...query }) => {
      const figures = chosenOf(pick, what)
      if (what === 'confirm') await confirmFigures(ctx, id, { period: query.period, figures })
      else await returnFigures(ctx, id, validated(FiguresReturn, { period: query.period, figures, reason }))
      return seeOther(confirmationAddress(id, query), what === 'confirm' ? 'figures.confirmed' : 'figures.returned')
    },
  )
  .post(
    '/{id}/indicators/clean-confirmation',
    {
      needs: 'roadmap.coordinate',
      form: CleanConfirmation,
      again: (ctx, { id }, failure) => listPage(ctx, id, shownBefore(PageQuery, failure), failure),
    },
    async (ctx, { id }, asked) => {
      await confirmClean(ctx, id, asked)
      return seeOther(confirmationAddress(id, { ...asked, page: 1 }), 'figures.confirmed')
    },
  )
  .get('/{id}/indicators/publication', { needs: 'roadmap.manage', query: PeriodPageQuery }, (ctx, { id }, query) =>
    publicationPage(ctx, id, query),
  )
  .post(
    '/{id}/indicators/publication',
    {
      needs: 'roadmap.manage',
      form: CleanConfirmation,
      again: (ctx, { id }, failure) => publicationPage(ctx, id, shownBefore(PeriodPageQuery, failure), failure.message),
    },
    async (ctx, { id }, asked) => {
      await publishPeriod(ctx, id, asked)
      return seeOther(`/roadmaps/${id}/indicators/publication?${new URLSearchParams(asked)}`, 'figures.published')
    },
  )

/**
 * Rows that the person saw as nothing to decide about are left aside, so that all of a page may be ticked at once.
 * @throws InvalidInput 422 when there are no others
 */
function chosenOf(picks: readonly string[], what: 'confirm' | 'return') {
  const figures = picks.flatMap((row) => {
    const [indicatorId = '', version = '', region = '', decidable = '', there = ''] = row.split('|')
    const fits = what === 'confirm' ? decidable !== '' : there !== ''
    return fits ? [{ indicatorId, region, version: Number(version) }] : []
  })
  if (figures.length > 0) return figures
  const text = what === 'confirm' ? 'Среди отмеченных нет внесённых показателей' : 'Среди отмеченных возвращать нечего'
  throw new InvalidInput({ fields: [{ field: 'pick', code: 'pick', text }] })
}

type Failed = { message: string | undefined; values: Record<string, string>; problems: { text: string }[] }

async function listPage(ctx: PageContext, id: string, asked: z.output<typeof PageQuery>, failure?: Failed) {
  const query = ConfirmationQuery.parse(asked)
  const list = await viewConfirmation(ctx, id, query)
  const roadmap = await accessRoadmap(ctx.db, ctx, id)
  const indicators = (await listIndicators(ctx.db, id)).filter(
    ({ periodicity, archivedAt }) => periodicity === list.periodicity && archivedAt === null,
  )
  const regions = await listOwnRegions(ctx.db, ctx, id, 'roadmap.coordinate')
  const choices = {
    regions: indicators.some(({ level }) => level === 'country') ? [...regions, country] : regions,
    periods: periodsBetween(list.periodicity, roadmap.startsOn, dayIn(roadmap.timeZone)),
    rhythms: [],
    indicators,
  }
  const page = Math.min(query.page, Math.max(1, Math.ceil(list.total / figuresOnPage)))
  const said = failure && { values: failure.values, message: failure.problems[0]?.text ?? failure.message }
  return (
    <ConfirmationPage
      ctx={ctx}
      roadmap={roadmap}
      list={list}
      query={{ ...query, page, period: list.period, periodicity: list.periodicity }}
      choices={choices}
      manages={ctx.grants.allow('roadmap.manage', placeOfCountry)}
      failure={said}
    />
  )
}

async function publicationPage(ctx: PageContext, id: string, query: PeriodQuery, message?: string) {
  const publication = await viewPublication(ctx, id, query)
  const roadmap = await accessRoadmap(ctx.db, ctx, id)
  const periods = periodsBetween(publication.periodicity, roadmap.startsOn, dayIn(roadmap.timeZone))
  return <PublicationPage ctx={ctx} roadmap={roadmap} publication={publication} periods={periods} message={message} />
}
