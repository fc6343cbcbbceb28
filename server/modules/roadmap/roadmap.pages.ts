import type { Endpoint } from '../../kernel/http/index.ts'
import { roadmapsPages } from './roadmaps/roadmaps.pages.tsx'

export const roadmapPages: Endpoint[] = [...roadmapsPages.endpoints]
