import { z } from 'zod'
import { NewCampaign } from '../../../../contracts/campaigns.ts'
import { parseDate } from '../../../../web/kit/dates.ts'
import { pages, seeOther } from '../../../kernel/http/index.ts'
import { FormsPage } from '../forms/forms.page.tsx'
import { viewForms } from '../forms/forms.ts'
import { openCampaign } from './campaigns.ts'
import { endOfDay } from './periods.ts'

/** The page asks for a day; the campaign ends with it. */
const CampaignFields = NewCampaign.safeExtend({
  deadline: z
    .string()
    .transform((typed) => parseDate(typed) ?? '')
    .refine((day) => day !== '', 'Укажите срок: ДД.ММ.ГГГГ'),
})

export const campaignPages = pages('/campaigns').post(
  '/',
  {
    needs: 'form.manage',
    form: CampaignFields,
    again: async (ctx, _params, failure) => (
      <FormsPage ctx={ctx} forms={await viewForms(ctx)} failure={{ of: 'campaign', failure }} />
    ),
  },
  async (ctx, _params, { deadline, ...campaign }) => {
    await openCampaign(ctx, { ...campaign, deadline: endOfDay(deadline, ctx.timeZone) })
    return seeOther('/forms', 'campaign.opened')
  },
)
