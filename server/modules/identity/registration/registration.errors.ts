import { errorsOf } from '../../../kernel/errors/index.ts'
import { registrationPhrases } from './registration.phrases.ts'

const error = errorsOf(registrationPhrases)

/** The rule of the audience lets nobody register by itself. */
export const RegistrationClosed = error('registration-closed', 403)
/** Another operator was quicker, or the registration never waited. */
export const ApprovalDecided = error('approval-decided', 409)
