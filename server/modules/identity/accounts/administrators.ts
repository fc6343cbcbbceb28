/** Administrators of the whole installation: the first is made from the command line, before anyone can sign in. */
import { randomInt } from 'node:crypto'
import { passwordProblems } from '../../../../contracts/passwords.ts'
import type { Grant } from '../../../kernel/access/index.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { holdsGrant } from '../grants/grants.queries.ts'
import { grantRole } from '../grants/grants.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { endSessions } from '../sign-in/sessions.queries.ts'
import { accountName, partsOfName } from './account.ts'
import { findAccounts, findOwnerOf } from './accounts.queries.ts'
import { openAccount } from './accounts.ts'
import { removeFactors, setTemporaryPassword } from './management.queries.ts'

export { listAdministrators } from '../grants/grants.queries.ts'

const operator = { requestId: 'command-line' }
/** What has stood on a screen is to be changed at the first sign-in, and before it is forgotten there. */
const temporaryDays = 3

/**
 * Makes an account with the role of administrator everywhere.
 * @param fullName surname first: «Фамилия Имя Отчество»
 * @returns its temporary password, which is kept nowhere
 * @throws EmailTaken 409
 */
export async function createAdministrator(db: Db, email: string, fullName: string): Promise<string> {
  const password = initialPassword()
  const passwordHash = await hashPassword(password)
  await transaction({ db }, async (tx) => {
    const person = { ...partsOfName(fullName), email, emailConfirmed: true, passwordHash }
    const temporaryUntil = new Date(Date.now() + temporaryDays * 86_400_000)
    const id = await openAccount(tx, operator, { ...person, position: 'администратор системы', temporaryUntil })
    await grantRole(tx, operator, id, { role: 'administrator', scope: 'everywhere' })
  })
  return password
}

/**
 * Lets an administrator in again whose password or second factor is lost, where no letter arrives and no second
 * administrator is there to consent. Whoever can run commands on the machine holds its database anyway.
 * @returns a temporary password; undefined when the address belongs to no administrator
 */
export async function recoverAdministrator(db: Db, email: string): Promise<string | undefined> {
  const password = initialPassword()
  const passwordHash = await hashPassword(password)
  const isRecovered = await transaction({ db }, async (tx) => {
    const owner = await findOwnerOf(tx, email.toLowerCase())
    if (!owner || !(await holdsGrant(tx, owner.id, { role: 'administrator', scope: 'everywhere' }))) return false
    await setTemporaryPassword(tx, owner.id, passwordHash, temporaryDays)
    await removeFactors(tx, owner.id)
    const ended = await endSessions(tx, owner.id, undefined)
    journal(tx, operator, 'account.recovered', { kind: 'account', id: owner.id }, { sessionsEnded: ended })
    return true
  })
  return isRecovered ? password : undefined
}

/**
 * Gives a role to the person who has confirmed the address.
 * @returns the person's name, and false when the role was held already; undefined when nobody has confirmed the address
 */
export const grantByEmail = (
  db: Db,
  email: string,
  grant: Grant,
): Promise<{ name: string; given: boolean } | undefined> =>
  transaction({ db }, async (tx) => {
    const owner = await findOwnerOf(tx, email.toLowerCase())
    const [account] = owner ? await findAccounts(tx, [owner.id]) : []
    if (!account) return undefined
    const given = !(await holdsGrant(tx, account.id, grant))
    if (given) await grantRole(tx, operator, account.id, grant)
    return { name: accountName(account), given }
  })

/** Without letters and digits that look alike: it is read from a screen and typed by hand. */
const signs = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Sixteen random signs in groups of four, about 93 bits. */
export function initialPassword(): string {
  const group = () => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('')
  for (;;) {
    const password = [group(), group(), group(), group()].join('-')
    if (passwordProblems(password).length === 0) return password
  }
}
