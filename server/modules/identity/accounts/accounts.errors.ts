import { errorsOf } from '../../../kernel/errors/index.ts'
import { accountsPhrases } from './accounts.phrases.ts'

const error = errorsOf(accountsPhrases)

export const OwnAccount = error('accounts.own-account', 409)
export const AccountAboveYours = error('accounts.above-yours', 403)
export const LastAdministrator = error('accounts.last-administrator', 409)
export const BlockedAlready = error('accounts.blocked-already', 409)
export const NotBlocked = error('accounts.not-blocked', 409)
export const EmailConfirmedAlready = error('accounts.email-confirmed', 409)
export const NoFactor = error('accounts.no-factor', 409)
export const ResetWaits = error('accounts.reset-waits', 409)
export const OwnConsent = error('accounts.own-consent', 409)
export const GrantHeld = error('accounts.grant-held', 409)
export const GrantNotYours = error('accounts.grant-not-yours', 403)
export const ImportUnreadable = error('accounts.import-unreadable', 422)
export const ImportTooLarge = error('accounts.import-too-large', 413)
export const ImportEmpty = error('accounts.import-empty', 422)
export const ImportHeader = error('accounts.import-header', 422)
export const ImportConfirmed = error('accounts.import-confirmed', 409)
export const ImportNothing = error('accounts.import-nothing', 409)
