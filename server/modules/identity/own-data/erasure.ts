/**
 * The withdrawal of one's consent, which is the deletion of one's account (152-ФЗ, articles 9 and 21): closed at once,
 * erased after ten days, during which a link takes it back.
 */
import {
  type ErasureAsked,
  type ErasureView,
  erasureDays,
  type WaitingErasure,
} from '../../../../contracts/own-data.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { type Context, sessionCookie, type Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { forgetLettersTo } from '../../../kernel/mail/index.ts'
import { lockAdministrators } from '../grants/administration.ts'
import { hashOf } from '../secrets.ts'
import { endSessions } from '../sign-in/sessions.queries.ts'
import { AccountBlocked } from '../steps/steps.errors.ts'
import { takeToken, voidTokens } from '../tokens.queries.ts'
import { issueToken } from '../tokens.ts'
import {
  administersEverything,
  endRoles,
  endWaysIn,
  findCancelling,
  hasOtherAdministrator,
  listDue,
  lockDue,
  markErased,
  markErasing,
  markKept,
  removeTraces,
  withdrawConsents,
} from './erasure.queries.ts'
import { byPassword, hasPassword, wrongField } from './own-copy.ts'
import { ErasureLinkDead, MustHandOver } from './own-data.errors.ts'
import { sendErasureCancelledLetter, sendErasureLetter } from './own-data.letters.ts'
import { ownDataWords } from './own-data.phrases.ts'
import { ownDataParts } from './parts.ts'

export const viewErasure = async (ctx: Context): Promise<ErasureView> => ({
  mustHandOver: await listToHandOver(ctx.db, ctx.account.id),
  hasPassword: await hasPassword(ctx),
  days: erasureDays,
})

/**
 * Closes the account at once and ends the session that asks.
 * @throws InvalidInput, ProofRefused 422 without the password or the word; MustHandOver 409; TooManyRequests 429
 */
export async function askErasure(ctx: Context, given: ErasureAsked): Promise<WaitingErasure> {
  if (!(await hasPassword(ctx)) && given.confirmation?.trim().toLowerCase() !== ownDataWords.confirmation)
    throw wrongField('confirmation', ownDataWords.wordNeeded)
  const asked = await byPassword(ctx, given.password, (tx) => closeToErase(tx, ctx))
  ctx.setCookie({ name: sessionCookie, value: '', maxAgeSeconds: 0 })
  ctx.showOnce('/sign-in')
  return asked
}

async function closeToErase(tx: Tx, ctx: Context): Promise<WaitingErasure> {
  const { id } = ctx.account
  // Two who answer for the same thing do not leave at once, each counting on the other.
  await lockAdministrators(tx)
  const toHandOver = await listToHandOver(tx, id)
  if (toHandOver.length > 0) throw new MustHandOver({ what: toHandOver.join(' ') })
  const closed = await markErasing(tx, id)
  if (!closed) throw new AccountBlocked()
  await withdrawConsents(tx, id)
  await endWaysIn(tx, id)
  await voidTokens(tx, id, 'password-reset')
  const sessionsEnded = await endSessions(tx, id, undefined)
  const token = await issueToken(tx, id, 'erasure-cancelling')
  const { email, until } = closed
  if (email) await sendErasureLetter(tx, ctx.baseUrl, { email, until, timeZone: ctx.timeZone, token })
  journal(tx, ctx, 'consent.withdrawn', subjectOf(id))
  journal(tx, ctx, 'account.erasure-asked', subjectOf(id), { sessionsEnded })
  return { until: until.toISOString(), cancelling: email ? null : token }
}

async function listToHandOver(db: Db, accountId: string): Promise<string[]> {
  const found = await Promise.all(ownDataParts().map(({ mustHandOver }) => mustHandOver?.(db, accountId) ?? []))
  return found.flat()
}

/** What this room itself holds a person back by. */
export const administrationToHandOver = async (db: Db, accountId: string): Promise<string[]> =>
  (await administersEverything(db, accountId)) && !(await hasOtherAdministrator(db, accountId))
    ? [ownDataWords.lastAdministrator]
    : []

/** Until when the link cancels; undefined when it does no more. */
export const viewCancelling = async (ctx: Visitor, token: string): Promise<Date | undefined> =>
  (await findCancelling(ctx.db, hashOf(token)))?.until

/** @throws ErasureLinkDead 410 when it was cancelled before, or there is nothing left to keep */
export const cancelErasure = (ctx: Visitor, token: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const taken = await takeToken(tx, 'erasure-cancelling', hashOf(token))
    const kept = taken && (await markKept(tx, taken.accountId))
    if (!taken || !kept) throw new ErasureLinkDead()
    if (kept.email) await sendErasureCancelledLetter(tx, ctx.baseUrl, kept.email)
    const actor = { requestId: ctx.requestId, address: ctx.address, account: { id: taken.accountId } }
    journal(tx, actor, 'account.erasure-cancelled', subjectOf(taken.accountId))
  })

/** Erases those whose days are over. One that cannot be erased does not hold the others up. */
export async function eraseDue(db: Db): Promise<void> {
  const failures: unknown[] = []
  for (const id of await listDue(db, 50))
    await transaction({ db }, (tx) => erase(tx, id)).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, 'Accounts could not be erased')
}

/** In one transaction: whatever stops it, the person is there whole or gone whole. */
async function erase(tx: Tx, accountId: string): Promise<void> {
  const account = await lockDue(tx, accountId)
  if (!account) return
  for (const { eraseOwn } of ownDataParts()) await eraseOwn?.(tx, accountId)
  await forgetLettersTo(tx, account.phone ? [account.email, account.phone] : [account.email])
  await markErased(tx, accountId)
  journal(tx, { requestId: 'erasure' }, 'account.erased', subjectOf(accountId))
}

export async function eraseIdentity(tx: Tx, accountId: string): Promise<void> {
  await endRoles(tx, accountId)
  await withdrawConsents(tx, accountId)
  await removeTraces(tx, accountId)
}

const subjectOf = (id: string) => ({ kind: 'account', id })
