/** Who is told when an import of organisations has come to its end, or cannot go on: the person who has begun it. */
import type { EventHandlers } from '../../kernel/outbox/index.ts'
import { findEndedImport } from '../organisations/index.ts'
import { importEnded } from './import.letters.ts'
import { tell } from './messages.ts'

export const importHandlers: EventHandlers = {
  'organisations.import-ended': async (tx, { importId, outcome }, eventId) => {
    const ended = await findEndedImport(tx, importId)
    // By the event: one that was stopped twice is told of twice.
    if (ended) await tell(tx, { ...importEnded(ended, outcome), accountId: ended.createdBy, uniqueKey: eventId })
  },
}
