import { z } from 'zod'
import {
  Liquidation,
  Merger,
  OkvedCode,
  OkvedQuery,
  OrganisationChange,
  OrganisationFieldChange,
  OrganisationHit,
  OrganisationList,
  OrganisationMember,
  Organisation as OrganisationReply,
  OrganisationSearch,
  OrganisationsQuery,
  OrganisationToAdd,
  Reopening,
} from '../../../contracts/organisations.ts'
import { routes } from '../../kernel/http/index.ts'
import { liquidateOrganisation, mergeOrganisation, reopenOrganisation } from './ending.ts'
import { viewChanges } from './history.ts'
import { okvedCode, searchOkved } from './okved.ts'
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
    async (ctx, _params, query) => {
      const { choices: _choices, ...list } = await viewOrganisations(ctx, query)
      return list
    },
  )
  .post(
    '/',
    {
      needs: 'organisation.manage',
      summary: 'Добавить организацию в реестр',
      body: OrganisationToAdd,
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
    '/okved',
    {
      needs: 'signed-in',
      tokens: true,
      summary: 'Поиск вида деятельности по коду или словам, ОКВЭД 2',
      query: OkvedQuery,
      replies: z.array(OkvedCode),
    },
    async (_ctx, _params, { q }) => searchOkved(q),
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
  .get(
    '/{id}/changes',
    {
      needs: 'organisation.read',
      summary: 'История реквизитов: что, кто, когда и почему изменил',
      replies: z.array(OrganisationFieldChange),
    },
    (ctx, { id }) => viewChanges(ctx, id),
  )
  .put(
    '/{id}/liquidation',
    {
      needs: 'organisation.manage',
      summary: 'Отметить ликвидацию',
      body: Liquidation,
      replies: OrganisationReply,
    },
    async (ctx, { id }, liquidation) => {
      await liquidateOrganisation(ctx, id, liquidation)
      return replyOf(await viewOrganisation(ctx, id))
    },
  )
  .put(
    '/{id}/merger',
    {
      needs: 'organisation.manage',
      summary: 'Отметить присоединение к другой организации',
      body: Merger,
      replies: OrganisationReply,
    },
    async (ctx, { id }, merger) => {
      await mergeOrganisation(ctx, id, merger)
      return replyOf(await viewOrganisation(ctx, id))
    },
  )
  .put(
    '/{id}/reopening',
    {
      needs: 'organisation.manage',
      summary: 'Отменить ошибочную ликвидацию или присоединение',
      body: Reopening,
      replies: OrganisationReply,
    },
    async (ctx, { id }, reopening) => {
      await reopenOrganisation(ctx, id, reopening)
      return replyOf(await viewOrganisation(ctx, id))
    },
  )

function replyOf(organisation: Organisation): z.input<typeof OrganisationReply> {
  const { regionCode, regionName, higherId, higherShortName, closedAt, okved, okvedAdditional, ...rest } = organisation
  return {
    ...rest,
    region: { code: regionCode, name: regionName },
    higher: referenceOf(higherId, higherShortName),
    okved: okved === null ? null : okvedCode(okved),
    okvedAdditional: okvedAdditional.map(okvedCode),
    closedAt: closedAt?.toISOString() ?? null,
    ending: endingOf(organisation),
    formerNames: organisation.formerNames.split('\n').filter(Boolean),
  }
}

const endingOf = ({ state, endedOn, endReason, successorId, successorShortName }: Organisation) =>
  state === 'active'
    ? null
    : { state, on: endedOn ?? '', reason: endReason ?? '', successor: referenceOf(successorId, successorShortName) }
