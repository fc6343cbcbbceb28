import type { Proof } from '../../../../contracts/second-factor.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { advance } from '../steps/enter.ts'
import { lockAccount } from './factors.queries.ts'
import { proven } from './proof.ts'
import { giveRecoveryCodes } from './recovery-codes.ts'
import { sendFactorLetter } from './second-factor.letters.ts'

/**
 * New codes instead of the old.
 * @throws ProofRefused 422
 */
export const renewRecoveryCodes = (ctx: Context, proof: Proof): Promise<string[]> =>
  proven(ctx, proof, async (tx) => {
    await lockAccount(tx, ctx.account.id)
    const codes = await giveRecoveryCodes(tx, ctx)
    await sendFactorLetter(tx, ctx, 'recovery-codes-made')
    // The session goes on under a new token; an answer that gives one is never kept for a repeat, nor are the codes in it.
    await advance(tx, ctx)
    return codes
  })
