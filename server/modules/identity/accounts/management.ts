/** What those who look after accounts do with them. */
import type { AccountDecision, InitialPassword } from '../../../../contracts/accounts.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { StaleVersion } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { lockAdministrators, mustStayAdministered } from '../grants/administration.ts'
import { sendActivationLetter } from '../letters.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { forgetFailuresOf } from '../sign-in/closings.ts'
import { endSessions } from '../sign-in/sessions.queries.ts'
import { voidTokens } from '../tokens.queries.ts'
import { issueToken } from '../tokens.ts'
import { accessAccountToChange } from './accounts.access.ts'
import { BlockedAlready, EmailConfirmedAlready, NotBlocked } from './accounts.errors.ts'
import { sendBlockedLetter, sendTemporaryPasswordLetter, sendUnblockedLetter } from './accounts.letters.ts'
import { initialPassword } from './administrators.ts'
import type { AccountRow } from './card.queries.ts'
import { markBlocked, markUnblocked, setTemporaryPassword } from './management.queries.ts'

/** Long enough for a holiday; a password that lies in a note longer than that is a risk. */
export const temporaryDays = 14

/**
 * Closes an account: it does not come in any more, and what was open of it ends.
 * @throws BlockedAlready, LastAdministrator, StaleVersion 409
 */
export const blockAccount = (ctx: Context, id: string, { reason, version }: AccountDecision): Promise<void> =>
  transaction(ctx, async (tx) => {
    await lockAdministrators(tx)
    const account = await accessVersion(tx, ctx, id, version)
    if (account.blockedAt) throw new BlockedAlready()
    await markBlocked(tx, id, ctx.account.id, reason)
    if (account.grants?.some(({ role }) => role === 'administrator')) await mustStayAdministered(tx)
    const ended = await endSessions(tx, id, undefined)
    await sendBlockedLetter(tx, ctx.baseUrl, account, reason)
    journal(tx, ctx, 'account.blocked', subjectOf(id), { reason, sessionsEnded: ended })
  })

/** @throws NotBlocked, StaleVersion 409 */
export const unblockAccount = (ctx: Context, id: string, { reason, version }: AccountDecision): Promise<void> =>
  transaction(ctx, async (tx) => {
    const account = await accessVersion(tx, ctx, id, version)
    if (!account.blockedAt) throw new NotBlocked()
    await markUnblocked(tx, id)
    await sendUnblockedLetter(tx, ctx.baseUrl, account, reason)
    journal(tx, ctx, 'account.unblocked', subjectOf(id), { reason })
  })

/** Ends every session of the account. Returns how many there were. */
export const endAccountSessions = (ctx: Context, id: string): Promise<number> =>
  transaction(ctx, async (tx) => {
    await accessAccountToChange(tx, ctx, id)
    const ended = await endSessions(tx, id, undefined)
    journal(tx, ctx, 'sessions.ended-by-another', subjectOf(id), { sessionsEnded: ended })
    return ended
  })

/**
 * A new temporary password instead of whatever the person had; it is told to the caller alone, this once.
 * @throws StaleVersion 409: of two at once only one password is right
 */
export async function issueTemporaryPassword(ctx: Context, id: string, version: number): Promise<InitialPassword> {
  const password = initialPassword()
  const hash = await hashPassword(password)
  const until = await transaction(ctx, async (tx) => {
    const account = await accessVersion(tx, ctx, id, version)
    const until = await setTemporaryPassword(tx, id, hash, temporaryDays)
    await voidTokens(tx, id, 'password-reset')
    const ended = await endSessions(tx, id, undefined)
    await forgetFailuresOf(tx, [account.email])
    await sendTemporaryPasswordLetter(tx, ctx.baseUrl, account, dayIn(ctx.timeZone, until))
    journal(tx, ctx, 'password.temporary-issued', subjectOf(id), { sessionsEnded: ended })
    return until
  })
  ctx.showOnce(`/accounts/${id}`)
  return { password, until: until.toISOString() }
}

/**
 * Sends the letter with the link that confirms the address once more.
 * @throws EmailConfirmedAlready 409
 */
export const sendConfirmation = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const account = await accessAccountToChange(tx, ctx, id)
    if (account.emailConfirmed) throw new EmailConfirmedAlready()
    await sendActivationLetter(tx, ctx.baseUrl, account, await issueToken(tx, id, 'activation'))
    journal(tx, ctx, 'account.letter-sent-again', subjectOf(id))
  })

/** @throws StaleVersion 409 when it was changed since it was read */
export async function accessVersion(tx: Tx, ctx: Context, id: string, version: number): Promise<AccountRow> {
  const account = await accessAccountToChange(tx, ctx, id)
  if (account.version !== version) throw new StaleVersion()
  return account
}

const subjectOf = (id: string) => ({ kind: 'account', id })
const dayIn = (timeZone: string, moment: Date): string =>
  moment.toLocaleDateString('ru-RU', { timeZone, day: '2-digit', month: '2-digit', year: 'numeric' })
