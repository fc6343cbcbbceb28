import { type AppError, errorsOf } from '../../../kernel/errors/index.ts'
import { esiaPhrases } from './esia.phrases.ts'

const error = errorsOf(esiaPhrases)

export const EsiaOff = error('esia-off', 404)
export const EsiaUnconfirmed = error('esia-unconfirmed', 403)
/** No answer, a late one, or one larger than any that is right. */
export const EsiaUnavailable = error('esia-unavailable', 502)
/** An answer that is not what ЕСИА says it sends, or not signed by it; never told to the person what exactly. */
export const EsiaUnreadable = error('esia-unreadable', 502)
export const EsiaStaff = error('esia-staff', 403)
export const EsiaAccountExists = error('esia-account-exists', 409)
export const EsiaNotTied = error('esia-not-tied', 403)
export const EsiaOtherPerson = error('esia-other-person', 409)
export const EsiaAlreadyTied = error('esia-already-tied', 409)
export const EsiaTaken = error('esia-taken', 409)
export const EsiaNotAllowed = error('esia-not-allowed', 403)
export const EsiaOnlyDoor = error('esia-only-door', 409)
export const EsiaNothingTied = error('esia-nothing-tied', 404)
export const EsiaNoRefresh = error('esia-no-refresh', 409)

/** ЕСИА's own codes, which it sends back instead of a person. */
const byNumber = new Map([
  ['007003', error('esia-parameter', 502)],
  ['007004', error('esia-denied', 403)],
  ['007011', error('esia-code-dead', 410)],
  ['007015', error('esia-time', 502)],
  ['007023', error('esia-redirect', 502)],
  ['007053', error('esia-secret', 502)],
  ['007055', EsiaUnconfirmed],
  ['007194', error('esia-not-employee', 403)],
])
const EsiaRefused = error('esia-refused', 502)

/** @param description «ESIA-007014: …» */
export function refusalOfEsia(description: string): AppError {
  const [, number = ''] = /ESIA-(\d{6})/.exec(description) ?? []
  return new (byNumber.get(number) ?? EsiaRefused)()
}
