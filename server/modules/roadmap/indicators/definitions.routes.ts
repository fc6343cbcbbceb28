import {
  IndicatorChange,
  IndicatorDefinition,
  IndicatorDefinitions,
  IndicatorFields,
} from '../../../../contracts/indicator-definitions.ts'
import { routes } from '../../../kernel/http/index.ts'
import { addIndicator, archiveIndicator, changeIndicator, viewDefinitions } from './definitions.ts'

export const definitionsRoutes = routes('/roadmaps')
  .get(
    '/{id}/indicators',
    { needs: 'roadmap.read', summary: 'Показатели дорожной карты', replies: IndicatorDefinitions },
    (ctx, { id }) => viewDefinitions(ctx, id),
  )
  .post(
    '/{id}/indicators',
    {
      needs: 'roadmap.manage',
      summary: 'Добавить показатель',
      body: IndicatorFields,
      replies: IndicatorDefinition,
      status: 201,
    },
    (ctx, { id }, fields) => addIndicator(ctx, id, fields),
  )
  .put(
    '/{id}/indicators/{indicatorId}',
    {
      needs: 'roadmap.manage',
      summary: 'Изменить показатель',
      body: IndicatorChange,
      replies: IndicatorDefinition,
    },
    (ctx, { id, indicatorId }, change) => changeIndicator(ctx, id, indicatorId, change),
  )
  .put(
    '/{id}/indicators/{indicatorId}/archive',
    { needs: 'roadmap.manage', summary: 'Убрать показатель в архив', replies: IndicatorDefinition },
    (ctx, { id, indicatorId }) => archiveIndicator(ctx, id, indicatorId, true),
  )
  .delete(
    '/{id}/indicators/{indicatorId}/archive',
    { needs: 'roadmap.manage', summary: 'Вернуть показатель из архива', replies: IndicatorDefinition },
    (ctx, { id, indicatorId }) => archiveIndicator(ctx, id, indicatorId, false),
  )
