/** Who would be asked by an audience, before anybody is. */
import type { Audience, AudiencePreview } from '../../../../contracts/campaigns.ts'
import { Forbidden } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { previewAudience } from './audience.queries.ts'
import { accessCampaign, manages } from './campaigns.access.ts'
import type { CampaignRow } from './campaigns.queries.ts'
import { countOutside } from './giving.queries.ts'
import type { ReportingPeriod } from './periods.ts'

/** Of a campaign as it stands, or with another audience, for whoever manages it. @throws Forbidden 403 */
export async function previewCampaign(
  ctx: Context,
  id: string,
  { audience, page }: { audience?: Audience; page?: number } = {},
): Promise<AudiencePreview> {
  const campaign = await accessCampaign(ctx.db, ctx, id)
  if (!manages(ctx, campaign)) throw new Forbidden()
  return preview(ctx, audience ? { ...campaign, audience } : campaign, page)
}

/** Of one that is not there yet. */
export async function previewNew(
  ctx: Context,
  asked: ReportingPeriod & { formId: string; audience: Audience },
): Promise<AudiencePreview> {
  const subject = { ...asked, id: null }
  const found = await previewAudience(ctx.db, { ...asked, scopes: ctx.grants.scopes('campaign.manage'), subject })
  return { ...found, withdrawn: 0, kept: 0 }
}

async function preview(ctx: Context, campaign: CampaignRow, page?: number): Promise<AudiencePreview> {
  const found = await previewAudience(ctx.db, { ...campaign, subject: campaign }, page)
  return { ...found, ...(await countOutside(ctx.db, campaign.id, campaign.audience)) }
}
