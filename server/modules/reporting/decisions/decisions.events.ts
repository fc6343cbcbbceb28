import type { EventHandlers } from '../../../kernel/outbox/index.ts'
import { placeStanding } from './levels.ts'

/** What an organisation stands under: who decides its reports follows from it. */
const places = ['kind', 'level', 'parentId', 'higherId', 'regionCode']
const moves = (fields: readonly string[]): boolean => places.some((field) => fields.includes(field))

/** Reports that wait for a decision go on waiting with those who decide now. */
export const decisionHandlers: EventHandlers = {
  'organisation.changed': async (tx, { organisationId, fields }) => {
    if (moves(fields)) await placeStanding(tx, [organisationId])
  },
  'organisations.changed': async (tx, { organisationIds, fields }) => {
    if (moves(fields)) await placeStanding(tx, organisationIds)
  },
}
