import { Measure, Plan, PlanQuery } from '../../../../contracts/measures.ts'
import { routes } from '../../../kernel/http/index.ts'
import { viewMeasure } from './measures.ts'
import { viewPlan } from './plan.ts'

export const planRoutes = routes('/roadmaps').get(
  '/{id}/plan',
  {
    needs: 'roadmap.read',
    summary: 'План мероприятий региона или шаблон плана',
    query: PlanQuery,
    replies: Plan,
  },
  (ctx, { id }, query) => viewPlan(ctx, id, query),
)

export const measureRoutes = routes('/measures').get(
  '/{id}',
  { needs: 'roadmap.read', summary: 'Мероприятие', replies: Measure },
  (ctx, { id }) => viewMeasure(ctx, id),
)
