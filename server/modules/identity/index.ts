/**
 * People: accounts, registration and the confirmation of e-mail, signing in and out, sessions, passwords, the profile,
 * and grants (a role over a scope).
 */
import type { Room } from '../../kernel/room.ts'
import { notices, phrases } from './identity.phrases.ts'
import { sessionRoutes, sessionsRoutes } from './identity.routes.ts'
import { signInPages } from './sign-in.pages.tsx'

export { type Account, type Audience, accountName, audiences, partsOfName } from './account.ts'
export { findAccounts } from './accounts.queries.ts'
export { createAccount, type NewPerson } from './accounts.ts'
export { grantRole } from './grants.ts'
export { hashPassword } from './passwords.ts'
export { readSession } from './sessions.ts'

export const identityRoom: Room = {
  name: 'identity',
  endpoints: [...sessionRoutes.endpoints, ...sessionsRoutes.endpoints, ...signInPages.endpoints],
  phrases,
  notices,
}
