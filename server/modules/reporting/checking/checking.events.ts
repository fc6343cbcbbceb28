import type { EventHandlers } from '../../../kernel/outbox/index.ts'
import { notePeersDue } from './hints.queries.ts'

/** What similar organisations have is worked out anew when one more report is accepted. */
export const checkingHandlers: EventHandlers = {
  'report.accepted': async (tx, { reportId }) => {
    await notePeersDue(tx, reportId)
  },
}
