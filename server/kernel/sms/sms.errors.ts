import { errorsOf } from '../errors/index.ts'
import { smsPhrases } from './sms.phrases.ts'

const error = errorsOf(smsPhrases)

export const SmsNotSet = error('sms-not-set', 503)
/** A day's limit, of the installation or of this number: SMS cost money. */
export const SmsSpent = error('sms-spent', 429)
