import type { Endpoint } from '../../kernel/http/index.ts'
import { boardRoutes } from './board/board.routes.ts'
import { definitionsRoutes } from './indicators/definitions.routes.ts'
import { figuresRoutes } from './indicators/figures.routes.ts'
import { planExchangeRoutes } from './plans/exchange/exchange.routes.ts'
import { measureRoutes, planRoutes } from './plans/plans.routes.ts'
import { progressRoutes } from './plans/progress/progress.routes.ts'
import { roadmapsRoutes } from './roadmaps/roadmaps.routes.ts'

export const roadmapRoutes: Endpoint[] = [
  ...roadmapsRoutes.endpoints,
  ...planRoutes.endpoints,
  ...planExchangeRoutes.endpoints,
  ...measureRoutes.endpoints,
  ...boardRoutes.endpoints,
  ...figuresRoutes.endpoints,
  ...definitionsRoutes.endpoints,
  ...progressRoutes.endpoints,
]
