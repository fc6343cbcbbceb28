import { errorsOf } from '../../../kernel/errors/index.ts'
import { helpersPhrases } from './helpers.phrases.ts'

const error = errorsOf(helpersPhrases)

export const HelperLendsNothing = error('helper-lends-nothing', 422)
