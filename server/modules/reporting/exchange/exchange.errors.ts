import { errorsOf } from '../../../kernel/errors/index.ts'
import { exchangePhrases } from './exchange.phrases.ts'

const error = errorsOf(exchangePhrases)

export const FileUnreadable = error('exchange.unreadable', 422)
export const AlreadyEntered = error('exchange.already-entered', 409)
export const NothingToEnter = error('exchange.nothing', 409)
