import { errorsOf } from '../../../kernel/errors/index.ts'
import { domainsPhrases } from './domains.phrases.ts'

const error = errorsOf(domainsPhrases)

/** The same for an unknown login, a wrong password, and an account that the domain has closed for too many of them. */
export const DomainWrongCredentials = error('domain-wrong-credentials', 401)
/** The password was right. */
export const DomainRefused = error('domain-refused', 403)
export const DomainUnavailable = error('domain-unavailable', 503)
export const DomainIncomplete = error('domain-incomplete', 403)
export const DomainEmailKnown = error('domain-email-known', 409)
export const DomainTiedToAnother = error('domain-tied-to-another', 409)
export const DomainTiedAlready = error('domain-tied-already', 409)
export const DomainLastDoor = error('domain-last-door', 409)
export const DomainLoginUnknown = error('domain-login-unknown', 422)
export const ProviderRefused = error('provider-refused', 403)
