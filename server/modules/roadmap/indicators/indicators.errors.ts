import { errorsOf } from '../../../kernel/errors/index.ts'
import { phrases } from './indicators.phrases.ts'

const error = errorsOf(phrases)

export const FiguresChanged = error('figures.changed', 409)
