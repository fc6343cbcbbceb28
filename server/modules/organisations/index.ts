/**
 * Organisations: the tree of institutions under municipalities and regions, their requisites, and who is attached to
 * which. Other modules come to an organisation on a person's behalf by `accessOrganisation`, narrow their lists with
 * `withinScopes`, and ask here who decides for an organisation and who is attached to it.
 */
import type { OrganisationBlock, Room } from '../../kernel/room.ts'
import { addressesRoutes } from './addresses/addresses.routes.ts'
import './addresses/addresses.tables.ts'
import { resolveAddresses } from './addresses/addresses.ts'
import { deeds } from './deeds.ts'
import { endingPages } from './ending.pages.tsx'
import { importsPages } from './imports/imports.pages.tsx'
import { importsNotices, importsPhrases } from './imports/imports.phrases.ts'
import { importsRoutes } from './imports/imports.routes.ts'
import './imports/imports.tables.ts'
import { workSoon } from './imports/work.ts'
import { organisationFormPages } from './organisation-form.pages.tsx'
import { ownOrganisations } from './organisations.block.tsx'
import { organisationsPages } from './organisations.pages.tsx'
import { notices, phrases } from './organisations.phrases.ts'
import { organisationsRoutes } from './organisations.routes.ts'
import './organisations.tables.ts'
import { eraseOwn, exportOwn, mustHandOver } from './own-data.queries.ts'
import { measureRegistry } from './scopes.queries.ts'
import { seatsPages } from './seats.pages.tsx'
import { seatsNotices, seatsPhrases } from './seats.phrases.ts'
import { seatOffersRoutes, seatsRoutes } from './seats.routes.ts'
import './seats.tables.ts'

export { hasAddresses } from './addresses/addresses.queries.ts'
export { loadAddresses } from './addresses/loading.ts'
export { findMembership } from './detachment.queries.ts'
export { detachMember } from './detachment.ts'
export { endOrganisation } from './ending.ts'
export { findHigher } from './higher.ts'
export { type EndedImport, findEndedImport } from './imports/imports.queries.ts'
export { configureImports, type ImportEnding } from './imports/work.ts'
export {
  type Attachment,
  type Decider,
  fullNameOf,
  listDeciders,
  listMembers,
} from './members.queries.ts'
export { accessOrganisation, placeAbove, placeOf } from './organisations.access.ts'
export {
  kindNames,
  legalFormNames,
  legalStandingNames,
  levelNames,
  membershipRoleNames,
  settlementNames,
} from './organisations.phrases.ts'
export { findOrganisation, type Organisation } from './organisations.queries.ts'
export { attachMember, searchOrganisations } from './organisations.ts'
export { findRegion, insertRegions } from './regions.queries.ts'
export { loadRegions, regionsOfReference } from './regions.ts'
export { changeRequisites, createOrganisation, fieldsOf } from './registry.ts'
export { belowScopes, withinScopes } from './scopes.queries.ts'
export { audienceOf, findOffer as findSeatOffer, lockHolder as lockSeat } from './seats.queries.ts'
export { handOverSeat } from './seats.ts'
export { findSimilar } from './similar.ts'

/** @param blocks parts of an organisation's page that other rooms contribute: its reports */
export const organisationsRoom = (blocks: OrganisationBlock[]): Room => ({
  name: 'organisations',
  deeds,
  // «New» stands before «{id}», which would take it for an organisation.
  endpoints: [
    ...addressesRoutes.endpoints,
    ...importsRoutes.endpoints,
    ...importsPages.endpoints,
    ...organisationsRoutes.endpoints,
    ...organisationFormPages.endpoints,
    ...endingPages.endpoints,
    ...organisationsPages(blocks).endpoints,
    ...seatsRoutes.endpoints,
    ...seatOffersRoutes.endpoints,
    ...seatsPages.endpoints,
  ],
  phrases: { ...phrases, ...importsPhrases, ...seatsPhrases },
  notices: { ...notices, ...importsNotices, ...seatsNotices },
  sections: [{ text: 'Организации', href: '/organisations', needs: 'organisation.read', order: 40 }],
  regularly: async (db) => {
    // Not waited for: an import of thousands would hold the other looks up.
    workSoon(db)
    await measureRegistry(db)
    await resolveAddresses(db)
  },
  exportOwn,
  mustHandOver,
  eraseOwn,
  cabinetBlocks: [{ place: 'side', order: 10, render: ownOrganisations }],
})
