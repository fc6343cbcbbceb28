import {
  FigureHistory,
  FigureHistoryQuery,
  FiguresChange,
  FiguresQuery,
  FigureTable,
} from '../../../../contracts/indicators.ts'
import { routes } from '../../../kernel/http/index.ts'
import { saveFigures } from './entering.ts'
import { viewFigures } from './figures.ts'
import { viewFigureHistory } from './history.ts'

export const figuresRoutes = routes('/roadmaps')
  .get(
    '/{id}/figures',
    {
      needs: 'roadmap.read',
      summary: 'Показатели региона за период; region=* — вся страна',
      query: FiguresQuery,
      replies: FigureTable,
    },
    (ctx, { id }, query) => viewFigures(ctx, id, query),
  )
  .put(
    '/{id}/figures',
    {
      // Figures of the whole country are entered by the coordinator: the action decides.
      needs: 'roadmap.read',
      summary: 'Внести или исправить показатели региона за период',
      body: FiguresChange,
      replies: FigureTable,
    },
    (ctx, { id }, change) => saveFigures(ctx, id, change),
  )
  .get(
    '/{id}/figures/history',
    {
      needs: 'roadmap.read',
      summary: 'Кто, когда и почему менял показатель региона',
      query: FigureHistoryQuery,
      replies: FigureHistory,
    },
    (ctx, { id }, query) => viewFigureHistory(ctx, id, query),
  )
