import type { Endpoint } from '../../../kernel/http/index.ts'
import { heatMapPages } from './board.pages.tsx'
import { latePages } from './late.pages.tsx'
import { remindersPages } from './reminders/reminders.pages.tsx'

export const boardPages: Endpoint[] = [...heatMapPages.endpoints, ...latePages.endpoints, ...remindersPages.endpoints]
