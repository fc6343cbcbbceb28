import { errorsOf } from '../../../kernel/errors/index.ts'
import { phrases } from './indicators.phrases.ts'

const error = errorsOf(phrases)

export const FiguresChanged = error('figures.changed', 409)
/** Another version, or a state from which there is no such step. */
export const FiguresDecidedAlready = error('figures.decided', 409)
export const FiguresUnexplained = error('figures.unexplained', 409)
export const NothingToPublish = error('figures.nothing-to-publish', 409)
export const IndicatorInUse = error('indicator.in-use', 409)
