/** A person's e-mail and telephone: confirmed by a link or a code, corrected while they are not. */
import { type ContactKind, type Contacts, readers } from '../../../../contracts/contacts.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput, TooManyRequests } from '../../../kernel/errors/index.ts'
import { type Context, forgetAttempts, type Stage, takeAttempt } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { findOwnerOf, lockAccountsOf, removeOtherRegistrations } from '../accounts/accounts.queries.ts'
import { getRule } from '../audiences/audiences.ts'
import { refusalOfMail } from '../audiences/mail-domains.ts'
import { type CodeAddress, checkCode, pretendCode, sendCode, takeCode } from '../codes/codes.ts'
import { evenly } from '../passwords/evenly.ts'
import { findOwnerOfPhone, lockAccountsOfPhone } from '../registration/registration.queries.ts'
import { bucketOf } from '../secrets.ts'
import { advance } from '../steps/enter.ts'
import { issueToken } from '../tokens.ts'
import { ContactConfirmed, ContactMissing, ContactsStopped, ContactTaken } from './contacts.errors.ts'
import { sendConfirmLetter, sendTakenLetter } from './contacts.letters.ts'
import { sameContact } from './contacts.phrases.ts'
import {
  correctEmail,
  correctPhone,
  getContacts,
  listChanges,
  lockContacts,
  type OwnContacts,
  setConfirmed,
} from './contacts.queries.ts'

const anHour = 3600
const aDay = 86_400
const lettersInHour = 5
/** Other addresses that a person may name before one of them is confirmed. */
const addressesInDay = 4

export async function viewContacts(ctx: Context): Promise<Contacts> {
  const { audience, id: _, ...contacts } = await getContacts(ctx.db, ctx.account.id)
  const { confirmation } = await getRule(ctx.db, audience)
  const changes = await listChanges(ctx.db, ctx.account.id)
  return {
    ...contacts,
    demanded: confirmation,
    changes: changes.map(({ id: _, expiresAt, ...change }) => ({ ...change, expiresAt: expiresAt.toISOString() })),
  }
}

/**
 * Sends the link («Подтвердить адрес») or the code that confirms the person's own address. Where it is another's
 * already, the other gets a letter, and the answer is the same.
 * @throws ContactMissing, ContactConfirmed 409; CodeTooSoon, TooManyRequests, SmsSpent 429; SmsNotSet 503
 */
export const askConfirmation = (ctx: Context, kind: ContactKind, way: 'link' | 'code'): Promise<void> =>
  evenly(() =>
    transaction(ctx, async (tx) => {
      const own = await getContacts(tx, ctx.account.id)
      const value = unconfirmedOf(own, kind)
      if (way === 'link' && kind === 'email') await sendLink(tx, ctx, value)
      else await sendCodeTo(tx, ctx, 'contact', kind, value)
      journal(tx, ctx, 'contact.confirmation-asked', subjectOf(ctx), { kind, way })
    }),
  )

async function sendLink(tx: Tx, ctx: Context, email: string): Promise<void> {
  await takeAttempt(tx, bucketOf('letter:email', email), lettersInHour, anHour)
  if (await findOwnerOf(tx, email)) return sendTakenLetter(tx, ctx.baseUrl, email, 'email')
  await sendConfirmLetter(tx, ctx.baseUrl, email, await issueToken(tx, ctx.account.id, 'activation'))
}

/** A code to the address, or a letter to its owner when that is somebody else. */
export async function sendCodeTo(
  tx: Tx,
  ctx: Context,
  purpose: 'contact' | 'contact-new',
  kind: ContactKind,
  value: string,
): Promise<void> {
  const address = addressOf(ctx, purpose, kind, value)
  const owner = await findOtherOwner(tx, ctx, kind, value)
  if (!owner) return sendCode(tx, ctx, address)
  await pretendCode(tx, ctx, address)
  if (owner.email) await sendTakenLetter(tx, ctx.baseUrl, owner.email, kind)
}

async function findOtherOwner(tx: Tx, ctx: Context, kind: ContactKind, value: string) {
  const owner = kind === 'email' ? await findOwnerOf(tx, value) : await findOwnerOfPhone(tx, value)
  if (!owner || owner.id === ctx.account.id) return undefined
  return { email: 'email' in owner ? owner.email : value }
}

/**
 * Confirms the person's own address by the code; a step of the way in as well.
 * @returns the stage reached
 * @throws InvalidInput 422 at `code`; ContactMissing, ContactConfirmed, ContactTaken 409; TooManyRequests 429
 */
