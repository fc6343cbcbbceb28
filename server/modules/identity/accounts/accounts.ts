import type { Tx } from '../../../kernel/db/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { EmailTaken, UserNameTaken } from '../identity.errors.ts'
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
  /** Of `hashPassword`; null: no door by password yet. */
  passwordHash: string | null
  audience?: Audience
}

/**
 * Makes an account for a person, as an administrator or a decision does; a registration has its own way.
 * @returns its id
 * @throws UserNameTaken, EmailTaken 409
 */
export async function createAccount(tx: Tx, actor: Actor, person: NewPerson): Promise<string> {
  const userName = person.userName?.toLowerCase() ?? null
  const account = await insertAccount(tx, {
    surname: person.surname,
    name: person.name,
    patronymic: person.patronymic ?? null,
    position: person.position ?? null,
    email: person.email.toLowerCase(),
    emailConfirmedAt: person.emailConfirmed ? new Date() : null,
    userName,
    phone: person.phone ?? null,
    passwordHash: person.passwordHash,
    audience: person.audience ?? 'staff',
    registeredAt: null,
  })
  if (!account) throw userName && (await isUserNameTaken(tx, userName)) ? new UserNameTaken() : new EmailTaken()
  journal(tx, actor, 'account.created', { kind: 'account', id: account.id })
  return account.id
}
