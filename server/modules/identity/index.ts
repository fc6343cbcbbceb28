/**
 * People: accounts, registration and the confirmation of e-mail, signing in and out, sessions, passwords, the profile,
 * and grants (a role over a scope).
 */
import type { Endpoint } from '../../kernel/http/index.ts'
import type { Room } from '../../kernel/room.ts'
import { accessPages } from './access/access.pages.tsx'
import { accountsPages } from './accounts/accounts.pages.tsx'
import { accountsNotices, accountsPhrases } from './accounts/accounts.phrases.ts'
import { dropForgottenRegistrations } from './accounts/accounts.queries.ts'
import { accountsRoutes, factorResetsRoutes } from './accounts/accounts.routes.ts'
import { importsPages } from './accounts/imports/imports.pages.tsx'
import { dropOldImports } from './accounts/imports/imports.queries.ts'
import { importsRoutes } from './accounts/imports/imports.routes.ts'
import { continueImport } from './accounts/imports/imports.ts'
import { apiTokensPages } from './api-tokens/api-tokens.pages.tsx'
import { apiTokensNotices, apiTokensPhrases } from './api-tokens/api-tokens.phrases.ts'
import { dropOldApiTokens } from './api-tokens/api-tokens.queries.ts'
import { apiTokensRoutes } from './api-tokens/api-tokens.routes.ts'
import { audiencesPages } from './audiences/audiences.pages.tsx'
import { audiencesNotices, audiencesPhrases } from './audiences/audiences.phrases.ts'
import { audiencesRoutes, freeMailRoutes } from './audiences/audiences.routes.ts'
import { freeMailPages } from './audiences/free-mail.pages.tsx'
import { codesPhrases } from './codes/codes.phrases.ts'
import { dropOldCodes } from './codes/codes.queries.ts'
import { consentPages } from './consent/consent.pages.tsx'
import { consentPhrases } from './consent/consent.phrases.ts'
import { consentRoutes } from './consent/consent.routes.ts'
import { consentTextPage } from './consent/consent-text.page.tsx'
import { contactsPages, contactsStepPages } from './contacts/contacts.pages.tsx'
import { contactsNotices, contactsPhrases } from './contacts/contacts.phrases.ts'
import { dropOldChanges } from './contacts/contacts.queries.ts'
import { contactsRoutes, contactsStepRoutes } from './contacts/contacts.routes.ts'
import { domainTiesPages, externalDoorPages } from './domains/domains.pages.tsx'
import { domainsNotices, domainsPhrases } from './domains/domains.phrases.ts'
import { domainsRoutes } from './domains/domains.routes.ts'
import { esiaPages } from './esia/esia.pages.tsx'
import { esiaNotices, esiaPhrases } from './esia/esia.phrases.ts'
import { esiaRoutes } from './esia/esia.routes.ts'
import { tiePages } from './esia/tie.pages.tsx'
import { externalPhrases } from './external/external.phrases.ts'
import { dropOldExternalSignIns } from './external/external-sign-ins.queries.ts'
import { grantsPages } from './grants/grants.pages.tsx'
import { deeds } from './helpers/deeds.ts'
import { whoseHelper } from './helpers/helpers.block.tsx'
import { helpersPages } from './helpers/helpers.pages.tsx'
import { helpersNotices, helpersPhrases } from './helpers/helpers.phrases.ts'
import { helpersRoutes } from './helpers/helpers.routes.ts'
import { notices, phrases } from './identity.phrases.ts'
import { profileRoutes, registrationRoutes, sessionRoutes, sessionsRoutes } from './identity.routes.ts'
import { invitationsPages } from './invitations/invitations.pages.tsx'
import { invitationsNotices, invitationsPhrases } from './invitations/invitations.phrases.ts'
import { dropOldInvitations } from './invitations/invitations.queries.ts'
import { invitationsRoutes } from './invitations/invitations.routes.ts'
import { identityLetterSamples } from './letters.samples.ts'
import { cancellationPages } from './own-data/cancellation.pages.tsx'
import { administrationToHandOver, eraseDue, eraseIdentity } from './own-data/erasure.ts'
import { exportIdentity } from './own-data/own-copy.ts'
import { ownDataPages } from './own-data/own-data.pages.tsx'
import { ownDataNotices, ownDataPhrases } from './own-data/own-data.phrases.ts'
import { ownDataRoutes } from './own-data/own-data.routes.ts'
import { newPasswordPages } from './passwords/new-password.pages.tsx'
import { passwordResetPages } from './passwords/password-reset.pages.tsx'
import { passwordsNotices } from './passwords/passwords.phrases.ts'
import { passwordRoutes } from './passwords/passwords.routes.ts'
import { supportPages } from './passwords/support.pages.tsx'
import { checkWaiting, personalDataHandlers } from './personal-data/checking.ts'
import { personalDataPages } from './personal-data/personal-data.pages.tsx'
import { personalDataNotices } from './personal-data/personal-data.phrases.ts'
import { personalDataRoutes } from './personal-data/personal-data.routes.ts'
import { profilePages } from './profile/profile.pages.tsx'
import { signInJournalPages } from './profile/sign-in-journal.pages.tsx'
import { signInJournalRoutes } from './profile/sign-in-journal.routes.ts'
import { activationPages } from './registration/activation.pages.tsx'
import { registrationPages } from './registration/registration.pages.tsx'
import { registrationNotices, registrationPhrases } from './registration/registration.phrases.ts'
import './personal-data/personal-data.tables.ts'
import { settingsPages } from './profile/settings.pages.tsx'
import { demandingRolesPages } from './second-factor/demanding-roles.pages.tsx'
import { dropOldDevices } from './second-factor/devices.queries.ts'
import { dropPendingAuthenticators } from './second-factor/factors.queries.ts'
import { dropOldChallenges } from './second-factor/passkeys.queries.ts'
import { secondFactorNotices, secondFactorPhrases } from './second-factor/second-factor.phrases.ts'
import { demandingRolesRoutes, factorRoutes, passkeyRoutes, stepRoutes } from './second-factor/second-factor.routes.ts'
import { securityPages } from './second-factor/security.pages.tsx'
import { stepPagesOfFactor } from './second-factor/step.pages.tsx'
import { stepSetUpPages } from './second-factor/step-set-up.pages.tsx'
import { tellOfNewDevices } from './sign-in/new-device.ts'
import { regionPages } from './sign-in/region.pages.ts'
import { dropOldSessions } from './sign-in/sessions.queries.ts'
import { signInPages } from './sign-in/sign-in.pages.tsx'
import { stepsPhrases } from './steps/steps.phrases.ts'
import { dropOldTokens } from './tokens.queries.ts'

