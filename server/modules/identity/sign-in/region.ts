/** R4: an operator of several regions works in all of them, or in one that it has chosen. */
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { setSessionRegion } from './sessions.queries.ts'

/**
 * Narrows everything that this session may do to one of the person's regions.
 * @param region null: all of one's own again
 * @throws NotFound 404 when the person holds nothing over it
 */
export async function chooseRegion(ctx: Context, region: string | null): Promise<void> {
  const { regions, sessionId } = ctx.signedIn
  if (region !== null && !regions.own.some(({ code }) => code === region)) throw new NotFound({ what: 'region' })
  await transaction(ctx, async (tx) => {
    await setSessionRegion(tx, sessionId, region)
    journal(tx, ctx, 'session.region-chosen', { kind: 'account', id: ctx.account.id }, { region })
  })
}
