import {
  FigureHistoryQuery,
  FiguresQuery,
  type FigureTable,
  type Periodicity,
  periodicities,
  SeriesQuery,
} from '../../../../contracts/indicators.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { accessRoadmap, placeOfCountry } from '../roadmaps/roadmaps.access.ts'
import { saveFigures } from './entering.ts'
import { FiguresForm, tableAddress } from './figures.form.ts'
import { FiguresPage } from './figures.page.tsx'
import { viewFigures } from './figures.ts'
import { HistoryPage } from './history.page.tsx'
import { viewFigureHistory } from './history.ts'
import { listFigurePlaces } from './indicators.access.ts'
import { listIndicators } from './indicators.queries.ts'
import { dayIn, periodsBetween } from './periods.ts'
import { SeriesPage } from './series.page.tsx'
import { viewSeries } from './series.ts'

export const figuresPages = pages('/roadmaps')
  .get('/{id}/indicators', { needs: 'roadmap.read', query: TableQuery() }, async (ctx, { id }, query) =>
    tablePage(ctx, id, await viewFigures(ctx, id, query)),
  )
  .post(
    '/{id}/indicators',
    {
      // Figures of the whole country are entered by the coordinator: the action decides.
      needs: 'roadmap.read',
      form: FiguresForm,
      again: async (ctx, { id }, failure) => {
        const { region, period, periodicity } = TableQuery().parse(failure.values)
        return tablePage(ctx, id, await viewFigures(ctx, id, { region, period, periodicity }), failure)
      },
    },
    async (ctx, { id }, { periodicity: _rhythm, ...change }) =>
      seeOther(tableAddress(await saveFigures(ctx, id, change)), 'figures.saved'),
  )
  .get('/{id}/indicators/series', { needs: 'roadmap.read', query: SeriesQuery }, async (ctx, { id }, query) => (
    <SeriesPage ctx={ctx} roadmap={await accessRoadmap(ctx.db, ctx, id)} series={await viewSeries(ctx, id, query)} />
  ))
  .get('/{id}/indicators/history', { needs: 'roadmap.read', query: FigureHistoryQuery }, async (ctx, { id }, query) => (
    <HistoryPage
      ctx={ctx}
      roadmap={await accessRoadmap(ctx.db, ctx, id)}
      history={await viewFigureHistory(ctx, id, query)}
      query={query}
    />
  ))

/** The page opens on what it can when its address is not quite right. */
function TableQuery() {
  const { region, period, periodicity } = FiguresQuery.shape
  return FiguresQuery.extend({
    region: region.catch(undefined),
    period: period.catch(undefined),
    periodicity: periodicity.catch(undefined),
  })
}

async function tablePage(ctx: PageContext, id: string, table: FigureTable, failure?: FormFailure) {
  const roadmap = await accessRoadmap(ctx.db, ctx, id)
  const indicators = (await listIndicators(ctx.db, id)).filter(({ archivedAt }) => archivedAt === null)
  const rhythms = periodicities.filter((rhythm) => indicators.some(({ periodicity }) => periodicity === rhythm))
  const choices = {
    regions: await listFigurePlaces(ctx.db, ctx, id),
    periods: periodsOf(roadmap, table),
    rhythms: rhythms satisfies Periodicity[],
  }
  const more = {
    coordinates: ctx.grants.has('roadmap.coordinate'),
    manages: ctx.grants.allow('roadmap.manage', placeOfCountry),
  }
  return <FiguresPage ctx={ctx} roadmap={roadmap} table={table} choices={choices} more={more} failure={failure} />
}

/** From the beginning of the roadmap to the current period; the one that is shown in any case. */
function periodsOf(roadmap: { startsOn: string; timeZone: string }, { periodicity, period }: FigureTable): string[] {
  const all = periodsBetween(periodicity, roadmap.startsOn, dayIn(roadmap.timeZone))
  return all.includes(period) ? all : [...all, period].toSorted().toReversed()
}
