/** What an operator lends to a helper: rows of grants that hold only as far as its own (kernel/access/delegation.ts). */
import { type Grant, heldThrough, type LentGrant } from '../../../kernel/access/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { grantOf } from '../sign-in/person.ts'
import { insertGrant, listOwnGrants, listReaches, type Term } from './grants.queries.ts'
import { insertHelper, revokeHandedOver, revokeLent } from './lending.queries.ts'

export const ownGrantsOf = async (db: Db, accountId: string): Promise<Grant[]> =>
  (await listOwnGrants(db, accountId)).flatMap(grantOf)

/** What of these an operator can lend at this moment; what it does not hold itself is left out. */
export async function lendableOf(db: Db, operatorId: string, wanted: readonly Grant[]): Promise<Grant[]> {
  const ids = wanted.flatMap((grant) => ('organisationId' in grant ? [grant.organisationId] : []))
  const [own, reaches] = await Promise.all([ownGrantsOf(db, operatorId), listReaches(db, ids)])
  const known = new Map(reaches.map((reach) => [reach.id, reach]))
  return heldThrough(
    wanted.map((grant): LentGrant => ({ ...grant, spread: spreadOf(grant, known) })),
    own,
  )
}

function spreadOf(
  grant: Grant,
  known: ReadonlyMap<string, { region: string; lineage: string[]; regions: string[] }>,
): LentGrant['spread'] {
  if (grant.scope !== 'subtree' && grant.scope !== 'organisation') return undefined
  const place = known.get(grant.organisationId)
  return place && { lineage: place.lineage, regions: grant.scope === 'subtree' ? place.regions : [place.region] }
}

/**
 * Makes a person the helper of an operator, or changes what it was lent before.
 * @param actor who has done it: the operator, or the person itself by accepting an invitation
 * @param grants what is wanted; of it, what the operator holds itself is lent
 * @returns how many grants were lent
 */
export async function lend(
  tx: Tx,
  actor: Actor,
  operatorId: string,
  accountId: string,
  grants: readonly Grant[],
): Promise<number> {
  const lent = await lendableOf(tx, operatorId, grants)
  await insertHelper(tx, operatorId, accountId)
  await replaceLent(tx, actor, operatorId, accountId, lent)
  return lent.length
}

/** What was lent before ends, this begins. */
export async function replaceLent(
  tx: Tx,
  actor: Actor,
  operatorId: string,
  accountId: string,
  lent: readonly Grant[],
): Promise<void> {
  await revokeLent(tx, operatorId, accountId, actor.account?.id ?? null)
  for (const grant of lent) await insertGrant(tx, accountId, { ...grant, operator: operatorId }, undefined, operatorId)
  journal(tx, actor, 'helper.limited', { kind: 'account', id: accountId }, { operator: operatorId, grants: lent })
}

/**
 * Lends to a colleague for some days, by a handover that the caller keeps: no helper, and it ends by itself.
 * @returns how many grants were lent; what the lender does not hold itself is left out
 */
export async function lendFor(
  tx: Tx,
  actor: Actor & { account: { id: string } },
  accountId: string,
  grants: readonly Grant[],
  { handoverId, term }: { handoverId: string; term: Term },
): Promise<number> {
  const lenderId = actor.account.id
  const lent = await lendableOf(tx, lenderId, grants)
  for (const grant of lent)
    await insertGrant(tx, accountId, { ...grant, operator: lenderId }, term, lenderId, handoverId)
  return lent.length
}

export const endLending = (tx: Tx, handoverId: string, by: string) => revokeHandedOver(tx, handoverId, by)
