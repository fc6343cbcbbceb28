import { errorsOf } from '../../../kernel/errors/index.ts'
import { stepsPhrases } from './steps.phrases.ts'

const error = errorsOf(stepsPhrases)

export const AccountBlocked = error('account-blocked', 403)
export const AccountErasing = error('account-erasing', 403)
export const AccountWaits = error('account-waits', 403)
export const AccountRefused = error('account-refused', 403)
export const DoorClosed = error('door-closed', 403)
export const TemporaryPasswordExpired = error('temporary-password-expired', 403)
