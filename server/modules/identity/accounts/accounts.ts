import type { Tx } from '../../../kernel/db/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { getRule } from '../audiences/audiences.ts'
import { refusalOfMail } from '../audiences/mail-domains.ts'
import { EmailTaken, UserNameTaken } from '../identity.errors.ts'
import { sendActivationLetter } from '../letters.ts'
import { issueToken } from '../tokens.ts'
import type { Audience } from './account.ts'
import { insertAccount, isUserNameTaken } from './accounts.queries.ts'

export type NewPerson = {
  surname: string
  name: string
  patronymic?: string | null
  position?: string | null
  email: string
  /** False: the person confirms it by a letter of its own. */
  emailConfirmed: boolean
  userName?: string | null
  phone?: string | null
  phoneConfirmed?: boolean
  /** Of `hashPassword`; null: no door by password yet. */
  passwordHash: string | null
  /** Until when the password is a temporary one, to be changed at the first sign-in; null: it is the person's own. */
  temporaryUntil?: Date | null
  audience?: Audience
  /** Of a person: 12 digits. */
  inn?: string | null
  /** 11 digits. */
  snils?: string | null
  /** Whose operators look after the account before it is attached to an organisation. */
  regionCode?: string | null
  /** As it was told, until the account is attached to one of the registry. */
  organisationName?: string | null
}

/**
 * The door of every account that somebody else opens for a person: an administrator, an operator, a decision about a
 * letter or an agreement. A registration and the first sign-in through another's door have ways of their own.
 * @param letter begins the link of a letter that confirms the address; without it no letter is sent
 * @returns its id
 * @throws UserNameTaken, EmailTaken 409; MailDomainFree, MailDomainNotListed 422 by the rule of the audience
 */
export async function openAccount(
  tx: Tx,
  actor: Actor,
  person: NewPerson,
  letter?: { baseUrl: string },
): Promise<string> {
  const audience = person.audience ?? 'staff'
  const refusal = await refusalOfMail(tx, await getRule(tx, audience), person.email)
  if (refusal) throw refusal.error
  const userName = person.userName?.toLowerCase() ?? null
  const email = person.email.toLowerCase()
  const account = await insertAccount(tx, {
    surname: person.surname,
    name: person.name,
    patronymic: person.patronymic ?? null,
    position: person.position ?? null,
    email,
    emailConfirmedAt: person.emailConfirmed ? new Date() : null,
    userName,
    phone: person.phone ?? null,
    phoneConfirmedAt: person.phone && person.phoneConfirmed ? new Date() : null,
    passwordHash: person.passwordHash,
    temporaryUntil: person.temporaryUntil ?? null,
    audience,
    inn: person.inn ?? null,
    snils: person.snils ?? null,
    regionCode: person.regionCode ?? null,
    organisationName: person.organisationName ?? null,
    registeredAt: null,
    approvalAskedAt: null,
    createdBy: actor.account?.id ?? null,
  })
  if (!account) throw userName && (await isUserNameTaken(tx, userName)) ? new UserNameTaken() : new EmailTaken()
  if (letter && !person.emailConfirmed) {
    const named = { surname: person.surname, name: person.name, patronymic: person.patronymic ?? null, email, userName }
    await sendActivationLetter(tx, letter.baseUrl, named, await issueToken(tx, account.id, 'activation'))
  }
  journal(tx, actor, 'account.created', { kind: 'account', id: account.id }, { audience })
  return account.id
}
