import { z } from 'zod'
import { Board, BoardQuery, BulkReportsOutcome, Extension, ReportIds } from '../../../../contracts/campaigns.ts'
import { routes } from '../../../kernel/http/index.ts'
import { extendTerms } from '../campaigns/extensions.ts'
import { acceptMany, remindMany, viewBoard } from './board.ts'

export const boardRoutes = routes('/campaigns')
  .get(
    '/{id}/board',
    { needs: 'campaign.read', summary: 'Ход сбора: по территориям и по дням', replies: Board },
    (ctx, { id }) => viewBoard(ctx, id),
  )
  .post(
    '/{id}/acceptances',
    {
      needs: 'report.decide',
      summary: 'Принять несколько отчётов; о каждом, который не принят, сказано почему',
      body: ReportIds,
      replies: BulkReportsOutcome,
    },
    (ctx, _, { reports }) => acceptMany(ctx, reports),
  )
  .post(
    '/{id}/reminders',
    {
      needs: 'report.decide',
      summary: 'Напомнить о сроке: выбранным или всем, кто не отправил',
      body: ReportIds.partial(),
      replies: z.object({ reminded: z.int() }),
    },
    async (ctx, { id }, { reports }) => ({
      reminded: await remindMany(ctx, id, { query: BoardQuery.parse({}), ...(reports && { ids: reports }) }),
    }),
  )
  .post(
    '/{id}/extensions',
    { needs: 'report.decide', summary: 'Продлить срок нескольким отчётам', body: Extension },
    (ctx, _, extension) => extendTerms(ctx, extension),
  )
