import { z } from 'zod'
import {
  ChangesQuery,
  Measure,
  MeasureChange,
  MeasureChanges,
  MeasureDecision,
  MeasureMove,
  NewMeasure,
  OrganisationWords,
  Plan,
  PlanQuery,
  ResponsibleChange,
} from '../../../../contracts/measures.ts'
import { routes } from '../../../kernel/http/index.ts'
import { addMeasure, changeMeasure, changeResponsible } from './changing.ts'
import { cancelMeasure, moveMeasure, removeMeasure, restoreMeasure } from './deciding.ts'
import { viewChanges, viewMeasure } from './measures.ts'
import { suggestOrganisations } from './organisations.ts'
import { viewPlan } from './plan.ts'

export const planRoutes = routes('/roadmaps')
  .get(
    '/{id}/plan',
    {
      needs: 'roadmap.read',
      summary: 'План мероприятий региона или шаблон плана',
      query: PlanQuery,
      replies: Plan,
    },
    (ctx, { id }, query) => viewPlan(ctx, id, query),
  )
  // The template and a region's own additions need different permissions: the action asks for the right one.
  .post(
    '/{id}/plan',
    {
      needs: 'roadmap.read',
      summary: 'Добавить мероприятие в шаблон плана или своё — в план региона',
      body: NewMeasure,
      replies: Measure,
      status: 201,
    },
    (ctx, { id }, measure) => addMeasure(ctx, id, measure),
  )

export const measureRoutes = routes('/measures')
  .get(
    '/organisations',
    {
      needs: 'roadmap.read',
      summary: 'Организации реестра по началу названия или ИНН, для выбора ответственной',
      query: z.object({ q: z.string().trim().max(200).default('') }),
      replies: OrganisationWords,
    },
    (ctx, _, { q }) => suggestOrganisations(ctx, q),
  )
  .get('/{id}', { needs: 'roadmap.read', summary: 'Мероприятие', replies: Measure }, (ctx, { id }) =>
    viewMeasure(ctx, id),
  )
  .put(
    '/{id}',
    { needs: 'roadmap.read', summary: 'Изменить мероприятие шаблона или своё', body: MeasureChange, replies: Measure },
    (ctx, { id }, change) => changeMeasure(ctx, id, change),
  )
  .delete(
    '/{id}',
    { needs: 'roadmap.read', summary: 'Удалить мероприятие, по которому ещё не отчитывались' },
    (ctx, { id }) => removeMeasure(ctx, id),
  )
  .put(
    '/{id}/responsible',
    { needs: 'plan.edit', summary: 'Назначить ответственных в регионе', body: ResponsibleChange, replies: Measure },
    (ctx, { id }, change) => changeResponsible(ctx, id, change),
  )
  .put(
    '/{id}/cancellation',
    { needs: 'roadmap.read', summary: 'Отменить мероприятие', body: MeasureDecision, replies: Measure },
    (ctx, { id }, decision) => cancelMeasure(ctx, id, decision),
  )
  .put(
    '/{id}/restoration',
    { needs: 'roadmap.read', summary: 'Вернуть отменённое мероприятие', body: MeasureDecision, replies: Measure },
    (ctx, { id }, decision) => restoreMeasure(ctx, id, decision),
  )
  .put(
    '/{id}/place',
    { needs: 'roadmap.read', summary: 'Передвинуть мероприятие в разделе', body: MeasureMove },
    (ctx, { id }, move) => moveMeasure(ctx, id, move),
  )
  .get(
    '/{id}/changes',
    { needs: 'roadmap.read', summary: 'История мероприятия', query: ChangesQuery, replies: MeasureChanges },
    (ctx, { id }, { page }) => viewChanges(ctx, id, page),
  )
