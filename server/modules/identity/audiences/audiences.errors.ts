import { errorsOf } from '../../../kernel/errors/index.ts'
import { audiencesPhrases } from './audiences.phrases.ts'

const error = errorsOf(audiencesPhrases)

export const MailDomainFree = error('mail-domain-free', 422)
export const MailDomainNotListed = error('mail-domain-not-listed', 422)
export const DomainListed = error('domain-listed', 409)
/** After the change nobody could manage the system, or not the one who is changing it. */
export const LocksAdministratorsOut = error('locks-administrators-out', 409)
export const LocksYouOut = error('locks-you-out', 409)