export { type Account, type Audience, accountName, partsOfName } from './accounts/account.ts'
export { findAccounts } from './accounts/accounts.queries.ts'
export { type NewPerson, openAccount } from './accounts/accounts.ts'
export {
  createAdministrator,
  grantByEmail,
  listAdministrators,
  recoverAdministrator,
} from './accounts/administrators.ts'
export { openChecked as openInvited } from './accounts/making.ts'
export { readApiToken } from './api-tokens/api-tokens.ts'
export { getRule, listSeatAudiences } from './audiences/audiences.ts'
export { domainsOf, loadFreeMailDomains } from './audiences/free-mail.ts'
export { isListed, refusalOfMail } from './audiences/mail-domains.ts'
export { insertConsent } from './consent/consent.queries.ts'
export { findByLogin, tieByEmail } from './domains/by-command.ts'
export { configureDomains, readDomains } from './domains/domains.ts'
export { configureEsia, type EsiaProvider, openEsia } from './esia/provider.ts'
export { endDatedRole, grantRole } from './grants/grants.ts'
export { countHolders } from './grants/holders.queries.ts'
export { endLending, lend, lendFor, ownGrantsOf } from './grants/lending.ts'
export { configureHelpers } from './helpers/rooms.ts'
export { configureOwnData } from './own-data/parts.ts'
export { hashPassword } from './passwords/passwords.ts'
export { configureSupport } from './passwords/support.pages.tsx'
export { httpRegistry } from './personal-data/http-registry.ts'
export { configureRegistry, type PersonToCheck, type RegistryCheck } from './personal-data/registry-check.ts'
export { deviceOf } from './sign-in/device.ts'
export { configureNotices } from './sign-in/new-device.ts'
export { findSessionOfAnyTime, readSession } from './sign-in/sessions.ts'
export { stepPages } from './steps/pages.ts'

