import { OkvedQuery, OrganisationsQuery } from '../../../contracts/organisations.ts'
import { pages } from '../../kernel/http/index.ts'
import type { OrganisationBlock } from '../../kernel/room.ts'
import { ActivitiesPage } from './activities.page.tsx'
import { viewAddress } from './addresses/addresses.ts'
import { HistoryPage } from './history.page.tsx'
import { viewChanges } from './history.ts'
import { OrganisationsPage } from './list.page.tsx'
import { countOpenBelow } from './many.queries.ts'
import { listMembers } from './members.queries.ts'
import { searchOkved } from './okved.ts'
import { OrganisationPage } from './organisation.page.tsx'
import { placeOf } from './organisations.access.ts'
import { viewOrganisation, viewOrganisations } from './organisations.ts'
import { seatOf } from './seats.ts'

export const organisationsPages = (blocks: readonly OrganisationBlock[]) =>
  pages('/organisations')
    .get('/', { needs: 'organisation.read', query: OrganisationsQuery }, async (ctx, _params, query) => (
      <OrganisationsPage ctx={ctx} query={query} list={await viewOrganisations(ctx, query)} />
    ))
    .get('/activities', { needs: 'signed-in', query: OkvedQuery }, async (ctx, _params, { q }) => (
      <ActivitiesPage ctx={ctx} q={q} found={searchOkved(q)} />
    ))
    .get('/{id}', { needs: 'organisation.read' }, async (ctx, { id }) => {
      const organisation = await viewOrganisation(ctx, id)
      const members = ctx.grants.allow('organisation.members.read', placeOf(organisation))
        ? await listMembers(ctx.db, id)
        : undefined
      const ofRooms = await Promise.all(inOrder(blocks).map((block) => block.render(ctx, id)))
      const seat = await seatOf(ctx, organisation)
      const { garId } = await viewAddress(ctx, id)
      const below = (await countOpenBelow(ctx.db, [id])).get(id) ?? 0
      return (
        <OrganisationPage
          ctx={ctx}
          organisation={organisation}
          members={members}
          seat={seat}
          garId={garId}
          below={below}
          blocks={ofRooms}
        />
      )
    })
    .get('/{id}/history', { needs: 'organisation.read' }, async (ctx, { id }) => (
      <HistoryPage ctx={ctx} organisation={await viewOrganisation(ctx, id)} changes={await viewChanges(ctx, id)} />
    ))

const inOrder = (blocks: readonly OrganisationBlock[]) => [...blocks].sort((one, other) => one.order - other.order)
