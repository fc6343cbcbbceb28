import { errorsOf } from '../../../kernel/errors/index.ts'
import { plansPhrases } from './plans.phrases.ts'

const error = errorsOf(plansPhrases)

export const MeasureOfTemplate = error('measure.of-template', 409)
export const NoResponsible = error('measure.no-responsible', 409)
/** Somebody else has changed it since it was read. */
export const MeasureChanged = error('measure.changed', 409)
export const MeasureCancelled = error('measure.cancelled', 409)
export const MeasureNotCancelled = error('measure.not-cancelled', 409)
export const MeasureReported = error('measure.reported', 409)
