import { errorsOf } from '../../kernel/errors/index.ts'
import { phrases } from './identity.phrases.ts'

const error = errorsOf(phrases)

/** The same for an unknown login and for a wrong password. */
export const WrongCredentials = error('wrong-credentials', 401)
/** Told only to who knows the password; `ticket` lets the letter be sent again. */
export const EmailNotConfirmed = error('email-not-confirmed', 403)
export const UserNameTaken = error('user-name-taken', 409)
/** Told to administrators; a registration never says so. */
export const EmailTaken = error('email-taken', 409)
export const LinkUsed = error('link-used', 409)
export const LinkDead = error('link-dead', 410)
export const ResetLinkDead = error('reset-link-dead', 410)
