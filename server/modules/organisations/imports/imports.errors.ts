import { errorsOf } from '../../../kernel/errors/index.ts'
import { importsPhrases } from './imports.phrases.ts'

const error = errorsOf(importsPhrases)

export const ImportUnreadable = error('imports.unreadable', 422)
export const ImportWrongState = error('imports.wrong-state', 409)
export const NothingToImport = error('imports.nothing-to-do', 409)
