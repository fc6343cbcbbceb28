import type { EventHandlers } from '../../../kernel/outbox/index.ts'
import { joinCampaigns } from './campaigns.ts'
import { sendNudges } from './reminders.ts'

declare module '../../../kernel/outbox/outbox.ts' {
  interface Events {
    'campaign.reminded': { campaignId: string }
  }
}

/** Requisites by which an audience chooses. */
const telling = ['kind', 'level', 'parentId', 'higherId', 'regionCode']
const tells = (fields: readonly string[]): boolean => telling.some((field) => fields.includes(field))

/** Whoever comes into the registry, or changes in it, gets the reports of the campaigns that ask for it. */
export const campaignHandlers: EventHandlers = {
  // Whoever reminds by hand expects it to go out now, not with the next regular look.
  'campaign.reminded': (tx) => sendNudges(tx),
  'organisation.added': (tx, { organisationId }) => joinCampaigns(tx, [organisationId]),
  // An import adds hundreds at once.
  'organisations.added': (tx, { organisationIds }) => joinCampaigns(tx, organisationIds),
  'organisation.changed': async (tx, { organisationId, fields }) => {
    if (tells(fields)) await joinCampaigns(tx, [organisationId])
  },
  'organisations.changed': async (tx, { organisationIds, fields }) => {
    if (tells(fields)) await joinCampaigns(tx, organisationIds)
  },
}
