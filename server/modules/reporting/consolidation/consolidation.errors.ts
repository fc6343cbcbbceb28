import { errorsOf } from '../../../kernel/errors/index.ts'
import { consolidationPhrases } from './consolidation.phrases.ts'

const error = errorsOf(consolidationPhrases)

export const NoFormToConsolidate = error('consolidation.no-form', 404)
export const NoSuchPeriod = error('consolidation.no-period', 404)
export const NoSuchTotal = error('consolidation.no-cell', 404)
export const NotSummed = error('consolidation.not-summed', 422)
export const AlreadyWithdrawn = error('consolidation.withdrawn', 409)
export const SameNumber = error('consolidation.same', 422)
export const NotYourSummary = error('summary.not-yours', 403)
export const NoOnePlace = error('summary.no-place', 422)
export const TooFewToPublish = error('summary.too-few', 422)
