/** The typed codes of a second factor, whatever they are asked for: to come in, or to prove oneself again. */
import type { CodeWay } from '../../../../contracts/second-factor.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { AppError } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { checkCode, type GoodCode, sendCode, takeCode } from '../codes/codes.ts'
import { findFactors, lockAuthenticator, setLastStep } from './factors.queries.ts'
import { takeRecoveryCode } from './recovery-codes.ts'
import { SmsCodesOff, WrongFactorCode } from './second-factor.errors.ts'
import { stepOf } from './totp.ts'
import { forgetTries, noteRefused, takeTry } from './tries.ts'

/**
 * Takes the code and does the action, in one transaction. A wrong code, a used one and a way that the person does not
 * have are answered alike.
 * @throws WrongFactorCode 422; InvalidInput 422 for a code by SMS; TooManyRequests 429
 */
export async function withCode<T>(
  ctx: Context,
  way: CodeWay,
  code: string,
  action: (tx: Tx) => Promise<T>,
): Promise<T> {
  await takeTry(ctx)
  try {
    const bySms = way === 'sms' ? await checkSms(ctx, code) : undefined
    return await transaction(ctx, async (tx) => {
      if (bySms) await takeCode(tx, bySms)
      else if (way === 'authenticator') await takeAuthenticatorCode(tx, ctx, code)
      else await takeRecoveryCode(tx, ctx, code)
      await forgetTries(tx, ctx)
      return action(tx)
    })
  } catch (error) {
    if (error instanceof AppError && error.code === WrongFactorCode.code) await noteRefused(ctx, way)
    throw error
  }
}

async function takeAuthenticatorCode(tx: Tx, ctx: Context, code: string): Promise<void> {
  const authenticator = await lockAuthenticator(tx, ctx.account.id)
  if (!authenticator) throw new WrongFactorCode()
  const secret = ctx.vault.open('authenticator', ctx.account.id, authenticator.sealedSecret)
  const lastStep = authenticator.lastStep === null ? null : Number(authenticator.lastStep)
  const step = stepOf(secret, code, lastStep)
  if (step === undefined) throw new WrongFactorCode()
  await setLastStep(tx, authenticator.id, step)
}

export const smsAddress = (ctx: Context, phone: string) =>
  ({ purpose: 'second-factor', channel: 'sms', to: phone, accountId: ctx.account.id }) as const

async function checkSms(ctx: Context, code: string): Promise<GoodCode> {
  const { smsSince, phone } = await findFactors(ctx.db, ctx.account.id)
  if (!smsSince || !phone) throw new WrongFactorCode()
  return checkCode(ctx, smsAddress(ctx, phone), code)
}

/** @throws SmsCodesOff 404; CodeTooSoon, TooManyRequests 429 */
export const sendFactorSms = (ctx: Context): Promise<void> =>
  transaction(ctx, async (tx) => {
    const { smsSince, phone } = await findFactors(tx, ctx.account.id)
    if (!smsSince || !phone) throw new SmsCodesOff()
    await sendCode(tx, ctx, smsAddress(ctx, phone))
  })
