import { errorsOf } from '../../../../kernel/errors/index.ts'
import { planExchangePhrases } from './exchange.phrases.ts'

const error = errorsOf(planExchangePhrases)

export const TableUnreadable = error('plan.unreadable-table', 422)
export const ImportApplied = error('plan.import-applied', 409)
export const NothingToApply = error('plan.nothing-to-apply', 409)
