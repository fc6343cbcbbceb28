import {
  Comparison,
  ComparisonQuery,
  Course,
  CourseQuery,
  comparedRegions,
  LateList,
  LateQuery,
  ReminderAsked,
  ReminderOutcome,
  RoadmapBoard,
  RoadmapBoardQuery,
} from '../../../../contracts/roadmap-board.ts'
import { routes } from '../../../kernel/http/index.ts'
import { viewBoard } from './board.ts'
import { viewComparison } from './comparison.ts'
import { viewCourse } from './course.ts'
import { viewLate } from './late.ts'
import { remind, remindOfFigures } from './reminders/reminders.ts'

const FigureReminder = ReminderAsked.pick({ regions: true, words: true })

export const boardRoutes = routes('/roadmaps')
  .get(
    '/{id}/board',
    {
      needs: 'roadmap.coordinate',
      summary: 'Сводка координатора: регионы и мероприятия шаблона, состояние каждого, итоги',
      query: RoadmapBoardQuery,
      replies: RoadmapBoard,
    },
    (ctx, { id }, query) => viewBoard(ctx, id, query),
  )
  .get(
    '/{id}/board/late',
    {
      needs: 'roadmap.coordinate',
      summary: 'Просроченные мероприятия: последний отчёт, открытые замечания, что держит',
      query: LateQuery,
      replies: LateList,
    },
    (ctx, { id }, query) => viewLate(ctx, id, query),
  )
  .get(
    '/{id}/board/course',
    {
      needs: 'roadmap.coordinate',
      summary: 'Ход плана по месяцам: по плану, выполнено, просрочено',
      query: CourseQuery,
      replies: Course,
    },
    (ctx, { id }, query) => viewCourse(ctx, id, query),
  )
  .get(
    '/{id}/board/comparison',
    {
      needs: 'roadmap.coordinate',
      summary: 'Регионы рядом: состояния, доли по месяцам, показатели, различия',
      query: ComparisonQuery,
      replies: Comparison,
    },
    (ctx, { id }, query) => viewComparison(ctx, id, comparedRegions(query)),
  )
  .post(
    '/{id}/board/reminders',
    {
      needs: 'roadmap.coordinate',
      summary: 'Напомнить о просроченном операторам регионов и их помощникам: о мероприятии раз в день',
      body: ReminderAsked,
      replies: ReminderOutcome,
    },
    (ctx, { id }, asked) => remind(ctx, id, asked),
  )
  .post(
    '/{id}/board/figure-reminders',
    {
      needs: 'roadmap.coordinate',
      summary: 'Напомнить ввести показатели за закончившийся период: о каждом раз в день',
      body: FigureReminder,
      replies: ReminderOutcome,
    },
    (ctx, { id }, asked) => remindOfFigures(ctx, id, asked),
  )
