import { RoadmapBoard, RoadmapBoardQuery } from '../../../../contracts/roadmap-board.ts'
import { routes } from '../../../kernel/http/index.ts'
import { viewBoard } from './board.ts'

export const boardRoutes = routes('/roadmaps').get(
  '/{id}/board',
  {
    needs: 'roadmap.coordinate',
    summary: 'Сводка координатора: регионы и мероприятия шаблона, состояние каждого, итоги',
    query: RoadmapBoardQuery,
    replies: RoadmapBoard,
  },
  (ctx, { id }, query) => viewBoard(ctx, id, query),
)
