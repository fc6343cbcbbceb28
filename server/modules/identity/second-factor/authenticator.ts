/** An authenticator application: set up by a picture, confirmed by its first code. */
import type { AddedFactor, Proof } from '../../../../contracts/second-factor.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { AppError } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { advance } from '../steps/enter.ts'
import {
  confirmPending,
  findPendingAuthenticator,
  insertPendingAuthenticator,
  lockAccount,
  retireAuthenticator,
} from './factors.queries.ts'
import { admitSetUp, factorAdded, factorRemoved } from './factors.ts'
import { proven } from './proof.ts'
import { AuthenticatorMissing, SetUpExpired, WrongFactorCode } from './second-factor.errors.ts'
import { sendFactorLetter } from './second-factor.letters.ts'
import { newTotpSecret, stepOf, totpAddress } from './totp.ts'
import { forgetTries, noteRefused, takeTry } from './tries.ts'

/** From the picture to the first code. */
const setUpMinutes = 15

export type AuthenticatorSetUp = { secret: string; uri: string }

/**
 * Begins a set-up; the application that is in use stays until the new one has given its first code.
 * @throws FactorStepOver 409, ProofRefused 422
 */
export const beginAuthenticator = (ctx: Context, proof: Proof): Promise<AuthenticatorSetUp> =>
  proven(ctx, proof, async (tx) => {
    await admitSetUp(tx, ctx)
    const secret = newTotpSecret()
    const sealed = ctx.vault.seal('authenticator', ctx.account.id, secret)
    await insertPendingAuthenticator(tx, ctx.account.id, ctx.signedIn.sessionId, sealed)
    await advance(tx, ctx)
    return setUpOf(ctx, secret)
  })

/** @throws SetUpExpired 409 */
export async function viewAuthenticatorSetUp(ctx: Context): Promise<AuthenticatorSetUp> {
  const pending = await findPendingAuthenticator(ctx.db, ctx.account.id, ctx.signedIn.sessionId, setUpMinutes)
  if (!pending) throw new SetUpExpired()
  return setUpOf(ctx, ctx.vault.open('authenticator', ctx.account.id, pending.sealedSecret))
}

const setUpOf = ({ account }: Context, secret: string): AuthenticatorSetUp => ({
  secret,
  uri: totpAddress(secret, account.email ?? `${account.surname} ${account.name}`),
})

/**
 * The first code proves that the application has the secret; it takes the place of the one before.
 * @throws WrongFactorCode 422, SetUpExpired 409, FactorStepOver 409, TooManyRequests 429
 */
export async function confirmAuthenticator(ctx: Context, code: string): Promise<AddedFactor> {
  await takeTry(ctx)
  try {
    return await transaction(ctx, async (tx) => {
      await admitSetUp(tx, ctx)
      const pending = await findPendingAuthenticator(tx, ctx.account.id, ctx.signedIn.sessionId, setUpMinutes)
      if (!pending) throw new SetUpExpired()
      const secret = ctx.vault.open('authenticator', ctx.account.id, pending.sealedSecret)
      const step = stepOf(secret, code, null)
      if (step === undefined) throw new WrongFactorCode()

      await retireAuthenticator(tx, ctx.account.id)
      await confirmPending(tx, pending.id, step)
      await forgetTries(tx, ctx)
      await sendFactorLetter(tx, ctx, 'authenticator-added')
      return factorAdded(tx, ctx, 'authenticator')
    })
  } catch (error) {
    if (error instanceof AppError && error.code === WrongFactorCode.code) await noteRefused(ctx, 'set-up')
    throw error
  }
}

/** @throws AuthenticatorMissing 404, LastFactor 409, ProofRefused 422 */
export const removeAuthenticator = (ctx: Context, proof: Proof): Promise<void> =>
  proven(ctx, proof, async (tx) => {
    await lockAccount(tx, ctx.account.id)
    if (!(await retireAuthenticator(tx, ctx.account.id))) throw new AuthenticatorMissing()
    await sendFactorLetter(tx, ctx, 'authenticator-removed')
    await factorRemoved(tx, ctx, 'authenticator')
  })
