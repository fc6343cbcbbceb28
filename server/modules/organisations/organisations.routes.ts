import { z } from 'zod'
import {
  OrganisationHit,
  OrganisationList,
  OrganisationMember,
  Organisation as OrganisationReply,
  OrganisationSearch,
  OrganisationsQuery,
} from '../../../contracts/organisations.ts'
import { routes } from '../../kernel/http/index.ts'
import { type Organisation, referenceOf } from './organisations.queries.ts'
import { searchOrganisations, viewMembers, viewOrganisation, viewOrganisations } from './organisations.ts'

export const organisationsRoutes = routes('/organisations')
  .get(
    '/',
    {
      needs: 'organisation.read',
      summary: 'Организации, которые вам доступны',
      query: OrganisationsQuery,
      replies: OrganisationList,
    },
    (ctx, _params, query) => viewOrganisations(ctx, query),
  )
  .get(
    '/search',
    {
      needs: 'signed-in',
      summary: 'Поиск организации в реестре по названию или ИНН',
      query: OrganisationSearch,
      replies: z.array(OrganisationHit),
    },
    (ctx, _params, { q }) => searchOrganisations(ctx, q),
  )
  .get(
    '/{id}',
    { needs: 'organisation.read', summary: 'Организация с реквизитами', replies: OrganisationReply },
    async (ctx, { id }) => replyOf(await viewOrganisation(ctx, id)),
  )
  .get(
    '/{id}/members',
    {
      needs: 'organisation.members.read',
      summary: 'Кто прикреплён к организации',
      replies: z.array(OrganisationMember),
    },
    (ctx, { id }) => viewMembers(ctx, id),
  )

function replyOf(organisation: Organisation): z.input<typeof OrganisationReply> {
  const { regionCode, regionName, higherId, higherShortName, closedAt, lineage: _lineage, ...rest } = organisation
  return {
    ...rest,
    region: { code: regionCode, name: regionName },
    higher: referenceOf(higherId, higherShortName),
    closedAt: closedAt?.toISOString() ?? null,
  }
}
