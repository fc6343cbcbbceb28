/** Whether a password will do for this person: by its audience's profile, and with nothing of the person's own in it. */
import type { Audience } from '../../../../contracts/audiences.ts'
import { holdsOwnData, ownDataProblem, type PasswordProfile, passwordProblem } from '../../../../contracts/passwords.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import { getRule } from '../audiences/audiences.ts'
import { knownPasswords } from './known-passwords.ts'

export type PasswordOwner = {
  surname: string
  name: string
  email: string
  userName: string | null
  audience: Audience
}

export const profileOf = async (db: Db, audience: Audience): Promise<PasswordProfile> =>
  (await getRule(db, audience)).passwordProfile

/** @throws InvalidInput 422 at the field `password` */
export async function refuseUnfit(db: Db, password: string, owner: PasswordOwner): Promise<void> {
  const problem = passwordProblem(password, await profileOf(db, owner.audience), knownPasswords)
  if (problem) throw wrongPassword(problem)
  const { userName, email, surname, name } = owner
  if (holdsOwnData(password, [userName, email, surname, name])) throw wrongPassword(ownDataProblem)
}

export const wrongPassword = (text: string, field = 'password') =>
  new InvalidInput({ fields: [{ field, code: 'password', text }] })
