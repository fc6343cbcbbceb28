/** Confirming a registration by a code from an SMS (manual 4). */
import { transaction } from '../../../kernel/db/index.ts'
import { takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { findOwnerOf } from '../accounts/accounts.queries.ts'
import { checkCode, pretendCode, sendCode, takeCode } from '../codes/codes.ts'
import { LinkDead, LinkUsed } from '../identity.errors.ts'
import { evenly } from '../passwords/evenly.ts'
import { bucketOf, hashOf } from '../secrets.ts'
import { findToken } from '../tokens.queries.ts'
import {
  findOwnerOfPhone,
  findWaiting,
  isWaitingForApproval,
  lockAccountsOfPhone,
  markPhoneConfirmed,
  type Waiting,
} from './registration.queries.ts'

type Registered = Waiting & { phone: string }

export const codeAddressOf = ({ id, phone }: { id: string; phone: string }) =>
  ({ purpose: 'registration', channel: 'sms', to: phone, accountId: id }) as const

/**
 * Sends the code again, or does as if: where the telephone or the e-mail is another's, there is nothing to confirm.
 * @throws LinkDead 410, LinkUsed 409; CodeTooSoon, TooManyRequests, SmsSpent 429; SmsNotSet 503
 */
export const sendCodeAgain = (ctx: Visitor, ticket: string): Promise<void> =>
  evenly(async () => {
    await takeAttempt(ctx.db, bucketOf('letter:address', ctx.address), 100, 3600)
    const account = await findRegistered(ctx, ticket)
    const free = !(await findOwnerOfPhone(ctx.db, account.phone)) && !(await findOwnerOf(ctx.db, account.email))
    await transaction(ctx, (tx) => (free ? sendCode : pretendCode)(tx, ctx, codeAddressOf(account)))
  })

/**
 * Confirms the telephone of a registration by the code.
 * @param ticket of the registration
 * @returns whether an operator must still approve it
 * @throws InvalidInput 422 at the field `code`; LinkDead 410, LinkUsed 409; TooManyRequests 429
 */
export async function confirmByCode(ctx: Visitor, ticket: string, typed: string): Promise<{ waits: boolean }> {
  const account = await findRegistered(ctx, ticket)
  const good = await checkCode(ctx, codeAddressOf(account), typed)
  return transaction(ctx, async (tx) => {
    const accounts = await lockAccountsOfPhone(tx, account.phone)
    if (accounts.some(({ id, confirmedAt }) => confirmedAt && id !== account.id)) throw new LinkDead()
    await takeCode(tx, good)
    await markPhoneConfirmed(tx, account.id)
    journal(tx, anyoneOf(ctx), 'account.phone-confirmed', { kind: 'account', id: account.id })
    return { waits: await isWaitingForApproval(tx, account.id) }
  })
}

/** The registration that a ticket was given for. */
export async function findRegistered(ctx: Visitor, ticket: string): Promise<Registered> {
  const known = await findToken(ctx.db, ['letter-ticket'], hashOf(ticket))
  const account = known?.good ? await findWaiting(ctx.db, known.id) : undefined
  if (!account?.phone) throw new LinkDead()
  if (account.phoneConfirmed) throw new LinkUsed()
  return { ...account, phone: account.phone }
}

const anyoneOf = ({ requestId, address }: Visitor): Actor => ({ requestId, address })
