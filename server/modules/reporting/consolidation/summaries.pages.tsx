import { z } from 'zod'
import { ConsolidationQuery, NewSummary } from '../../../../contracts/consolidation.ts'
import { MarkedData, MarkedPage, pages, seeOther } from '../../../kernel/http/index.ts'
import { viewConsolidation } from './consolidation.ts'
import {
  publishSummary,
  removeSummary,
  saveSummary,
  unpublishSummary,
  viewPublished,
  viewSummaries,
  viewSummary,
} from './summaries.ts'
import { NewSummaryPage, PublishedPage, SummariesPage, SummaryPage } from './summary.page.tsx'

const PublicKey = z.string().regex(/^[0-9a-f]{32}$/)

export const summaryPages = pages('/summaries')
  .get('/', { needs: 'report.read' }, async (ctx) => <SummariesPage ctx={ctx} summaries={await viewSummaries(ctx)} />)
  .get('/new', { needs: 'report.read', query: ConsolidationQuery }, async (ctx, _, query) => (
    <NewSummaryPage ctx={ctx} view={await viewConsolidation(ctx, query)} />
  ))
  .post(
    '/',
    {
      needs: 'report.read',
      form: NewSummary,
      again: async (ctx, _, failure) => (
        <NewSummaryPage
          ctx={ctx}
          view={await viewConsolidation(ctx, ConsolidationQuery.safeParse(failure.values).data ?? { states: 'sent' })}
          failure={failure}
        />
      ),
    },
    async (ctx, _, summary) => seeOther(`/summaries/${await saveSummary(ctx, summary)}`, 'summary.saved'),
  )
  .get('/{id}', { needs: 'report.read' }, async (ctx, { id }) => (
    <SummaryPage ctx={ctx} {...(await viewSummary(ctx, id))} />
  ))
  .post('/{id}/publication', { needs: 'report.read' }, async (ctx, { id }) => {
    await publishSummary(ctx, id)
    return seeOther(`/summaries/${id}`, 'summary.published')
  })
  .post('/{id}/unpublication', { needs: 'report.read' }, async (ctx, { id }) => {
    await unpublishSummary(ctx, id)
    return seeOther(`/summaries/${id}`, 'summary.unpublished')
  })
  .post('/{id}/removal', { needs: 'report.read' }, async (ctx, { id }) => {
    await removeSummary(ctx, id)
    return seeOther('/summaries', 'summary.removed')
  })

export const publicSummaryPages = pages('/public/summaries')
  .get(
    '/{key}',
    { needs: 'public', params: { key: PublicKey } },
    async (ctx, { key }) =>
      new MarkedPage(
        <PublishedPage ctx={ctx} summary={await viewPublished(ctx, key)} dataHref={`/public/summaries/${key}/data`} />,
      ),
  )
  .get(
    '/{key}/data',
    { needs: 'public', params: { key: PublicKey } },
    async (ctx, { key }) => new MarkedData(await viewPublished(ctx, key)),
  )
