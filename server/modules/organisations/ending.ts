/** What becomes of organisations: liquidated, merged into another, or taken back when that was a mistake. */
import type { Liquidation, Merger, Reopening } from '../../../contracts/organisations.ts'
import { isPart } from '../../../contracts/organisations.ts'
import { type Tx, transaction } from '../../kernel/db/index.ts'
import { NotFound, StaleVersion } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { type Cause, insertChanges } from './changes.queries.ts'
import { type EndingRow, isFuture, listOpenBelow, markEnded, markReopened } from './ending.queries.ts'
import { accessOrganisation } from './organisations.access.ts'
import { HasLower, innTaken, OrganisationClosed, OrganisationOpen, wrongField } from './organisations.errors.ts'
import { findByInn, findOrganisation, lockTree, type Organisation } from './organisations.queries.ts'
import { changeRequisites } from './registry.ts'

declare module '../../kernel/outbox/outbox.ts' {
  interface Events {
    /** It was liquidated or merged: `successorId` tells into which. */
    'organisation.ended': { organisationId: string; successorId: string | null }
    /** Many at once, as the undoing of an import liquidates what it had added. */
    'organisations.ended': { organisationIds: string[] }
    'organisation.reopened': { organisationId: string }
  }
}

/** @throws HasLower 409 while open ones stand below; OrganisationClosed 409; StaleVersion 409 */
export const liquidateOrganisation = (ctx: Context, id: string, { on, reason, version }: Liquidation) =>
  transaction(ctx, async (tx) => {
    await accessAt(tx, ctx, id, version)
    await endOrganisation(tx, ctx, id, { state: 'liquidated', on, reason, successorId: null })
  })

/**
 * Merges an organisation into another: those that stand below it go to the other, its people and reports stay its past.
 * @throws NotFound 404 when the other is outside the person's scopes; else as `liquidateOrganisation`
 */
export const mergeOrganisation = (ctx: Context, id: string, { intoId, on, reason, version }: Merger) =>
  transaction(ctx, async (tx) => {
    await accessAt(tx, ctx, id, version)
    await accessOrganisation(tx, ctx, intoId, 'organisation.manage')
    await endOrganisation(tx, ctx, id, { state: 'merged', on, reason, successorId: intoId })
  })

/** @throws InvalidInput 422 when another has taken its ИНН meanwhile; OrganisationOpen 409; StaleVersion 409 */
export const reopenOrganisation = (ctx: Context, id: string, { reason, version }: Reopening) =>
  transaction(ctx, async (tx) => {
    const organisation = await accessAt(tx, ctx, id, version)
    if (!organisation.closedAt) throw new OrganisationOpen()
    const namesake = isPart(organisation.level) ? undefined : await findByInn(tx, organisation.inn, id)
    if (namesake) throw innTaken(namesake.shortName)

    if (!(await markReopened(tx, id, version))) throw new StaleVersion()
    await insertChanges(tx, id, [{ field: 'state', old: organisation.state, new: 'active' }], ctx.account.id, {
      reason,
    })
    journal(tx, ctx, 'organisation.reopened', { kind: 'organisation', id }, { reason })
    await publish(tx, 'organisation.reopened', { organisationId: id })
  })

/**
 * Notes that an organisation is no more. Who may do so is the caller's rule.
 * @param applicationId by which it was asked for
 * @throws HasLower 409, OrganisationClosed 409, InvalidInput 422 in the field
 */
export async function endOrganisation(
  tx: Tx,
  actor: Actor,
  id: string,
  ending: EndingRow,
  applicationId: string | null = null,
): Promise<void> {
  await lockTree(tx)
  const organisation = await findOrganisation(tx, id)
  if (!organisation) throw new NotFound({ what: 'organisation' })
  if (organisation.closedAt) throw new OrganisationClosed()
  if (await isFuture(tx, ending.on)) throw wrongField('on', 'organisations.future-day')
  const cause = { reason: ending.reason, applicationId }
  if (ending.state === 'merged') await handBelow(tx, actor, organisation, ending.successorId, cause)
  const below = await listOpenBelow(tx, id)
  if (below.length > 0) throw new HasLower({ count: below.length })

  const by = actor.account?.id ?? null
  if (!(await markEnded(tx, id, organisation.version, ending, by))) throw new StaleVersion()
  await insertChanges(tx, id, [{ field: 'state', old: 'active', new: ending.state }], by, cause)
  journal(
    tx,
    actor,
    `organisation.${ending.state}`,
    { kind: 'organisation', id },
    {
      on: ending.on,
      reason: ending.reason,
      successorId: ending.successorId,
    },
  )
  await publish(tx, 'organisation.ended', { organisationId: id, successorId: ending.successorId })
}

/** Those right below stand under the successor from now on, with all below them. */
async function handBelow(tx: Tx, actor: Actor, { id }: Organisation, successorId: string | null, cause: Cause) {
  const successor = successorId ? await findOrganisation(tx, successorId) : undefined
  if (!successor || successor.closedAt || successor.lineage.includes(id))
    throw wrongField('intoId', 'organisations.wrong-successor')
  for (const lower of await listOpenBelow(tx, id))
    await changeRequisites(tx, actor, lower.id, { parentId: successor.id }, cause)
}

/** @throws StaleVersion 409 when it was changed since it was read */
async function accessAt(tx: Tx, ctx: Context, id: string, version: number): Promise<Organisation> {
  await lockTree(tx)
  const organisation = await accessOrganisation(tx, ctx, id, 'organisation.manage')
  if (organisation.version !== version) throw new StaleVersion()
  return organisation
}
