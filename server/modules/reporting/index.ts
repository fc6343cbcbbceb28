/**
 * Reporting (manual 2, section 3), a folder for each noun: forms and the designer of their drafts; campaigns and the
 * board; reports, their cells, pulled cells, checking, presence, discussion, comparison, exchange as files; decisions by
 * levels; consolidation of all of it. What forms mean is the engine's; here stands who may do what, and what is kept.
 */
import { joinHandlers } from '../../kernel/outbox/index.ts'
import type { Room } from '../../kernel/room.ts'
import { campaignHandlers } from './campaigns/campaigns.events.ts'
import { lookAfterCampaigns } from './campaigns/regularly.ts'
import { substitutionBlock } from './campaigns/substitutions.pages.tsx'
import { termExtension } from './campaigns/term-extension.ts'
import { termLetterSamples } from './campaigns/terms.letters.ts'
import { checkingHandlers } from './checking/checking.events.ts'
import { workOutDuePeers } from './checking/peers.ts'
import { consolidationHandlers } from './consolidation/consolidation.events.ts'
import { foldWanted } from './consolidation/folding.ts'
import { decisionHandlers } from './decisions/decisions.events.ts'
import { reportingLetterSamples } from './decisions/report.letters.ts'
import { countUnaccepted } from './decisions/return.queries.ts'
import { returnForEditing } from './decisions/return-for-editing.ts'
import { tellingHandlers } from './decisions/telling.ts'
import { deeds } from './deeds.ts'
import { dropOldImports } from './exchange/exchange.queries.ts'
import { dropOldPresence } from './presence/presence.queries.ts'
import { reportingPages } from './reporting.pages.ts'
import { notices, phrases } from './reporting.phrases.ts'
import { reportingRoutes } from './reporting.routes.ts'
import { dueBlock, organisationBlock, waitingBlock } from './reports/blocks.tsx'
import { nextSteps } from './reports/next-steps.ts'
import './reporting.tables.ts'
import './decisions/decisions.tables.ts'
import './exchange/exchange.tables.ts'
import './checking/checking.tables.ts'
import './presence/presence.tables.ts'
import './pulls/pulls.tables.ts'
import './designer/designer.tables.ts'
import './consolidation/consolidation.tables.ts'

export { openCampaignFor } from './campaigns/campaigns.ts'
export { configureTerms } from './campaigns/reminders.ts'
export { problemOfCell, totalOfCell } from './consolidation/cell-totals.ts'
export { formAsFile, publishFromFile } from './forms/form-files.ts'
export { publishOwnForm } from './forms/forms.ts'
export { examined, type FormFormat, formatOf, templateText } from './forms/template-files.ts'
export { type PlantedReport, plantReport } from './planting.ts'

/** What may be asked for about reports, in the service of applications. */
export const applicationTypes = [returnForEditing, termExtension]

export const reportingRoom: Room = {
  name: 'reporting',
  endpoints: [...reportingRoutes, ...reportingPages],
  phrases,
  notices,
  deeds,
  letterSamples: async () => [...(await reportingLetterSamples()), ...termLetterSamples()],
  // Campaigns first: who decides over a report is asked once it is there.
  handlers: joinHandlers([
    campaignHandlers,
    decisionHandlers,
    tellingHandlers,
    consolidationHandlers,
    checkingHandlers,
  ]),
  sections: [
    { text: 'Отчёты', href: '/reports', needs: 'report.read', order: 20 },
    { text: 'Сборы', href: '/campaigns', needs: 'campaign.read', order: 19 },
    { text: 'Свод', href: '/consolidation', needs: 'report.read', order: 25, also: ['/summaries'], aside: true },
    { text: 'Формы', href: '/forms', needs: 'form.manage', order: 60, aside: true },
  ],
  regularly: async (db) => {
    await foldWanted(db)
    await lookAfterCampaigns(db)
    await workOutDuePeers(db)
    await dropOldImports(db)
    await dropOldPresence(db)
  },
  cabinetBlocks: [dueBlock, waitingBlock],
  nextSteps,
  organisationBlocks: [organisationBlock, substitutionBlock],
  organisationTies: async (db, organisationId) => {
    const count = await countUnaccepted(db, organisationId)
    return count === 0 ? [] : [`Не сдано или не принято отчётов: ${count}`]
  },
}
