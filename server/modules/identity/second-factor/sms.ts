/** Codes by SMS as a second factor: only to a telephone that the person has confirmed. */
import type { AddedFactor, Proof } from '../../../../contracts/second-factor.ts'
import { transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { checkCode, sendCode, takeCode } from '../codes/codes.ts'
import { smsAddress } from './codes.ts'
import { findFactors, lockAccount, setCodesBySms } from './factors.queries.ts'
import { admitSetUp, factorAdded, factorRemoved } from './factors.ts'
import { proven } from './proof.ts'
import { PhoneNotConfirmed, SmsCodesOff } from './second-factor.errors.ts'
import { sendFactorLetter } from './second-factor.letters.ts'

/**
 * Sends the code that will turn them on.
 * @throws PhoneNotConfirmed 409, FactorStepOver 409, ProofRefused 422, CodeTooSoon 429
 */
export const beginSmsCodes = (ctx: Context, proof: Proof): Promise<void> =>
  proven(ctx, proof, async (tx) => {
    await admitSetUp(tx, ctx)
    const { phone } = await findFactors(tx, ctx.account.id)
    if (!phone) throw new PhoneNotConfirmed()
    await sendCode(tx, ctx, smsAddress(ctx, phone))
  })

/** @throws InvalidInput 422 at `code`, PhoneNotConfirmed 409, FactorStepOver 409, TooManyRequests 429 */
export async function confirmSmsCodes(ctx: Context, code: string): Promise<AddedFactor> {
  const { phone } = await findFactors(ctx.db, ctx.account.id)
  if (!phone) throw new PhoneNotConfirmed()
  const good = await checkCode(ctx, smsAddress(ctx, phone), code)
  return transaction(ctx, async (tx) => {
    await admitSetUp(tx, ctx)
    await takeCode(tx, good)
    await setCodesBySms(tx, ctx.account.id, true)
    await sendFactorLetter(tx, ctx, 'sms-codes-on')
    return factorAdded(tx, ctx, 'sms')
  })
}

/** @throws SmsCodesOff 404, LastFactor 409, ProofRefused 422 */
export const removeSmsCodes = (ctx: Context, proof: Proof): Promise<void> =>
  proven(ctx, proof, async (tx) => {
    await lockAccount(tx, ctx.account.id)
    if (!(await setCodesBySms(tx, ctx.account.id, false))) throw new SmsCodesOff()
    await sendFactorLetter(tx, ctx, 'sms-codes-off')
    await factorRemoved(tx, ctx, 'sms')
  })
