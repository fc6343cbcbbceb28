import { z } from 'zod'
import {
  Behind,
  BehindQuery,
  Consolidation,
  ConsolidationQuery,
  NewCorrection,
  Withdrawal,
} from '../../../../contracts/consolidation.ts'
import { routes } from '../../../kernel/http/index.ts'
import { shownConsolidation, viewBehind } from './consolidation.ts'
import { correctTotal, withdrawCorrection } from './corrections.ts'

export const consolidationRoutes = routes('/consolidation')
  .get(
    '/',
    {
      needs: 'report.read',
      summary: 'Свод: итоги формы по территории',
      query: ConsolidationQuery,
      replies: Consolidation,
    },
    (ctx, _, query) => shownConsolidation(ctx, query),
  )
  .get(
    '/cell',
    { needs: 'report.read', summary: 'Из чего сложилось число свода', query: BehindQuery, replies: Behind },
    async (ctx, _, query) => (await viewBehind(ctx, query)).behind,
  )
  .post(
    '/corrections',
    {
      needs: 'report.decide',
      summary: 'Исправить число свода',
      body: NewCorrection,
      replies: z.object({ id: z.uuid() }),
      status: 201,
    },
    (ctx, _, correction) => correctTotal(ctx, correction),
  )
  .put(
    '/corrections/{id}/withdrawal',
    { needs: 'report.decide', summary: 'Отменить исправление свода', body: Withdrawal },
    (ctx, { id }, withdrawal) => withdrawCorrection(ctx, id, withdrawal),
  )
