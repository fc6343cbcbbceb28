import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { type CampaignRow, findCampaign, isCampaignSeen, lockCampaign } from './campaigns.queries.ts'

/** A campaign that asks nobody within one's scopes does not exist for one. @throws NotFound 404 */
export async function accessCampaign(db: Db, ctx: Context, id: string): Promise<CampaignRow> {
  const campaign = await findCampaign(db, id)
  if (!campaign || !(await isCampaignSeen(db, ctx.grants.scopes('campaign.read'), id)))
    throw new NotFound({ what: 'campaign' })
  return campaign
}

/** As `accessCampaign`, for an action: only whoever manages all that the campaign reaches. @throws Forbidden 403 */
export async function accessCampaignToManage(tx: Tx, ctx: Context, id: string): Promise<CampaignRow> {
  await accessCampaign(tx, ctx, id)
  const campaign = await lockCampaign(tx, id)
  if (!campaign) throw new NotFound({ what: 'campaign' })
  if (!manages(ctx, campaign)) throw new Forbidden()
  return campaign
}

export const manages = (ctx: Context, { scopes }: Pick<CampaignRow, 'scopes'>): boolean =>
  covers(ctx.grants.scopes('campaign.manage'), scopes)

/** Organisations below a region's are of the region: a narrower campaign is known by the same kind of scope. */
function covers(outer: Scopes, inner: Scopes): boolean {
  if (outer.everywhere) return true
  if (inner.everywhere) return false
  const reaches = inner.regions.length + inner.subtrees.length + inner.organisations.length > 0
  return (
    reaches &&
    inner.regions.every((code) => outer.regions.includes(code)) &&
    inner.subtrees.every((id) => outer.subtrees.includes(id)) &&
    inner.organisations.every((id) => outer.organisations.includes(id))
  )
}
