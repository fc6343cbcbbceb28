/** A forgotten password is set anew by a link in a letter, a known one in the profile. */
import { holdsOwnData, ownDataProblem } from '../../../../contracts/passwords.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import { type Context, forgetAttempts, takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { findByEmail, findPassword, setPasswordHash } from '../accounts/accounts.queries.ts'
import { ResetLinkDead } from '../identity.errors.ts'
import { sendPasswordChangedLetter, sendResetLetter } from '../letters.ts'
import { confirmAddress, lockForConfirming } from '../registration/registration.ts'
import { bucketOf, hashOf } from '../secrets.ts'
import { endSessions } from '../sign-in/sessions.queries.ts'
import { loginBucket } from '../sign-in/sign-in.ts'
import { findToken, takeToken, voidTokens } from '../tokens.queries.ts'
import { issueToken } from '../tokens.ts'
import { evenly } from './evenly.ts'
import { hashPassword, isPasswordOf } from './passwords.ts'

const anHour = 3600

/**
 * Sends a link to whoever has the address. Whether anyone has it, the answer does not tell.
 * @throws TooManyRequests 429, counted by what was typed
 */
export const askPasswordReset = (ctx: Visitor, email: string): Promise<void> =>
  evenly(async () => {
    await takeAttempt(ctx.db, bucketOf('reset:address', ctx.address), 100, anHour)
    await takeAttempt(ctx.db, bucketOf('reset:email', email), 5, anHour)
    await transaction(ctx, async (tx) => {
      const found = await findByEmail(tx, email)
      const account = found?.blockedAt ? undefined : found
      if (account) await sendResetLetter(tx, ctx.baseUrl, email, await issueToken(tx, account.id, 'password-reset'))
      journal(tx, anyoneOf(ctx), 'password.reset-asked', account && subjectOf(account))
    })
  })

/** What a reset link leads to; looking does not use it up. Undefined when it works no more. */
export async function findReset(ctx: Visitor, token: string) {
  const found = await findToken(ctx.db, ['password-reset'], hashOf(token))
  return found?.good ? found : undefined
}

/**
 * Sets a new password by the link of a letter, once. Every session ends: whoever knew the old password is out. The
 * letter reached its address, which is thereby confirmed.
 * @throws ResetLinkDead 410; InvalidInput 422 when the password leans on the login or the name
 */
export async function setPasswordByLink(ctx: Visitor, token: string, password: string): Promise<void> {
  const account = await findReset(ctx, token)
  if (!account) throw new ResetLinkDead()
  refuseOwnData(password, account)
  const passwordHash = await hashPassword(password)
  await transaction(ctx, async (tx) => {
    if (!account.confirmed) await lockForConfirming(tx, account)
    if (!(await takeToken(tx, 'password-reset', hashOf(token)))) throw new ResetLinkDead()
    await setPasswordHash(tx, account.id, passwordHash)
    await voidTokens(tx, account.id, 'password-reset')
    const ended = await endSessions(tx, account.id, undefined)
    if (!account.confirmed) await confirmAddress(tx, anyoneOf(ctx), account)
    await forgetAttempts(tx, loginBucket(account.email))
    if (account.userName) await forgetAttempts(tx, loginBucket(account.userName))
    await sendPasswordChangedLetter(tx, ctx.baseUrl, account.email)
    journal(tx, { ...anyoneOf(ctx), account }, 'password.reset', subjectOf(account), { sessionsEnded: ended })
  })
}

/**
 * Changes one's own password; the other sessions end.
 * @throws InvalidInput 422 for a wrong current password, or a new one that does not do; TooManyRequests 429
 */
export async function changePassword(ctx: Context, current: string, password: string): Promise<void> {
  const account = await findPassword(ctx.db, ctx.account.id)
  const bucket = bucketOf('password-change', account.id)
  await takeAttempt(ctx.db, bucket, 10, 15 * 60)
  if (!(await isPasswordOf(account.passwordHash, current))) return refuseCurrent(ctx)
  if (current === password) throw wrongField('password', 'Новый пароль совпадает с прежним: придумайте другой')
  refuseOwnData(password, account)
  const passwordHash = await hashPassword(password)
  await transaction(ctx, async (tx) => {
    await setPasswordHash(tx, account.id, passwordHash)
    await voidTokens(tx, account.id, 'password-reset')
    const ended = await endSessions(tx, account.id, ctx.signedIn.sessionId)
    await forgetAttempts(tx, bucket)
    await sendPasswordChangedLetter(tx, ctx.baseUrl, account.email)
    journal(tx, ctx, 'password.changed', subjectOf(account), { sessionsEnded: ended })
  })
}

async function refuseCurrent(ctx: Context): Promise<never> {
  await transaction(ctx, async (tx) => journal(tx, ctx, 'password.change-refused', subjectOf(ctx.account)))
  throw wrongField('current', 'Это не ваш нынешний пароль')
}

type OwnData = { surname: string; name: string; email: string; userName: string | null }
function refuseOwnData(password: string, { surname, name, email, userName }: OwnData): void {
  if (holdsOwnData(password, [userName, email, surname, name])) throw wrongField('password', ownDataProblem)
}

const wrongField = (field: string, text: string) => new InvalidInput({ fields: [{ field, code: 'password', text }] })
const subjectOf = ({ id }: { id: string }) => ({ kind: 'account', id })
const anyoneOf = ({ requestId, address }: Visitor): Actor => ({ requestId, address })
