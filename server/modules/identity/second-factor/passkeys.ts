/** One's own passkeys: added, seen, removed in the profile. */
import type { AddedFactor, NewPasskey, Proof } from '../../../../contracts/second-factor.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { deviceOf } from '../sign-in/device.ts'
import { lockAccount } from './factors.queries.ts'
import { admitSetUp, factorAdded, factorRemoved } from './factors.ts'
import { insertChallenge, insertPasskey, listPasskeys, removePasskeyRow, takeChallenge } from './passkeys.queries.ts'
import { proven } from './proof.ts'
import { PasskeyKnown, PasskeyRefused, TooManyPasskeys } from './second-factor.errors.ts'
import { sendFactorLetter } from './second-factor.letters.ts'
import { challengeMinutes, registrationOptions, verifiedRegistration } from './webauthn.ts'

const mostPasskeys = 20

/**
 * What the browser is to ask a new key. Who gets it has proved itself again: a key is a way in of its own.
 * @throws ProofRefused 422, TooManyPasskeys 409
 */
export const askForPasskey = (ctx: Context, proof: Proof) =>
  proven(ctx, proof, async (tx) => {
    const known = await listPasskeys(tx, ctx.account.id)
    if (known.length >= mostPasskeys) throw new TooManyPasskeys()
    const options = await registrationOptions(ctx, ctx.account, known)
    const { sessionId } = ctx.signedIn
    const asked = {
      purpose: 'registration',
      challenge: options.challenge,
      sessionId,
      minutes: challengeMinutes,
    } as const
    return { id: await insertChallenge(tx, asked), options: { ...options } }
  })

/**
 * @throws PasskeyRefused 422 when the answer is not to a question of this session, or is false; PasskeyKnown 409
 */
export async function addPasskey(ctx: Context, { challenge, credential, name }: NewPasskey): Promise<AddedFactor> {
  const asked = await takeChallenge(ctx.db, challenge, 'registration', ctx.signedIn.sessionId)
  if (!asked) throw new PasskeyRefused()
  const verified = await verifiedRegistration(ctx, asked.challenge, credential)
  const called = name || deviceOf(ctx.userAgent)
  return transaction(ctx, async (tx) => {
    await admitSetUp(tx, ctx)
    const inserted = await insertPasskey(tx, {
      accountId: ctx.account.id,
      credentialId: verified.credential.id,
      publicKey: Buffer.from(verified.credential.publicKey),
      counter: verified.credential.counter,
      transports: credential.response.transports ?? [],
      name: called,
      backedUp: verified.credentialBackedUp,
    })
    if (!inserted) throw new PasskeyKnown()
    await sendFactorLetter(tx, ctx, 'passkey-added', called)
    return factorAdded(tx, ctx, 'passkey')
  })
}

/** @throws NotFound 404, LastFactor 409, ProofRefused 422 */
export const removePasskey = (ctx: Context, id: string, proof: Proof): Promise<void> =>
  proven(ctx, proof, async (tx) => {
    await lockAccount(tx, ctx.account.id)
    const removed = await removePasskeyRow(tx, ctx.account.id, id)
    if (!removed) throw new NotFound({ what: 'passkey' })
    await sendFactorLetter(tx, ctx, 'passkey-removed', removed.name)
    await factorRemoved(tx, ctx, 'passkey')
  })

/** @throws NotFound 404 */
export async function getOwnPasskey(ctx: Context, id: string) {
  const passkey = (await listPasskeys(ctx.db, ctx.account.id)).find((own) => own.id === id)
  if (!passkey) throw new NotFound({ what: 'passkey' })
  return passkey
}
