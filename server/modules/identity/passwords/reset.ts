/** A forgotten password is set anew by a link in a letter, or by a code in a letter or an SMS. */
import type { ResetAddress, ResetRequest } from '../../../../contracts/password-reset.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import { takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { setPasswordHash } from '../accounts/accounts.queries.ts'
import { revokeApiTokens } from '../api-tokens/api-tokens.queries.ts'
import { type CodeAddress, checkCode, pretendCode, sendCode, takeCode } from '../codes/codes.ts'
import { sendPasswordKeptLetter } from '../domains/domains.letters.ts'
import { passwordKeeperOf } from '../domains/password-keeper.ts'
import { ResetLinkDead } from '../identity.errors.ts'
import { sendPasswordChangedLetter, sendResetLetter } from '../letters.ts'
import { confirmAddress, lockForConfirming } from '../registration/registration.ts'
import { markRevoked } from '../second-factor/devices.queries.ts'
import { bucketOf, hashOf } from '../secrets.ts'
import { forgetFailuresOf } from '../sign-in/closings.ts'
import { endSessions } from '../sign-in/sessions.queries.ts'
import { findToken, takeToken, voidTokens } from '../tokens.queries.ts'
import { issueToken } from '../tokens.ts'
import { evenly } from './evenly.ts'
import { refuseUnfit } from './password-rule.ts'
import { hashPassword } from './passwords.ts'
import { findByEmail, findById, findByPhone, type ResetAccount } from './reset.queries.ts'
import { forgetFailures, noteFailure, resetNumberOf } from './reset-number.ts'

const anHour = 3600
const askingsByNetwork = 100
const linksByEmail = 5

/**
 * Sends a link or a code to whoever has the address. Whether anyone has it, neither the answer nor its time tells.
 * @returns the number of the request, by which support finds it
 * @throws TooManyRequests, CodeTooSoon, SmsSpent 429, SmsNotSet 503: counted by what was typed
 */
export const askReset = (ctx: Visitor, { contact, way }: ResetRequest): Promise<{ number: string }> =>
  evenly(async () => {
    await takeAttempt(ctx.db, bucketOf('reset:address', ctx.address), askingsByNetwork, anHour)
    await noteFailure(ctx, contact)
    const number = resetNumberOf(ctx, contact)
    const byLink = way === 'link' && contact.channel === 'email'
    if (byLink) await takeAttempt(ctx.db, bucketOf('reset:email', contact.to), linksByEmail, anHour)
    await transaction(ctx, async (tx) => {
      const account = await keptElsewhere(tx, ctx, await findOwner(tx, contact))
      if (byLink) await sendLink(tx, ctx, account, contact.to)
      else await (account ? sendCode : pretendCode)(tx, ctx, codeAddressOf(contact, account))
      journal(tx, anyoneOf(ctx), 'password.reset-asked', account && subjectOf(account), { number })
    })
    return { number }
  })

/** Whoever has no password here is told by letter where it is kept, and gets nothing to set one by. */
async function keptElsewhere(tx: Tx, ctx: Visitor, account: ResetAccount | undefined) {
  const keeper = account && (await passwordKeeperOf(tx, account.id))
  if (!keeper) return account
  if (account.emailConfirmed) await sendPasswordKeptLetter(tx, ctx.baseUrl, account.email, keeper)
  return undefined
}

async function sendLink(tx: Tx, ctx: Visitor, account: ResetAccount | undefined, email: string): Promise<void> {
  if (account) await sendResetLetter(tx, ctx.baseUrl, email, await issueToken(tx, account.id, 'password-reset'))
}

const findOwner = (db: Visitor['db'], { channel, to }: ResetAddress) =>
  channel === 'email' ? findByEmail(db, to) : findByPhone(db, to)

const codeAddressOf = (address: ResetAddress, account: ResetAccount | undefined): CodeAddress => ({
  ...address,
  purpose: 'password-reset',
  accountId: account?.id ?? null,
})

/** What a reset link leads to; looking does not use it up. Undefined when it works no more. */
export async function findReset(ctx: Visitor, token: string) {
  const found = await findToken(ctx.db, ['password-reset'], hashOf(token))
  return found?.good ? findById(ctx.db, found.id) : undefined
}

/**
 * Sets a new password by the link of a letter, once.
 * @throws ResetLinkDead 410; InvalidInput 422 when the password will not do for this person
 */
export async function setPasswordByLink(ctx: Visitor, token: string, password: string): Promise<void> {
  const account = await findReset(ctx, token)
  if (!account) throw new ResetLinkDead()
  await refuseUnfit(ctx.db, password, account)
  const passwordHash = await hashPassword(password)
  await transaction(ctx, async (tx) => {
    if (!account.emailConfirmed) await lockForConfirming(tx, account)
    if (!(await takeToken(tx, 'password-reset', hashOf(token)))) throw new ResetLinkDead()
    await setAnew(tx, ctx, account, passwordHash, { channel: 'email', to: account.email })
  })
}

/**
 * Sets a new password by a code, once. An address that nobody has is answered as a wrong code is.
 * @throws InvalidInput 422: at `code`, after some failures with the way to support, or at `password`;
 * TooManyRequests 429
 */
export const setPasswordByCode = (ctx: Visitor, address: ResetAddress, code: string, password: string): Promise<void> =>
  evenly(async () => {
    const account = await findOwner(ctx.db, address)
    const good = await noting(ctx, address, () => checkCode(ctx, codeAddressOf(address, account), code))
    // Nobody gets here without an account: there is no code that could be good.
    if (!account) throw new ResetLinkDead()
    await refuseUnfit(ctx.db, password, account)
    const passwordHash = await hashPassword(password)
    await transaction(ctx, async (tx) => {
      if (address.channel === 'email' && !account.emailConfirmed) await lockForConfirming(tx, account)
      await takeCode(tx, good)
      await setAnew(tx, ctx, account, passwordHash, address)
    })
  })

async function noting<T>(ctx: Visitor, address: ResetAddress, check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof InvalidInput) await noteFailure(ctx, address)
    throw error
  }
}

/**
 * Every session and token ends, and no device is trusted any more: whoever knew the old password is out. A letter that reached its
 * address confirms it.
 */
async function setAnew(tx: Tx, ctx: Visitor, account: ResetAccount, passwordHash: string, by: ResetAddress) {
  await setPasswordHash(tx, account.id, passwordHash)
  await voidTokens(tx, account.id, 'password-reset')
  const ended = await endSessions(tx, account.id, undefined)
  await markRevoked(tx, account.id)
  const tokensEnded = await revokeApiTokens(tx, account.id)
  if (by.channel === 'email' && !account.emailConfirmed) await confirmAddress(tx, anyoneOf(ctx), account)
  await forgetFailuresOf(tx, [account.email, account.userName, by.to])
  await forgetFailures(tx, by)
  if (by.channel === 'email' || account.emailConfirmed) await sendPasswordChangedLetter(tx, ctx.baseUrl, account.email)
  journal(tx, { ...anyoneOf(ctx), account }, 'password.reset', subjectOf(account), {
    sessionsEnded: ended,
    tokensEnded,
    by: by.channel,
  })
}

const subjectOf = ({ id }: { id: string }) => ({ kind: 'account', id })
const anyoneOf = ({ requestId, address }: Visitor): Actor => ({ requestId, address })
