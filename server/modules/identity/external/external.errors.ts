import { errorsOf } from '../../../kernel/errors/index.ts'
import { externalPhrases } from './external.phrases.ts'

const error = errorsOf(externalPhrases)

/** The same for a state that is unknown, used, too old, or another browser's. */
export const ExternalSignInDead = error('external-sign-in-dead', 410)
