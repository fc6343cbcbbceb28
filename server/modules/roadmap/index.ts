/**
 * Monitoring of a roadmap (manual 1), a folder for each noun: roadmaps with their regions and sections, plans of
 * measures, indicators with their figures, the map, the landing page that everybody sees, the coordinator's board.
 */
import { joinHandlers } from '../../kernel/outbox/index.ts'
import type { Room } from '../../kernel/room.ts'
import { reminderLetterSamples } from './board/reminders/reminders.letters.ts'
import { reminderHandlers } from './board/reminders/reminders.ts'
import { figuresLetterSamples } from './indicators/figures.letters.ts'
import { figureHandlers } from './indicators/telling.ts'
import { openRoadmapLinks } from './landing/landing.ts'
import { deeds, lendableParts } from './lending.ts'
import { exportOwn } from './own-data.queries.ts'
import { dropOldImports } from './plans/exchange/exchange.queries.ts'
import { measureLetterSamples } from './plans/measure.letters.ts'
import { progressLetterSamples } from './plans/progress/progress.letters.ts'
import { remindOfMeasures } from './plans/progress/terms.ts'
import { planHandlers } from './plans/telling.ts'
import { roadmapPages } from './roadmap.pages.ts'
import { notices, phrases } from './roadmap.phrases.ts'
import { roadmapRoutes } from './roadmap.routes.ts'
import './roadmap.tables.ts'
import { organisationBlock, organisationTies, toDoBlock } from './roadmaps/blocks.tsx'
import { nextSteps } from './roadmaps/next-steps.ts'

export { configureFigures } from './indicators/pulling.ts'
export { drawnCountry } from './landing/outlines.ts'
export { type PlantedRoadmap, plantRoadmap } from './planting.ts'

export const roadmapRoom: Room = {
  name: 'roadmap',
  endpoints: [...roadmapRoutes, ...roadmapPages],
  phrases,
  notices,
  lendableParts,
  deeds,
  exportOwn,
  handlers: joinHandlers([planHandlers, reminderHandlers, figureHandlers]),
  frontLinks: openRoadmapLinks,
  cabinetBlocks: [toDoBlock],
  nextSteps,
  organisationBlocks: [organisationBlock],
  organisationTies,
  letterSamples: async () => [
    ...measureLetterSamples(),
    ...progressLetterSamples(),
    ...reminderLetterSamples(),
    ...figuresLetterSamples(),
  ],
  regularly: async (db) => {
    await remindOfMeasures(db)
    await dropOldImports(db)
  },
  sections: [{ text: 'Дорожная карта', href: '/roadmaps', needs: 'roadmap.read', order: 30, also: ['/measures'] }],
}
