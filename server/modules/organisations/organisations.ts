import type { OrganisationHit, OrganisationsQuery } from '../../../contracts/organisations.ts'
import type { Tx } from '../../kernel/db/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { listOrganisations, searchRegistry } from './list.queries.ts'
import { type Attachment, closeLapsedMembership, insertMembership, listMembers } from './members.queries.ts'
import { accessOrganisation } from './organisations.access.ts'
import { AlreadyAttached, OrganisationClosed } from './organisations.errors.ts'
import { findOrganisation, type Organisation } from './organisations.queries.ts'
import { takeSeat } from './seats.ts'

/**
 * Attaches an account to an organisation. Who may do so is the caller's rule.
 * @throws AlreadyAttached 409 when it is attached now; OrganisationClosed 409; SeatTaken 409 where one account is all
 */
export async function attachMember(tx: Tx, actor: Actor, attachment: Attachment): Promise<string> {
  const organisation = await findOrganisation(tx, attachment.organisationId)
  if (!organisation) throw new NotFound({ what: 'organisation' })
  if (organisation.closedAt) throw new OrganisationClosed()
  await takeSeat(tx, actor, organisation.id, attachment.accountId)
  await closeLapsedMembership(tx, attachment.accountId, attachment.organisationId)
  const membership = await insertMembership(tx, attachment, actor.account?.id ?? null)
  if (!membership) throw new AlreadyAttached()
  const { accountId, role, startsOn, endsOn } = attachment
  journal(
    tx,
    actor,
    'membership.attached',
    { kind: 'organisation', id: organisation.id },
    {
      membershipId: membership.id,
      accountId,
      role,
      startsOn,
      endsOn,
    },
  )
  return membership.id
}

export const viewOrganisation = (ctx: Context, id: string): Promise<Organisation> =>
  accessOrganisation(ctx.db, ctx, id, 'organisation.read')

export async function viewMembers(ctx: Context, id: string) {
  await accessOrganisation(ctx.db, ctx, id, 'organisation.members.read')
  return listMembers(ctx.db, id)
}

export async function viewOrganisations(ctx: Context, query: OrganisationsQuery) {
  const found = await listOrganisations(ctx.db, ctx.grants.scopes('organisation.read'), query)
  return { ...found, page: query.page }
}

const mostHits = 20

/** Any signed-in person looks for the organisation to be attached to, and sees no more than its name and ИНН. */
export const searchOrganisations = (ctx: Context, q: string): Promise<OrganisationHit[]> =>
  searchRegistry(ctx.db, q, mostHits)
