import { z } from 'zod'
import { PlanQuery } from '../../../../../contracts/measures.ts'
import { largestPlanFile, PlanFile, PlanImport, PlanImportApplication } from '../../../../../contracts/plan-exchange.ts'
import { routes } from '../../../../kernel/http/index.ts'
import { applyPlanImport, givePlan, viewPlanImport } from './imports.ts'
import { exportPlan } from './plan-files.ts'

export const planExchangeRoutes = routes('/roadmaps')
  .get(
    '/{id}/plan/export',
    {
      needs: 'roadmap.read',
      summary: 'План мероприятий файлом',
      query: PlanQuery.extend({ format: z.enum(['xlsx', 'csv', 'pdf']).catch('xlsx') }),
    },
    (ctx, { id }, query) => exportPlan(ctx, id, query),
  )
  .post(
    '/{id}/plan/imports',
    {
      needs: 'roadmap.read',
      summary: 'Загрузить план таблицей: показывает, что понято, план не меняется',
      body: PlanFile,
      multipart: true,
      largest: largestPlanFile + 1_100_000,
      replies: PlanImport,
      status: 201,
    },
    async (ctx, { id }, given) => viewPlanImport(ctx, id, await givePlan(ctx, id, given)),
  )
  .get(
    '/{id}/plan/imports/{importId}',
    { needs: 'roadmap.read', summary: 'Что понято из таблицы плана', replies: PlanImport },
    (ctx, { id, importId }) => viewPlanImport(ctx, id, importId),
  )
  .put(
    '/{id}/plan/imports/{importId}/application',
    {
      needs: 'roadmap.read',
      summary: 'Внести таблицу в план',
      body: PlanImportApplication,
      replies: z.object({ applied: z.int() }),
    },
    async (ctx, { id, importId }, choice) => ({ applied: await applyPlanImport(ctx, id, importId, choice) }),
  )
