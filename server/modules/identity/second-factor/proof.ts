/** Who changes the ways in proves again to be the one who came in: a screen left open is not enough. */
import type { CodeWay, Proof } from '../../../../contracts/second-factor.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import { type Context, forgetAttempts, takeAttempt } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { findPassword } from '../accounts/accounts.queries.ts'
import { isPasswordOf } from '../passwords/passwords.ts'
import { bucketOf } from '../secrets.ts'
import { withCode } from './codes.ts'
import { findFactors } from './factors.queries.ts'
import { ProofRefused } from './second-factor.errors.ts'

/**
 * Does the action, in one transaction, for who has typed the password or a code. On the way in, at the step of the
 * second factor itself, the password has just been typed.
 * @throws ProofRefused 422, WrongFactorCode 422, TooManyRequests 429
 */
export async function proven<T>(ctx: Context, proof: Proof, action: (tx: Tx) => Promise<T>): Promise<T> {
  if (ctx.signedIn.stage === 'second-factor') return transaction(ctx, action)
  const { passkeys, authenticatorSince, smsSince, hasPassword } = await findFactors(ctx.db, ctx.account.id)
  if (proof.code) return withCode(ctx, wayOf(proof.code, authenticatorSince === null), proof.code, action)
  const hasFactor = passkeys > 0 || authenticatorSince !== null || smsSince !== null
  // Whoever comes by another door alone has nothing that could be typed.
  if (!hasPassword && !hasFactor) return transaction(ctx, action)
  if (!proof.password)
    throw new InvalidInput({ fields: [{ field: 'password', code: 'proof', text: asked(hasPassword) }] })
  await checkPassword(ctx, proof.password)
  return transaction(ctx, action)
}

const asked = (hasPassword: boolean): string =>
  hasPassword ? 'Введите пароль или код' : 'Введите код из приложения или резервный код'

/** Six digits come from an application or by SMS; anything else from the paper. */
function wayOf(code: string, withoutApplication: boolean): CodeWay {
  const digits = /^[\d\s-]+$/.test(code) && code.replace(/\D/g, '').length === 6
  if (!digits) return 'recovery-code'
  return withoutApplication ? 'sms' : 'authenticator'
}

async function checkPassword(ctx: Context, password: string): Promise<void> {
  const bucket = bucketOf('proof', ctx.account.id)
  await takeAttempt(ctx.db, bucket, 10, 15 * 60)
  const { passwordHash } = await findPassword(ctx.db, ctx.account.id)
  if (await isPasswordOf(passwordHash, password)) {
    await forgetAttempts(ctx.db, bucket)
    return
  }
  await transaction(ctx, async (tx) => journal(tx, ctx, 'proof.refused', { kind: 'account', id: ctx.account.id }))
  throw new ProofRefused()
}
