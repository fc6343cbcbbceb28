import { RoadmapList } from '../../../../contracts/roadmaps.ts'
import { routes } from '../../../kernel/http/index.ts'
import { viewRoadmaps } from './roadmaps.ts'

export const roadmapsRoutes = routes('/roadmaps').get(
  '/',
  { summary: 'Дорожные карты, с которыми работает человек', needs: 'roadmap.read', replies: RoadmapList },
  (ctx) => viewRoadmaps(ctx),
)
