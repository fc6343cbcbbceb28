/** Registration, and the letter that confirms its address. */
import { consentVersion, type Registration } from '../../../../contracts/identity.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import { takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import {
  findOwnerOf,
  insertAccount,
  isUserNameTaken,
  lockAccountsOf,
  markConfirmed,
  removeOtherRegistrations,
} from '../accounts/accounts.queries.ts'
import { insertConsent } from '../consent/consent.queries.ts'
import { LinkDead, LinkUsed } from '../identity.errors.ts'
import { phrases } from '../identity.phrases.ts'
import { sendActivationLetter, sendWaysInLetter } from '../letters.ts'
import { evenly } from '../passwords/evenly.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { bucketOf, hashOf } from '../secrets.ts'
import { findToken, takeToken } from '../tokens.queries.ts'
import { issueToken } from '../tokens.ts'

const anHour = 3600
/** A training class of a whole district may register from one network address. */
const mostByAddress = 100
const mostByEmail = 5

/**
 * Takes a registration; its address waits to be confirmed. That another has the address already is told to its owner by
 * letter and to nobody else: the rows, the answer and its time are the same.
 * @returns a ticket with which the letter can be sent again
 * @throws InvalidInput 422 when the user name is taken; TooManyRequests 429
 */
export const register = (ctx: Visitor, registration: Registration): Promise<{ ticket: string }> =>
  evenly(async () => {
    const { email, userName, password, consent: _, ...person } = registration
    await takeAttempt(ctx.db, bucketOf('registration:address', ctx.address), mostByAddress, anHour)
    await takeAttempt(ctx.db, bucketOf('registration:email', email), mostByEmail, anHour)
    if (await isUserNameTaken(ctx.db, userName)) throw userNameTaken()
    const passwordHash = await hashPassword(password)

    return transaction(ctx, async (tx) => {
      const account = await insertAccount(tx, {
        ...person,
        email,
        emailConfirmedAt: null,
        userName,
        phone: null,
        phoneConfirmedAt: null,
        passwordHash,
        temporaryUntil: null,
        audience: 'staff',
        inn: null,
        snils: null,
        regionCode: null,
        organisationName: null,
        registeredAt: new Date(),
        approvalAskedAt: null,
        createdBy: null,
      })
      if (!account) throw userNameTaken()
      await insertConsent(tx, account.id, consentVersion)
      await tellTheWay(tx, ctx, { ...person, id: account.id, email, userName })
      journal(tx, anyoneOf(ctx), 'account.registered', subjectOf(account), { consent: consentVersion })
      return { ticket: await issueToken(tx, account.id, 'letter-ticket') }
    })
  })

type Registered = {
  id: string
  surname: string
  name: string
  patronymic: string | null
  email: string
  userName: string | null
}

/** To the owner of a taken address, the ways in; to anyone else, the link that confirms it. */
async function tellTheWay(tx: Tx, ctx: Visitor, account: Registered): Promise<void> {
  const owner = await findOwnerOf(tx, account.email)
  if (owner) return sendWaysInLetter(tx, ctx.baseUrl, account.email)
  await sendActivationLetter(tx, ctx.baseUrl, account, await issueToken(tx, account.id, 'activation'))
}

/**
 * Sends the letter of a registration again, to its own address.
 * @param ticket of the registration, of a refused sign-in, or an activation link, old ones too
 * @returns a ticket for the next time
 * @throws LinkDead 410 for an unknown one; LinkUsed 409 when the address is confirmed; TooManyRequests 429
 */
export const sendLetterAgain = (ctx: Visitor, ticket: string): Promise<{ ticket: string }> =>
  evenly(async () => {
    await takeAttempt(ctx.db, bucketOf('letter:address', ctx.address), mostByAddress, anHour)
    const account = await findToken(ctx.db, ['letter-ticket', 'activation'], hashOf(ticket))
    if (!account) throw new LinkDead()
    if (account.confirmed) throw new LinkUsed()
    await takeAttempt(ctx.db, bucketOf('letter:email', account.email), mostByEmail, anHour)
    return transaction(ctx, async (tx) => {
      await tellTheWay(tx, ctx, account)
      journal(tx, anyoneOf(ctx), 'account.letter-sent-again', subjectOf(account))
      return { ticket: await issueToken(tx, account.id, 'letter-ticket') }
    })
  })

/** What an activation link leads to; looking does not use it up. */
export const findActivation = (ctx: Visitor, token: string) => findToken(ctx.db, ['activation'], hashOf(token))

/** What a ticket was given for: the page after a registration tells where the letter went. */
export const findTicket = (ctx: Visitor, ticket: string) =>
  findToken(ctx.db, ['letter-ticket', 'activation'], hashOf(ticket))

/**
 * Confirms the address by the link of its letter, once.
 * @throws LinkUsed 409, LinkDead 410
 */
export const activate = (ctx: Visitor, token: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const account = await findToken(tx, ['activation'], hashOf(token))
    if (!account) throw new LinkDead()
    if (account.confirmed || account.used) throw new LinkUsed()
    if (!account.good) throw new LinkDead()
    await lockForConfirming(tx, account)
    // Of two presses at once, the second comes here when the first has done all.
    if (!(await takeToken(tx, 'activation', hashOf(token)))) throw new LinkUsed()
    await confirmAddress(tx, anyoneOf(ctx), account)
  })

/**
 * Comes before the token is taken: accounts first, tokens after, or two registrations of one address that are being
 * confirmed at once would stop each other.
 * @throws LinkDead 410 when another account has confirmed the address meanwhile
 */
export async function lockForConfirming(tx: Tx, account: { id: string; email: string }): Promise<void> {
  const accounts = await lockAccountsOf(tx, account.email)
  const isThere = accounts.some(({ id }) => id === account.id)
  const isAnothers = accounts.some(({ id, confirmedAt }) => confirmedAt && id !== account.id)
  if (!isThere || isAnothers) throw new LinkDead()
}

export async function confirmAddress(tx: Tx, actor: Actor, account: { id: string; email: string }): Promise<void> {
  await removeOtherRegistrations(tx, account.id, account.email)
  await markConfirmed(tx, account.id)
  journal(tx, actor, 'account.email-confirmed', subjectOf(account))
}

const userNameTaken = () =>
  new InvalidInput({
    fields: [{ field: 'userName', code: 'user-name-taken', text: phrases['user-name-taken'] }],
  })

const subjectOf = ({ id }: { id: string }) => ({ kind: 'account', id })
const anyoneOf = ({ requestId, address }: Visitor): Actor => ({ requestId, address })
