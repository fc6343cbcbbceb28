import { errorsOf } from '../../../kernel/errors/index.ts'
import { secondFactorPhrases } from './second-factor.phrases.ts'

const error = errorsOf(secondFactorPhrases)

/** The same for a wrong code, one that was used, and a way that the person does not have. */
export const WrongFactorCode = error('wrong-factor-code', 422)
/** The same for an unknown key, a removed one, another's, and an answer that does not verify. */
export const PasskeyRefused = error('passkey-refused', 422)
export const ProofRefused = error('proof-refused', 422)
/** Who has a factor must pass it: setting up another one is no way around it. */
export const FactorStepOver = error('factor-step-over', 409)
export const SetUpExpired = error('set-up-expired', 409)
export const AuthenticatorMissing = error('authenticator-missing', 404)
export const LastFactor = error('last-factor', 409)
export const PhoneNotConfirmed = error('phone-not-confirmed', 409)
export const SmsCodesOff = error('sms-codes-off', 404)
export const PasskeyKnown = error('passkey-known', 409)
export const TooManyPasskeys = error('too-many-passkeys', 409)
