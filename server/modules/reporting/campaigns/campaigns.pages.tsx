import { z } from 'zod'
import { NewCampaign } from '../../../../contracts/reporting.ts'
import { parseDate } from '../../../../web/kit/dates.ts'
import { pages, seeOther } from '../../../kernel/http/index.ts'
import { FormsPage } from '../forms/forms.page.tsx'
import { viewForms } from '../forms/forms.ts'
import { openCampaign } from './campaigns.ts'

/** The page asks for a day; the campaign ends with it. */
const CampaignFields = NewCampaign.extend({
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

/** 23:59:59 of a calendar day in a time zone. */
function endOfDay(day: string, timeZone: string): string {
  const asUtc = new Date(`${day}T23:59:59Z`)
  const there = new Date(`${asUtc.toLocaleString('sv', { timeZone }).replace(' ', 'T')}Z`)
  return new Date(asUtc.getTime() * 2 - there.getTime()).toISOString()
}
