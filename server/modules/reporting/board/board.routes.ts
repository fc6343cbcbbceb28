import { z } from 'zod'
import {
  Board,
  BoardQuery,
  BulkAcceptance,
  BulkRefusal,
  BulkReportsOutcome,
  Extension,
  ReportIds,
} from '../../../../contracts/campaigns.ts'
import { routes } from '../../../kernel/http/index.ts'
import { extendTerms } from '../campaigns/extensions.ts'
import { acceptMany, refuseMany, remindMany, viewBoard } from './board.ts'

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
      body: BulkAcceptance,
      replies: BulkReportsOutcome,
    },
    (ctx, _, acceptance) => acceptMany(ctx, acceptance),
  )
  .post(
    '/{id}/refusals',
    {
      needs: 'report.decide',
      summary: 'Вернуть несколько отчётов с одной причиной; о каждом, который не возвращён, сказано почему',
      body: BulkRefusal,
      replies: BulkReportsOutcome,
    },
    (ctx, _, refusal) => refuseMany(ctx, refusal),
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
