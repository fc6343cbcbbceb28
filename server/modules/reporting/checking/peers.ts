/** What similar organisations have: worked out anew after acceptances, one campaign at a time. */
import type { Db } from '../../../kernel/db/index.ts'
import { takeDuePeers, workOutPeers } from './hints.queries.ts'

export const workOutDuePeers = (db: Db): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const campaignId = await takeDuePeers(tx)
    if (campaignId) await workOutPeers(tx, campaignId)
  })
