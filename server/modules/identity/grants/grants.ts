import type { Grant } from '../../../kernel/access/index.ts'
import type { Tx } from '../../../kernel/db/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { insertGrant, revokeDated, type Term } from './grants.queries.ts'

/**
 * Gives a role over a scope. Who may do so is for the caller to decide.
 * @param term from today on and without an end unless told
 */
export async function grantRole(tx: Tx, actor: Actor, accountId: string, grant: Grant, term?: Term): Promise<void> {
  await insertGrant(tx, accountId, grant, term, actor.account?.id ?? null)
  journal(tx, actor, 'grant.given', { kind: 'account', id: accountId }, { ...grant, ...term })
}

/** Takes back a role that was given for exactly these days and no others; whatever else the account holds stays. */
export async function endDatedRole(tx: Tx, actor: Actor, accountId: string, grant: Grant, term: Term): Promise<void> {
  await revokeDated(tx, accountId, grant, term, actor.account?.id ?? null)
  journal(tx, actor, 'grant.revoked', { kind: 'account', id: accountId }, { ...grant, ...term })
}
