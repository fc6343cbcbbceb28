/**
 * People: accounts, registration and the confirmation of e-mail, signing in and out, sessions, passwords, the profile,
 * and grants (a role over a scope).
 */
import type { Db } from '../../kernel/db/index.ts'
import type { SignedIn } from '../../kernel/http/index.ts'
import type { Room } from '../../kernel/room.ts'

export { type Account, type Audience, accountName, audiences, partsOfName } from './account.ts'
export { findAccounts } from './accounts.queries.ts'
export { createAccount, type NewPerson } from './accounts.ts'
export { grantRole } from './grants.ts'
export { hashPassword } from './passwords.ts'

export const identityRoom: Room = { name: 'identity', endpoints: [], phrases: {} }

export async function readSession(_db: Db, _token: string): Promise<SignedIn | undefined> {
  return undefined
}
