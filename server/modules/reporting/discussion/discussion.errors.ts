import { errorsOf } from '../../../kernel/errors/index.ts'
import { discussionPhrases } from './discussion.phrases.ts'

const error = errorsOf(discussionPhrases)

export const ThreadMissing = error('report.thread-missing', 404)
export const NotConcerned = error('report.not-concerned', 422)
export const UnknownKind = error('report.unknown-attachment-kind', 422)
export const AttachmentsMissing = error('report.attachments-missing', 422)
