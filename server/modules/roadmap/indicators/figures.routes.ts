import {
  CleanConfirmation,
  ConfirmationList,
  ConfirmationQuery,
  FigureHistory,
  FigureHistoryQuery,
  FiguresChange,
  FiguresDecided,
  FiguresDecision,
  FiguresQuery,
  FiguresReturn,
  FigureTable,
  IndicatorSeries,
  PeriodQuery,
  Publication,
  SeriesQuery,
} from '../../../../contracts/indicators.ts'
import { routes } from '../../../kernel/http/index.ts'
import { confirmClean, confirmFigures, returnFigures, viewConfirmation } from './confirmation.ts'
import { saveFigures } from './entering.ts'
import { viewFigures } from './figures.ts'
import { viewFigureHistory } from './history.ts'
import { publishPeriod, viewPublication } from './publication.ts'
import { viewSeries } from './series.ts'

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
  .get(
    '/{id}/figures/series',
    {
      needs: 'roadmap.read',
      summary: 'Показатель региона по периодам',
      query: SeriesQuery,
      replies: IndicatorSeries,
    },
    (ctx, { id }, query) => viewSeries(ctx, id, query),
  )
  .get(
    '/{id}/figures/confirmation',
    {
      needs: 'roadmap.coordinate',
      summary: 'Показатели всех регионов за период: состояния и предупреждения',
      query: ConfirmationQuery,
      replies: ConfirmationList,
    },
    (ctx, { id }, query) => viewConfirmation(ctx, id, query),
  )
  .put(
    '/{id}/figures/confirmation',
    {
      needs: 'roadmap.coordinate',
      summary: 'Подтвердить показатели',
      body: FiguresDecision,
      replies: FiguresDecided,
    },
    (ctx, { id }, decision) => confirmFigures(ctx, id, decision),
  )
  .put(
    '/{id}/figures/clean-confirmation',
    {
      needs: 'roadmap.coordinate',
      summary: 'Подтвердить все внесённые за период показатели без предупреждений',
      body: CleanConfirmation,
      replies: FiguresDecided,
    },
    (ctx, { id }, asked) => confirmClean(ctx, id, asked),
  )
  .put(
    '/{id}/figures/return',
    {
      needs: 'roadmap.coordinate',
      summary: 'Вернуть показатели региону с причиной',
      body: FiguresReturn,
      replies: FiguresDecided,
    },
    (ctx, { id }, decision) => returnFigures(ctx, id, decision),
  )
  .get(
    '/{id}/figures/publication',
    {
      needs: 'roadmap.manage',
      summary: 'Что будет опубликовано за период и чего не хватает',
      query: PeriodQuery,
      replies: Publication,
    },
    (ctx, { id }, query) => viewPublication(ctx, id, query),
  )
  .put(
    '/{id}/figures/publication',
    {
      needs: 'roadmap.manage',
      summary: 'Опубликовать подтверждённые показатели за период',
      body: CleanConfirmation,
      replies: Publication,
    },
    (ctx, { id }, asked) => publishPeriod(ctx, id, asked),
  )