export const identityRoom: Room = {
  name: 'identity',
  deeds,
  endpoints: [
    sessionRoutes,
    sessionsRoutes,
    registrationRoutes,
    profileRoutes,
    signInPages,
    registrationPages,
    activationPages,
    passwordResetPages,
    passwordRoutes,
    newPasswordPages,
    supportPages,
    contactsPages,
    contactsStepPages,
    contactsRoutes,
    contactsStepRoutes,
    consentPages,
    consentRoutes,
    consentTextPage,
    profilePages,
    settingsPages,
    personalDataPages,
    personalDataRoutes,
    ownDataPages,
    ownDataRoutes,
    cancellationPages,
    signInJournalPages,
    signInJournalRoutes,
    esiaPages,
    tiePages,
    esiaRoutes,
    externalDoorPages,
    domainTiesPages,
    domainsRoutes,
    passkeyRoutes,
    stepPagesOfFactor,
    stepSetUpPages,
    securityPages,
    demandingRolesPages,
    stepRoutes,
    factorRoutes,
    demandingRolesRoutes,
    accessPages,
    audiencesPages,
    audiencesRoutes,
    freeMailPages,
    freeMailRoutes,
    importsPages,
    importsRoutes,
    accountsPages,
    grantsPages,
    accountsRoutes,
    factorResetsRoutes,
    regionPages,
    apiTokensRoutes,
    apiTokensPages,
    helpersPages,
    helpersRoutes,
    invitationsPages,
    invitationsRoutes,
  ].flatMap(({ endpoints }): Endpoint[] => endpoints),
  phrases: {
    ...phrases,
    ...registrationPhrases,
    ...audiencesPhrases,
    ...accountsPhrases,
    ...apiTokensPhrases,
    ...helpersPhrases,
    ...invitationsPhrases,
    ...consentPhrases,
    ...ownDataPhrases,
    ...domainsPhrases,
    ...esiaPhrases,
    ...externalPhrases,
    ...secondFactorPhrases,
    ...stepsPhrases,
    ...codesPhrases,
    ...contactsPhrases,
  },
  notices: {
    ...apiTokensNotices,
    ...helpersNotices,
    ...invitationsNotices,
    ...notices,
    ...passwordsNotices,
    ...personalDataNotices,
    ...ownDataNotices,
    ...contactsNotices,
    ...secondFactorNotices,
    ...audiencesNotices,
    ...accountsNotices,
    ...registrationNotices,
    ...domainsNotices,
    ...esiaNotices,
  },
  cabinetBlocks: [{ place: 'side', order: 5, render: whoseHelper }],
  sections: [
    { text: 'Помощники', href: '/helpers', needs: 'helper.manage', order: 75, aside: true },
    { text: 'Учётные записи', href: '/accounts', needs: 'account.read', order: 70, aside: true },
    { text: 'Доступ', href: '/access', needs: 'audience.manage', order: 80, aside: true },
  ],
  exportOwn: exportIdentity,
  mustHandOver: administrationToHandOver,
  eraseOwn: eraseIdentity,
  letterSamples: identityLetterSamples,
  handlers: { ...personalDataHandlers, 'accounts.import-goes-on': continueImport },
  regularly: async (db) => {
    await tellOfNewDevices(db)
    await dropOldSessions(db)
    await dropOldTokens(db)
    await dropOldImports(db)
    await dropOldApiTokens(db)
    await dropOldInvitations(db)
    await dropOldCodes(db)
    await dropOldChanges(db)
    await dropOldChallenges(db)
    await dropOldDevices(db)
    await dropPendingAuthenticators(db)
    await dropForgottenRegistrations(db)
    await dropOldExternalSignIns(db)
    await checkWaiting(db)
    await eraseDue(db)
  },
}
