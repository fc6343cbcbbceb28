/** Where a cell's figure stands in each campaign of a period: versions of a form number and name their cells otherwise. */
import type { Db } from '../../../kernel/db/index.ts'
import type { Source } from './behind.queries.ts'
import { partsByVersion } from './merging.ts'
import type { CampaignOfPeriod } from './totals.queries.ts'

/** @param address by the newest version of the form, which comes first among the campaigns */
export async function sourceOf(db: Db, campaigns: readonly CampaignOfPeriod[], address: string): Promise<Source> {
  const source: Source = { total: 'sum', parts: [] }
  const parts = await partsByVersion(db, campaigns)
  for (const { campaignIds, layout, names } of parts) {
    const at = layout.slots.findIndex((slot) => names.get(slot.address) === address)
    const slot = layout.slots[at]
    if (!slot) continue
    if (source.parts.length === 0) {
      source.total = slot.computed && !slot.ruled ? 'sum' : slot.total
      source.weighted = slot.weighted !== undefined
    }
    const { product, weight } = slot.weighted ?? { product: -1, weight: -1 }
    for (const campaignId of campaignIds)
      source.parts.push({
        campaignId,
        place: at + 1,
        product: product + 1,
        weight: weight + 1,
        listed: slot.total === 'list' ? slot.address : null,
      })
  }
  return source
}
