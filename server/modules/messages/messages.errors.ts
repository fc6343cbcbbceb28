import { errorsOf } from '../../kernel/errors/index.ts'
import { phrases } from './messages.phrases.ts'

const error = errorsOf(phrases)

export const KindUnknown = error('messages.kind-unknown', 422)
export const KindAlways = error('messages.kind-always', 422)
export const DeviceWrong = error('messages.device-wrong', 422)
