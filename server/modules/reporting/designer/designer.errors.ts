import { errorsOf } from '../../../kernel/errors/index.ts'
import { designerPhrases } from './designer.phrases.ts'

const error = errorsOf(designerPhrases)

export const DraftChanged = error('draft.changed', 409)
export const DraftClosed = error('draft.closed', 409)
export const BadLine = error('draft.bad-line', 422)
export const NoSuchPart = error('draft.no-part', 404)
export const DraftFileMissing = error('draft.file-missing', 422)
export const DraftFileUnreadable = error('draft.unreadable', 422)
export const NoTablesInBook = error('draft.no-tables', 422)
export const NothingTaken = error('draft.nothing-taken', 422)
export const NothingToTake = error('draft.nothing-to-take', 409)
