/** The second step of signing in. */
import type { FactorCode } from '../../../../contracts/second-factor.ts'
import { SignInNeeded } from '../../../kernel/errors/index.ts'
import type { Context, Stage } from '../../../kernel/http/index.ts'
import { advance } from '../steps/enter.ts'
import { findStanding } from '../steps/standing.queries.ts'
import { withCode } from './codes.ts'
import { trustDevice } from './devices.ts'
import { findFactors } from './factors.queries.ts'
import { fewRecoveryCodes } from './recovery-codes.ts'

export type StepWay = FactorCode['way'] | 'passkey'
export type StepView = { ways: StepWay[]; phone: string | null; toSetUp: boolean }

/** By what this person can pass: what is quickest comes first. */
export async function viewStep(ctx: Context): Promise<StepView & { canSetUpSms: boolean }> {
  const [factors, found] = await Promise.all([
    findFactors(ctx.db, ctx.account.id),
    findStanding(ctx.db, ctx.account.id, null),
  ])
  if (!found) throw new SignInNeeded()
  const { passkeys, authenticatorSince, smsSince, recoveryCodesLeft } = factors
  const ways: [StepWay, boolean][] = [
    ['authenticator', authenticatorSince !== null],
    ['passkey', passkeys > 0],
    ['sms', smsSince !== null],
    ['recovery-code', found.standing.hasFactor && recoveryCodesLeft > 0],
  ]
  return {
    ways: ways.filter(([, has]) => has).map(([way]) => way),
    // Who has only typed a password is told no more of the telephone than its owner needs.
    phone: factors.phone && `…${factors.phone.slice(-4, -2)}-${factors.phone.slice(-2)}`,
    toSetUp: !found.standing.hasFactor,
    canSetUpSms: factors.phone !== null,
  }
}

/**
 * @returns the stage reached, and whether it is time for new recovery codes
 * @throws WrongFactorCode 422, InvalidInput 422 for a code by SMS, TooManyRequests 429
 */
export const passByCode = (
  ctx: Context,
  { way, code, trust }: FactorCode,
): Promise<{ stage: Stage; fewCodes: boolean }> =>
  withCode(ctx, way, code, async (tx) => {
    if (trust) await trustDevice(tx, ctx)
    const { recoveryCodesLeft } = await findFactors(tx, ctx.account.id)
    const stage = await advance(tx, ctx, { factorPassed: true })
    return { stage, fewCodes: way === 'recovery-code' && recoveryCodesLeft <= fewRecoveryCodes }
  })
