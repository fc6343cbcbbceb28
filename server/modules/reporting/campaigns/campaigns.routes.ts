import {
  AudiencePreview,
  Campaign,
  CampaignChange,
  CampaignList,
  CampaignsQuery,
  NewCampaign,
} from '../../../../contracts/campaigns.ts'
import { routes } from '../../../kernel/http/index.ts'
import {
  changeCampaign,
  closeCampaign,
  dropDraft,
  openCampaign,
  openDraft,
  repeatCampaign,
  viewCampaign,
  viewCampaigns,
} from './campaigns.ts'
import { previewCampaign } from './preview.ts'

export const campaignRoutes = routes('/campaigns')
  .get(
    '/',
    { needs: 'campaign.read', summary: 'Сборы, которые вам видны', query: CampaignsQuery, replies: CampaignList },
    async (ctx, _, query) => viewCampaigns(ctx, query),
  )
  .post(
    '/',
    { needs: 'campaign.manage', summary: 'Открыть сбор', body: NewCampaign, replies: Campaign, status: 201 },
    (ctx, _, campaign) => openCampaign(ctx, campaign),
  )
  .get('/{id}', { needs: 'campaign.read', summary: 'Сбор', replies: Campaign }, (ctx, { id }) => viewCampaign(ctx, id))
  .put(
    '/{id}',
    { needs: 'campaign.manage', summary: 'Изменить сбор', body: CampaignChange, replies: Campaign },
    (ctx, { id }, change) => changeCampaign(ctx, id, change),
  )
  .delete('/{id}', { needs: 'campaign.manage', summary: 'Удалить черновик сбора' }, (ctx, { id }) => dropDraft(ctx, id))
  .get(
    '/{id}/audience',
    { needs: 'campaign.manage', summary: 'Кто отчитывается и кто нет', replies: AudiencePreview },
    (ctx, { id }) => previewCampaign(ctx, id),
  )
  .put('/{id}/opening', { needs: 'campaign.manage', summary: 'Открыть черновик', replies: Campaign }, (ctx, { id }) =>
    openDraft(ctx, id),
  )
  .put('/{id}/closing', { needs: 'campaign.manage', summary: 'Закрыть сбор', replies: Campaign }, (ctx, { id }) =>
    closeCampaign(ctx, id),
  )
  .post(
    '/{id}/successor',
    {
      needs: 'campaign.manage',
      summary: 'Черновик сбора за следующий период',
      replies: Campaign,
      status: 201,
    },
    (ctx, { id }) => repeatCampaign(ctx, id),
  )
