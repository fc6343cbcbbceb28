import type { Endpoint } from '../../kernel/http/index.ts'
import { boardPages } from './board/pages.ts'
import { confirmationPages } from './indicators/confirmation.pages.tsx'
import { definitionsPages } from './indicators/definitions.pages.tsx'
import { figuresPages } from './indicators/figures.pages.tsx'
import { landingPages } from './landing/landing.pages.tsx'
import { measureEditingPages, planEditingPages } from './plans/editing.pages.tsx'
import { planExchangePages } from './plans/exchange/exchange.pages.tsx'
import { ganttPages } from './plans/gantt/gantt.page.tsx'
import { measurePages, planPages } from './plans/plans.pages.tsx'
import { progressPages } from './plans/progress/progress.pages.tsx'
import { roadmapsPages } from './roadmaps/roadmaps.pages.tsx'
import { settingsPages } from './roadmaps/settings.pages.tsx'

export const roadmapPages: Endpoint[] = [
  ...landingPages,
  ...settingsPages.endpoints,
  ...roadmapsPages.endpoints,
  ...ganttPages.endpoints,
  ...planExchangePages.endpoints,
  ...planPages.endpoints,
  ...measurePages.endpoints,
  ...boardPages,
  ...planEditingPages.endpoints,
  ...measureEditingPages.endpoints,
  ...figuresPages.endpoints,
  ...confirmationPages.endpoints,
  ...definitionsPages.endpoints,
  ...progressPages.endpoints,
]