export async function confirmContact(ctx: Context, kind: ContactKind, typed: string): Promise<Stage> {
  const value = unconfirmedOf(await getContacts(ctx.db, ctx.account.id), kind)
  const good = await checkCode(ctx, addressOf(ctx, 'contact', kind, value), typed)
  return transaction(ctx, async (tx) => {
    await lockForContact(tx, ctx, kind, value)
    await takeCode(tx, good)
    await takeContact(tx, ctx, kind, value)
    journal(tx, ctx, 'account.contact-confirmed', subjectOf(ctx), { kind })
    return advance(tx, ctx)
  })
}

/** Others under the same address in one order, or two who confirm it at once would wait for each other. */
export async function lockForContact(tx: Tx, ctx: Context, kind: ContactKind, value: string): Promise<void> {
  const others = await (kind === 'email' ? lockAccountsOf : lockAccountsOfPhone)(tx, value)
  if (others.some(({ id, confirmedAt }) => confirmedAt && id !== ctx.account.id)) throw new ContactTaken()
}

/** It is proved to be the person's: registrations that wait under it are nobody's, and wrong tries are forgiven. */
export async function takeContact(tx: Tx, ctx: Context, kind: ContactKind, value: string): Promise<void> {
  if (kind === 'email') await removeOtherRegistrations(tx, ctx.account.id, value)
  await setConfirmed(tx, ctx.account.id, kind, value)
  await forgetAttempts(tx, bucketOf('contact:addresses', ctx.account.id))
}

/**
 * Corrects an address that is not confirmed yet. Whoever names wrong ones again and again is stopped (manual 4).
 * @throws InvalidInput 422 at `value`; MailDomainFree, MailDomainNotListed 422; ContactConfirmed 409; ContactsStopped 429
 */
export async function correctContact(ctx: Context, kind: ContactKind, typed: string): Promise<void> {
  const value = readContact(kind, typed)
  await countAddress(ctx)
  await transaction(ctx, async (tx) => {
    const own = await lockContacts(tx, ctx.account.id)
    if (isConfirmed(own, kind)) throw new ContactConfirmed()
    await refuseMail(tx, own, kind, value)
    await (kind === 'email' ? correctEmail : correctPhone)(tx, ctx.account.id, value)
    journal(tx, ctx, 'contact.corrected', subjectOf(ctx), { kind })
  })
}

/** Also when the transaction that follows is undone: a guess is a guess. */
export async function countAddress(ctx: Context): Promise<void> {
  try {
    await takeAttempt(ctx.db, bucketOf('contact:addresses', ctx.account.id), addressesInDay, aDay)
  } catch (error) {
    if (error instanceof TooManyRequests) throw new ContactsStopped()
    throw error
  }
}

/**
 * Goes on when a link in a letter has confirmed the address meanwhile.
 * @returns the stage reached
 */
export const goOn = (ctx: Context): Promise<Stage> => transaction(ctx, (tx) => advance(tx, ctx))

/** @throws InvalidInput 422 at `value` */
export function readContact(kind: ContactKind, typed: string): string {
  const { data, error } = readers[kind].safeParse(typed)
  if (data === undefined) throw wrongValue(error?.issues[0]?.message ?? '')
  return data
}

/** @throws InvalidInput 422 at `value`, where the audience has other domains */
export async function refuseMail(tx: Tx, own: OwnContacts, kind: ContactKind, value: string): Promise<void> {
  if (kind === 'phone') return
  if (own.emailConfirmed && own.email === value) throw wrongValue(sameContact)
  const refusal = await refusalOfMail(tx, await getRule(tx, own.audience), value)
  if (refusal) throw wrongValue(refusal.text)
}

export const wrongValue = (text: string, field = 'value') =>
  new InvalidInput({ fields: [{ field, code: 'contact', text }] })

export const isConfirmed = (own: OwnContacts, kind: ContactKind): boolean =>
  kind === 'email' ? own.emailConfirmed : own.phoneConfirmed

function unconfirmedOf(own: OwnContacts, kind: ContactKind): string {
  if (isConfirmed(own, kind)) throw new ContactConfirmed()
  const value = own[kind]
  if (!value) throw new ContactMissing()
  return value
}

export const addressOf = (
  ctx: Context,
  purpose: 'contact' | 'contact-old' | 'contact-new',
  kind: ContactKind,
  to: string,
): CodeAddress => ({ purpose, channel: kind === 'email' ? 'email' : 'sms', to, accountId: ctx.account.id })

export const subjectOf = (ctx: Context) => ({ kind: 'account', id: ctx.account.id })
