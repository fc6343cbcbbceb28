/** Registration, and the letter that confirms its address. */
import type { AudienceRule } from '../../../../contracts/audiences.ts'
import { consentVersion } from '../../../../contracts/identity.ts'
import { passwordProblem } from '../../../../contracts/passwords.ts'
import {
  type AskedField,
  askedFields,
  askedTexts,
  type Registration,
  type RegistrationTaken,
} from '../../../../contracts/registration.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { type FieldProblem, InvalidInput } from '../../../kernel/errors/index.ts'
import { takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { isSmsAvailable } from '../../../kernel/sms/index.ts'
import {
  findOwnerOf,
  insertAccount,
  isUserNameTaken,
  lockAccountsOf,
  markConfirmed,
  type NewAccount,
  removeOtherRegistrations,
} from '../accounts/accounts.queries.ts'
import { getRule, isRegistrationOpen } from '../audiences/audiences.ts'
import { refusalOfMail } from '../audiences/mail-domains.ts'
import { pretendCode, sendCode } from '../codes/codes.ts'
import { insertConsent } from '../consent/consent.queries.ts'
import { LinkDead, LinkUsed } from '../identity.errors.ts'
import { phrases } from '../identity.phrases.ts'
import { sendActivationLetter, sendWaysInLetter } from '../letters.ts'
import { evenly } from '../passwords/evenly.ts'
import { knownPasswords } from '../passwords/known-passwords.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { bucketOf, hashOf } from '../secrets.ts'
import { findToken, takeToken } from '../tokens.queries.ts'
import { issueToken } from '../tokens.ts'
import { codeAddressOf } from './phone-confirmation.ts'
import { RegistrationClosed } from './registration.errors.ts'
import { findOwnerOfPhone, isWaitingForApproval } from './registration.queries.ts'

const anHour = 3600
/** A training class of a whole district may register from one network address. */
const mostByAddress = 100
const mostByEmail = 5

/**
 * Takes a registration as the rule of its audience asks; its address or telephone waits to be confirmed. That another has
 * one of them already is told to that owner by letter and to nobody else: the rows, the answer and its time are the same.
 * @returns a ticket with which the letter or the code can be sent again, and which of the two was sent
 * @throws InvalidInput 422 by field: what the rule asks for and is missing, a mailbox of a free service, a taken user
 * name; RegistrationClosed 403; TooManyRequests 429; SmsNotSet 503, SmsSpent 429
 */
export const register = (ctx: Visitor, registration: Registration): Promise<RegistrationTaken> =>
  evenly(async () => {
    const { email, userName, phone, password } = registration
    await takeAttempt(ctx.db, bucketOf('registration:address', ctx.address), mostByAddress, anHour)
    await takeAttempt(ctx.db, bucketOf('registration:email', email), mostByEmail, anHour)
    if (phone) await takeAttempt(ctx.db, bucketOf('registration:phone', phone), mostByEmail, anHour)
    const rule = await getRule(ctx.db, registration.audience)
    await refuseByRule(ctx, rule, registration)
    if (userName && (await isUserNameTaken(ctx.db, userName))) throw userNameTaken()
    const passwordHash = await hashPassword(password)
    const confirmBy = channelOf(rule, registration)

    return transaction(ctx, async (tx) => {
      const account = await insertAccount(tx, rowOf(registration, rule, passwordHash))
      if (!account) throw userNameTaken()
      await insertConsent(tx, account.id, consentVersion)
      await tellHow(tx, ctx, confirmBy, { ...registration, id: account.id, userName: userName ?? null })
      const { audience } = registration
      journal(tx, anyoneOf(ctx), 'account.registered', subjectOf(account), { audience, consent: consentVersion })
      return { ticket: await issueToken(tx, account.id, 'letter-ticket'), confirmBy }
    })
  })

/** Everything that the audience's rule has against a registration, told at once. */
async function refuseByRule(ctx: Visitor, rule: AudienceRule, registration: Registration): Promise<void> {
  const { audience, email, password } = registration
  if (!isRegistrationOpen(rule)) throw new RegistrationClosed()
  const fields: FieldProblem[] = askedFields(audience, rule)
    .filter((field) => registration[field] === undefined)
    .map((field) => ({ field, code: 'required', text: askedTexts[field] }))
  const mail = await refusalOfMail(ctx.db, rule, email)
  if (mail) fields.push({ field: 'email', code: mail.error.code, text: mail.text })
  const weak = passwordProblem(password, rule.passwordProfile, knownPasswords)
  if (weak) fields.push({ field: 'password', code: 'password', text: weak })
  if (fields.length > 0) throw new InvalidInput({ fields })
}

/** Only what the rule asks for is kept. */
function rowOf(registration: Registration, rule: AudienceRule, passwordHash: string): NewAccount {
  const { surname, name, patronymic, email, audience } = registration
  const asked = new Set<string>(askedFields(audience, rule))
  const told = (field: AskedField) => (asked.has(field) ? (registration[field] ?? null) : null)
  return {
    surname,
    name,
    patronymic,
    position: told('position'),
    email,
    emailConfirmedAt: null,
    userName: told('userName'),
    phone: told('phone'),
    phoneConfirmedAt: null,
    passwordHash,
    temporaryUntil: null,
    audience,
    inn: told('inn'),
    snils: told('snils'),
    regionCode: null,
    organisationName: told('organisation'),
    registeredAt: new Date(),
    approvalAskedAt: rule.registration === 'approved' ? new Date() : null,
    createdBy: null,
  }
}

/** By which of the two a registration is confirmed: the rule says, or leaves it to the person. */
function channelOf(rule: AudienceRule, { phone, confirmBy }: Registration): 'email' | 'sms' {
  switch (rule.confirmation) {
    case 'email':
      return 'email'
    case 'sms':
      return 'sms'
    case 'either':
      if (!phone || !rule.fields.includes('phone') || !isSmsAvailable()) return 'email'
      return confirmBy ?? 'sms'
  }
}

type Told = Registered & { phone?: string | undefined }

async function tellHow(tx: Tx, ctx: Visitor, confirmBy: 'email' | 'sms', account: Told): Promise<void> {
  if (confirmBy === 'email' || !account.phone) return tellTheWay(tx, ctx, account)
  const address = codeAddressOf({ id: account.id, phone: account.phone })
  const owners = [await findOwnerOf(tx, account.email), await findOwnerOfPhone(tx, account.phone)]
  const letters = new Set(owners.flatMap((owner) => (owner?.email ? [owner.email] : [])))
  for (const email of letters) await sendWaysInLetter(tx, ctx.baseUrl, email)
  await (owners.some(Boolean) ? pretendCode : sendCode)(tx, ctx, address)
}

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
 * @returns whether an operator must still approve the account
 * @throws LinkUsed 409, LinkDead 410
 */
export const activate = (ctx: Visitor, token: string): Promise<{ waits: boolean }> =>
  transaction(ctx, async (tx) => {
    const account = await findToken(tx, ['activation'], hashOf(token))
    if (!account) throw new LinkDead()
    if (account.confirmed || account.used) throw new LinkUsed()
    if (!account.good) throw new LinkDead()
    await lockForConfirming(tx, account)
    // Of two presses at once, the second comes here when the first has done all.
    if (!(await takeToken(tx, 'activation', hashOf(token)))) throw new LinkUsed()
    await confirmAddress(tx, anyoneOf(ctx), account)
    return { waits: await isWaitingForApproval(tx, account.id) }
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
