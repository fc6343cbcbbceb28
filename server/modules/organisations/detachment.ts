/** The end of an attachment: the person is of the organisation no more, and what came with it ends at once. */
import type { Tx } from '../../kernel/db/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { endMembership, endSeatOf, revokeGrantsAt } from './detachment.queries.ts'

declare module '../../kernel/outbox/outbox.ts' {
  interface Events {
    'membership.ended': { accountId: string; organisationId: string; reason: string }
  }
}

/**
 * Ends an attachment with the roles and the seat that came with it. Who may do so is the caller's rule.
 * @returns false when it has ended already
 */
export async function detachMember(tx: Tx, actor: Actor, membershipId: string, reason: string): Promise<boolean> {
  const by = actor.account?.id ?? null
  const ended = await endMembership(tx, membershipId, by)
  if (!ended) return false
  const { accountId, organisationId, role } = ended
  await revokeGrantsAt(tx, organisationId, accountId, by)
  await endSeatOf(tx, organisationId, accountId, by)
  const details = { membershipId, accountId, role }
  journal(tx, actor, 'membership.ended', { kind: 'organisation', id: organisationId }, details)
  await publish(tx, 'membership.ended', { accountId, organisationId, reason })
  return true
}
