/**
 * People: accounts, registration and the confirmation of e-mail, signing in and out, sessions, passwords, the profile,
 * and grants (a role over a scope).
 */
import type { Endpoint } from '../../kernel/http/index.ts'
import type { Room } from '../../kernel/room.ts'
import { dropForgottenRegistrations } from './accounts.queries.ts'
import { activationPages } from './activation.pages.tsx'
import { codesPhrases } from './codes/codes.phrases.ts'
import { dropOldCodes } from './codes/codes.queries.ts'
import { consentPages } from './consent/consent.pages.tsx'
import { consentPhrases } from './consent/consent.phrases.ts'
import { consentRoutes } from './consent/consent.routes.ts'
import { consentTextPage } from './consent/consent-text.page.tsx'
import { externalPhrases } from './external/external.phrases.ts'
import { dropOldExternalSignIns } from './external/external-sign-ins.queries.ts'
import { notices, phrases } from './identity.phrases.ts'
import { profileRoutes, registrationRoutes, sessionRoutes, sessionsRoutes } from './identity.routes.ts'
import { passwordResetPages } from './password-reset.pages.tsx'
import { profilePages } from './profile.pages.tsx'
import { registrationPages } from './registration.pages.tsx'
import { dropOldSessions } from './sessions.queries.ts'
import { signInPages } from './sign-in.pages.tsx'
import { stepsPhrases } from './steps/steps.phrases.ts'
import { dropOldTokens } from './tokens.queries.ts'

export { type Account, type Audience, accountName, partsOfName } from './account.ts'
export { findAccounts } from './accounts.queries.ts'
export { createAccount, type NewPerson } from './accounts.ts'
export { createAdministrator, grantByEmail, listAdministrators } from './administrators.ts'
export { insertConsent } from './consent/consent.queries.ts'
export { grantRole } from './grants.ts'
export { hashPassword } from './passwords.ts'
export { findSessionOfAnyTime, readSession } from './sessions.ts'

export { stepPages } from './steps/pages.ts'

export const identityRoom: Room = {
  name: 'identity',
  endpoints: [
    sessionRoutes,
    sessionsRoutes,
    registrationRoutes,
    profileRoutes,
    signInPages,
    registrationPages,
    activationPages,
    passwordResetPages,
    consentPages,
    consentRoutes,
    consentTextPage,
    profilePages,
  ].flatMap(({ endpoints }): Endpoint[] => endpoints),
  phrases: {
    ...phrases,
    ...consentPhrases,
    ...externalPhrases,
    ...stepsPhrases,
    ...codesPhrases,
  },
  notices,
  regularly: async (db) => {
    await dropOldSessions(db)
    await dropOldTokens(db)
    await dropOldCodes(db)
    await dropForgottenRegistrations(db)
    await dropOldExternalSignIns(db)
  },
}
