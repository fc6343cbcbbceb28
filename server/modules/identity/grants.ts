import type { Grant } from '../../kernel/access/index.ts'
import type { Tx } from '../../kernel/db/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { insertGrant } from './grants.queries.ts'

/** Gives a role over a scope, from today on. Who may do so is for the caller to decide. */
export async function grantRole(tx: Tx, actor: Actor, accountId: string, grant: Grant): Promise<void> {
  await insertGrant(tx, accountId, grant, actor.account?.id ?? null)
  journal(tx, actor, 'grant.given', { kind: 'account', id: accountId }, grant)
}
