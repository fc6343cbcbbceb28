import { errorsOf } from './errors.ts'
import { kernelPhrases } from './kernel.phrases.ts'

const error = errorsOf(kernelPhrases)

/** Also for what exists outside one's scope: a stranger must not learn that it exists. */
export const NotFound = error('not-found', 404)
export const ServiceOff = error('service-off', 404)
export const Forbidden = error('forbidden', 403)
export const SignInNeeded = error('sign-in-needed', 401)
/** The same for a token that is wrong, expired or revoked, and for one whose person's account is closed. */
export const TokenRefused = error('token-refused', 401)
/** Of what is the person's own a program is not let in to. */
export const NotByToken = error('not-by-token', 403)
export const OwnNotByToken = error('own-not-by-token', 403)
/** Signed in, but a step on the way to a full session is still to be done. */
export const StepNeeded = error('step-needed', 403)
export const SessionEnded = error('session-ended', 409)
export const StaleVersion = error('stale-version', 409)
export const FormExpired = error('form-expired', 403)
export const ForeignOrigin = error('foreign-origin', 403)
export const InvalidInput = error('invalid-input', 422)
export const UnreadableBody = error('unreadable-body', 400)
export const BodyTooLarge = error('body-too-large', 413)
export const TooManyRequests = error('too-many-requests', 429)
export const AlreadyRunning = error('already-running', 409)
export const KeyReused = error('key-reused', 422)
export const Busy = error('busy', 503)
export const NoConnection = error('no-connection', 503)
/** The store of files is out of reach or refuses; why is in the log. */
export const FilesUnavailable = error('files-unavailable', 503)
export const Bug = error('bug', 500)
