/** Registrations that an operator must approve, where the rule of the audience says so. */
import type { ApprovalDecision } from '../../../../contracts/registration.ts'
import type { Tx } from '../../../kernel/db/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { ApprovalDecided } from './registration.errors.ts'
import { sendApprovedLetter, sendRefusedLetter } from './registration.letters.ts'
import { markApproved, markRefused } from './registration.queries.ts'

/**
 * Approves a registration or refuses it with a reason; the person is told by letter if its address is confirmed. Who may
 * decide is the caller's rule. A refused person may register anew with the same address.
 * @param baseUrl begins the links of the letter
 * @throws ApprovalDecided 409 when the registration does not wait
 */
export async function decideApproval(
  tx: Tx,
  actor: Actor,
  accountId: string,
  decision: ApprovalDecision,
  baseUrl: string,
): Promise<void> {
  const by = actor.account?.id ?? null
  switch (decision.outcome) {
    case 'approved': {
      const approved = await markApproved(tx, accountId, by)
      if (!approved) throw new ApprovalDecided()
      if (approved.emailConfirmedAt) await sendApprovedLetter(tx, baseUrl, approved.email)
      break
    }
    case 'refused': {
      const refused = await markRefused(tx, accountId, by, decision.reason)
      if (!refused) throw new ApprovalDecided()
      if (refused.emailConfirmedAt) await sendRefusedLetter(tx, baseUrl, refused.email, decision.reason)
      break
    }
  }
  journal(tx, actor, `account.${decision.outcome}`, { kind: 'account', id: accountId })
}
