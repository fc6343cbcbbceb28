import type { EventHandlers } from '../../../kernel/outbox/index.ts'
import { foldReport } from './folding.ts'

/** Totals follow what is sent and decided. */
export const consolidationHandlers: EventHandlers = {
  'report.sent': (tx, { reportId }) => foldReport(tx, reportId),
  'report.refused': (tx, { reportId }) => foldReport(tx, reportId),
  'report.accepted': (tx, { reportId }) => foldReport(tx, reportId),
}
