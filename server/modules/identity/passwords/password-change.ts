/** A known password is changed in the profile; a temporary one, on the way in. */
import { transaction } from '../../../kernel/db/index.ts'
import { Forbidden } from '../../../kernel/errors/index.ts'
import { type Context, forgetAttempts, type Stage, takeAttempt } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { setPasswordHash } from '../accounts/accounts.queries.ts'
import { sendPasswordChangedLetter } from '../letters.ts'
import { markRevoked } from '../second-factor/devices.queries.ts'
import { bucketOf } from '../secrets.ts'
import { endSessions } from '../sign-in/sessions.queries.ts'
import { advance } from '../steps/enter.ts'
import { voidTokens } from '../tokens.queries.ts'
import { refuseUnfit, wrongPassword } from './password-rule.ts'
import { hashPassword, isPasswordOf } from './passwords.ts'
import { findById } from './reset.queries.ts'

const sameAsBefore = 'Новый пароль совпадает с прежним: придумайте другой'

/**
 * Changes one's own password; the other sessions end.
 * @throws InvalidInput 422 for a wrong current password, or a new one that does not do; TooManyRequests 429
 */
export async function changePassword(ctx: Context, current: string, password: string): Promise<void> {
  const account = await findById(ctx.db, ctx.account.id)
  const bucket = bucketOf('password-change', account.id)
  await takeAttempt(ctx.db, bucket, 10, 15 * 60)
  if (!(await isPasswordOf(account.passwordHash, current))) return refuseCurrent(ctx)
  if (current === password) throw wrongPassword(sameAsBefore)
  await refuseUnfit(ctx.db, password, account)
  const passwordHash = await hashPassword(password)
  await transaction(ctx, async (tx) => {
    await setPasswordHash(tx, account.id, passwordHash)
    await voidTokens(tx, account.id, 'password-reset')
    const ended = await endSessions(tx, account.id, ctx.signedIn.sessionId)
    await markRevoked(tx, account.id)
    await forgetAttempts(tx, bucket)
    if (account.emailConfirmed) await sendPasswordChangedLetter(tx, ctx.baseUrl, account.email)
    journal(tx, ctx, 'password.changed', subjectOf(account), { sessionsEnded: ended })
  })
}

/**
 * A password of one's own instead of the temporary one, without which the way in goes no further.
 * @returns the stage reached
 * @throws Forbidden 403 when there is none to replace; InvalidInput 422 when it is the same, or will not do;
 * TooManyRequests 429
 */
export async function replaceTemporaryPassword(ctx: Context, password: string): Promise<Stage> {
  // Elsewhere a password is changed by who knows the present one.
  if (ctx.signedIn.stage !== 'password-change') throw new Forbidden()
  const account = await findById(ctx.db, ctx.account.id)
  await takeAttempt(ctx.db, bucketOf('password-change', account.id), 10, 15 * 60)
  if (await isPasswordOf(account.passwordHash, password)) throw wrongPassword(sameAsBefore)
  await refuseUnfit(ctx.db, password, account)
  const passwordHash = await hashPassword(password)
  return transaction(ctx, async (tx) => {
    await setPasswordHash(tx, account.id, passwordHash)
    await voidTokens(tx, account.id, 'password-reset')
    const ended = await endSessions(tx, account.id, ctx.signedIn.sessionId)
    if (account.emailConfirmed) await sendPasswordChangedLetter(tx, ctx.baseUrl, account.email)
    journal(tx, ctx, 'password.changed', subjectOf(account), { sessionsEnded: ended, temporary: true })
    return advance(tx, ctx)
  })
}

async function refuseCurrent(ctx: Context): Promise<never> {
  await transaction(ctx, async (tx) => journal(tx, ctx, 'password.change-refused', subjectOf(ctx.account)))
  throw wrongPassword('Это не ваш нынешний пароль', 'current')
}

const subjectOf = ({ id }: { id: string }) => ({ kind: 'account', id })
