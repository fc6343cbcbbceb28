import type { Endpoint } from '../../kernel/http/index.ts'
import { roadmapsRoutes } from './roadmaps/roadmaps.routes.ts'

export const roadmapRoutes: Endpoint[] = [...roadmapsRoutes.endpoints]
