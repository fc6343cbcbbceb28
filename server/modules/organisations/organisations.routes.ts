import { z } from 'zod'
import {
  NewOrganisation,
  OrganisationChange,
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
import { addOrganisation, changeOrganisation } from './registry.ts'

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
  .post(
    '/',
    {
      needs: 'organisation.manage',
      summary: 'Добавить организацию в реестр',
      body: NewOrganisation,
      replies: OrganisationReply,
      status: 201,
    },
    async (ctx, _params, organisation) => replyOf(await addOrganisation(ctx, organisation)),
  )
  .get(
    '/search',
    {
      needs: 'signed-in',
      tokens: true,
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
  .patch(
    '/{id}',
    {
      needs: 'organisation.manage',
      summary: 'Изменить сведения об организации или её место в сети',
      body: OrganisationChange,
      replies: OrganisationReply,
    },
    async (ctx, { id }, change) => replyOf(await changeOrganisation(ctx, id, change)),
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
  const { regionCode, regionName, higherId, higherShortName, closedAt, ...rest } = organisation
  return {
    ...rest,
    region: { code: regionCode, name: regionName },
    higher: referenceOf(higherId, higherShortName),
    closedAt: closedAt?.toISOString() ?? null,
  }
}
