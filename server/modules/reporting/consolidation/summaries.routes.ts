import { z } from 'zod'
import { NewSummary, type Summary, SummaryList, SummaryWithTable } from '../../../../contracts/consolidation.ts'
import { type Context, routes } from '../../../kernel/http/index.ts'
import type { SummaryRow } from './summaries.queries.ts'
import {
  publishSummary,
  removeSummary,
  saveSummary,
  unpublishSummary,
  viewSummaries,
  viewSummary,
} from './summaries.ts'

export const summaryRoutes = routes('/summaries')
  .get(
    '/',
    { needs: 'report.read', summary: 'Сводки: свои и те, которыми поделились', replies: SummaryList },
    async (ctx) => ({
      summaries: (await viewSummaries(ctx)).map((row) => shown(ctx, row)),
    }),
  )
  .post(
    '/',
    {
      needs: 'report.read',
      summary: 'Сохранить сводку',
      body: NewSummary,
      replies: z.object({ id: z.uuid() }),
      status: 201,
    },
    async (ctx, _, summary) => ({ id: await saveSummary(ctx, summary) }),
  )
  .get(
    '/{id}',
    { needs: 'report.read', summary: 'Сводка с числами на этот момент', replies: SummaryWithTable },
    async (ctx, { id }) => {
      const { summary, table } = await viewSummary(ctx, id)
      return {
        ...shown(ctx, summary),
        territory: table.place,
        asOf: table.asOf,
        columns: table.columns,
        rows: table.rows,
      }
    },
  )
  .put(
    '/{id}/publication',
    {
      needs: 'report.read',
      summary: 'Опубликовать сводку такой, какая она сейчас',
      replies: z.object({ publicKey: z.string() }),
    },
    async (ctx, { id }) => ({ publicKey: await publishSummary(ctx, id) }),
  )
  .delete('/{id}/publication', { needs: 'report.read', summary: 'Снять сводку с публикации' }, (ctx, { id }) =>
    unpublishSummary(ctx, id),
  )
  .delete('/{id}', { needs: 'report.read', summary: 'Удалить сводку' }, (ctx, { id }) => removeSummary(ctx, id))

const shown = ({ account }: Context, { id, name, formCode, ownerId, publicKey, publishedAt }: SummaryRow): Summary => ({
  id,
  name,
  form: formCode,
  mine: ownerId === account.id,
  publicKey,
  publishedAt: publishedAt?.toISOString() ?? null,
})
