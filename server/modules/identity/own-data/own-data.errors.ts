import { errorsOf } from '../../../kernel/errors/index.ts'
import { ownDataPhrases } from './own-data.phrases.ts'

const error = errorsOf(ownDataPhrases)

export const MustHandOver = error('identity.must-hand-over', 409)
export const ErasureLinkDead = error('identity.erasure-link-dead', 410)
