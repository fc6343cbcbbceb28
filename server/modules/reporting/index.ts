/**
 * Reporting: statistical forms and their versions, campaigns, reports with cells and their history, checks, sending and
 * decisions, comments and attachments (manual 2, section 3). What forms mean is the engine's; here stands who may fill,
 * send and decide, and what is kept of it.
 */
import type { Room } from '../../kernel/room.ts'
import { joinCampaigns } from './campaigns/campaigns.ts'
import { lookAfterCampaigns } from './campaigns/regularly.ts'
import { substitutionBlock } from './campaigns/substitutions.pages.tsx'
import { termExtension } from './campaigns/term-extension.ts'
import { termLetterSamples } from './campaigns/terms.letters.ts'
import { notePeersDue } from './checking/hints.queries.ts'
import { workOutDuePeers } from './checking/peers.ts'
import { reportingPages } from './reporting.pages.ts'
import { notices, phrases } from './reporting.phrases.ts'
import { reportingRoutes } from './reporting.routes.ts'
import { dueBlock, organisationBlock, waitingBlock } from './reports/blocks.tsx'
import { nextSteps } from './reports/next-steps.ts'
import './reporting.tables.ts'
import './decisions/decisions.tables.ts'
import './exchange/exchange.tables.ts'
import { dropOldImports } from './exchange/exchange.queries.ts'
import './checking/checking.tables.ts'
import './presence/presence.tables.ts'
import './pulls/pulls.tables.ts'
import './designer/designer.tables.ts'
import { reportingLetterSamples } from './decisions/report.letters.ts'
import './consolidation/consolidation.tables.ts'
import { foldReport, foldWanted } from './consolidation/folding.ts'
import { placeStanding } from './decisions/levels.ts'
import { countUnaccepted } from './decisions/return.queries.ts'
import { returnForEditing } from './decisions/return-for-editing.ts'
import { handlers } from './decisions/telling.ts'
import { dropOldPresence } from './presence/presence.queries.ts'

export { openCampaignFor } from './campaigns/campaigns.ts'
export { configureTerms } from './campaigns/reminders.ts'
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
  letterSamples: async () => [...(await reportingLetterSamples()), ...termLetterSamples()],
  handlers: {
    ...handlers,
    'report.sent': async (tx, event, eventId) => {
      await handlers['report.sent']?.(tx, event, eventId)
      await foldReport(tx, event.reportId)
    },
    'report.refused': async (tx, event, eventId) => {
      await handlers['report.refused']?.(tx, event, eventId)
      await foldReport(tx, event.reportId)
    },
    'report.accepted': async (tx, event, eventId) => {
      await handlers['report.accepted']?.(tx, event, eventId)
      await foldReport(tx, event.reportId)
      await notePeersDue(tx, event.reportId)
    },
    'organisation.added': (tx, { organisationId }) => joinCampaigns(tx, [organisationId]),
    // An import adds hundreds at once.
    'organisations.added': (tx, { organisationIds }) => joinCampaigns(tx, organisationIds),
    'organisation.changed': async (tx, { organisationId, fields }) => {
      if (!['kind', 'level', 'parentId', 'higherId', 'regionCode'].some((field) => fields.includes(field))) return
      await joinCampaigns(tx, [organisationId])
      await placeStanding(tx, [organisationId])
    },
    'organisations.changed': async (tx, { organisationIds, fields }) => {
      if (!['kind', 'level', 'regionCode'].some((field) => fields.includes(field))) return
      await joinCampaigns(tx, organisationIds)
      await placeStanding(tx, organisationIds)
    },
  },
  sections: [
    { text: 'Отчёты', href: '/reports', needs: 'report.read', order: 20 },
    { text: 'Сборы', href: '/campaigns', needs: 'campaign.read', order: 19 },
    { text: 'Свод', href: '/consolidation', needs: 'report.read', order: 25, also: ['/summaries'] },
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
