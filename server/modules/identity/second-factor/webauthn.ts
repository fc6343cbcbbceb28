/**
 * Passkeys on the wire (WebAuthn 3): what the browser is asked, and whether its answer is true. The names that an answer
 * is bound to come from the configured address of the portal alone, whatever a request says of itself.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { AssertedCredential, RegisteredCredential } from '../../../../contracts/second-factor.ts'
import { PasskeyRefused } from './second-factor.errors.ts'

/** Loaded when the first key comes: it would slow every start of the program by a third of a second. */
const library = () => import('@simplewebauthn/server')

/** To find the key, and to touch it. */
export const challengeMinutes = 5

/** EdDSA, ES256, RS256: every authenticator has one of them, and every Node verifies them. */
const algorithms = [-8, -7, -257]

type Portal = { baseUrl: string }
const originOf = ({ baseUrl }: Portal): string => new URL(baseUrl).origin
const rpIdOf = ({ baseUrl }: Portal): string => new URL(baseUrl).hostname

type Known = { credentialId: string; transports: string[] }
const described = ({ credentialId, transports }: Known) => ({ id: credentialId, transports })

/** The person is named inside the key by the account's id, so that the key alone tells who comes. */
export const registrationOptions = async (
  portal: Portal,
  account: { id: string; email: string | null; surname: string; name: string },
  known: readonly Known[],
) =>
  (await library()).generateRegistrationOptions({
    rpName: 'Личный кабинет',
    rpID: rpIdOf(portal),
    userID: new Uint8Array(Buffer.from(account.id)),
    userName: account.email ?? `${account.surname} ${account.name}`,
    userDisplayName: `${account.surname} ${account.name}`,
    supportedAlgorithmIDs: algorithms,
    timeout: challengeMinutes * 60_000,
    attestationType: 'none',
    excludeCredentials: known.map(described),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })

/** @param known of one person; without it the browser offers every key that it has for this portal */
export const assertionOptions = async (portal: Portal, known?: readonly Known[]) =>
  (await library()).generateAuthenticationOptions({
    rpID: rpIdOf(portal),
    timeout: challengeMinutes * 60_000,
    userVerification: 'required',
    ...(known ? { allowCredentials: known.map(described) } : {}),
  })

/** @throws PasskeyRefused 422 */
export async function verifiedRegistration(portal: Portal, challenge: string, credential: RegisteredCredential) {
  const { verifyRegistrationResponse } = await library()
  const { verified, registrationInfo } = await refusedWhenFalse(() =>
    verifyRegistrationResponse({
      // as: the contract has looked at the same fields; only optional ones may be undefined in it
      response: credential as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: originOf(portal),
      expectedRPID: rpIdOf(portal),
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }),
  )
  if (!verified || !registrationInfo) throw new PasskeyRefused()
  return registrationInfo
}

export type StoredKey = { credentialId: string; publicKey: Buffer }

/**
 * Says nothing of the counter: going back is told apart from an answer that is false, and is journalled.
 * @throws PasskeyRefused 422
 */
export async function verifiedAssertion(
  portal: Portal,
  challenge: string,
  credential: AssertedCredential,
  key: StoredKey,
) {
  const { verifyAuthenticationResponse } = await library()
  const { verified, authenticationInfo } = await refusedWhenFalse(() =>
    verifyAuthenticationResponse({
      // as: the contract has looked at the same fields; only optional ones may be undefined in it
      response: credential as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: originOf(portal),
      expectedRPID: rpIdOf(portal),
      credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: 0 },
      requireUserVerification: true,
    }),
  )
  if (!verified) throw new PasskeyRefused()
  return authenticationInfo
}

/** The library throws an error of its own for each thing that may be wrong; the caller learns only that it is. */
async function refusedWhenFalse<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify()
  } catch (error) {
    throw new PasskeyRefused(undefined, { cause: error })
  }
}
