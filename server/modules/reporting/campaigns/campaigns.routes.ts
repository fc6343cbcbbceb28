import { Campaign, NewCampaign } from '../../../../contracts/reporting.ts'
import { routes } from '../../../kernel/http/index.ts'
import { openCampaign } from './campaigns.ts'

export const campaignRoutes = routes('/campaigns').post(
  '/',
  { needs: 'form.manage', summary: 'Открыть сбор', body: NewCampaign, replies: Campaign, status: 201 },
  (ctx, _, campaign) => openCampaign(ctx, campaign),
)
