import { z } from 'zod'
import { CampaignsQuery, NewCampaign } from '../../../../contracts/campaigns.ts'
import { Confirmation, cabinetCrumb, Page, parseDate, Text } from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { FormsPage } from '../forms/forms.page.tsx'
import { viewForms } from '../forms/forms.ts'
import { audienceOf, namesOfChosen, withPlacesTicked } from './audience.form.ts'
import { listPlaces } from './audience.queries.ts'
import { CampaignFields, periodOf, reshaped, termsOf, typedOf, valuesOf } from './campaign.form.ts'
import { CampaignFormPage, type CampaignFormProps } from './campaign.page.tsx'
import { accessCampaign } from './campaigns.access.ts'
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
import { CampaignsPage } from './list.page.tsx'
import { endOfDay } from './periods.ts'
import { previewCampaign, previewNew } from './preview.ts'

/** The short form beside the forms themselves: it asks for a day; the campaign ends with it. */
const ShortFields = NewCampaign.safeExtend({
  deadline: z
    .string()
    .transform((typed) => parseDate(typed) ?? '')
    .refine((day) => day !== '', 'Укажите срок: ДД.ММ.ГГГГ'),
})

export const campaignPages = pages('/campaigns')
  .get('/', { needs: 'campaign.read', query: CampaignsQuery }, async (ctx, _params, query) => (
    <CampaignsPage ctx={ctx} query={query} list={await viewCampaigns(ctx, query)} />
  ))
  .post(
    '/',
    {
      needs: 'campaign.manage',
      form: ShortFields,
      again: async (ctx, _params, failure) => (
        <FormsPage ctx={ctx} forms={await viewForms(ctx)} failure={{ of: 'campaign', failure }} />
      ),
    },
    async (ctx, _params, { deadline, ...campaign }) => {
      await openCampaign(ctx, { ...campaign, deadline: endOfDay(deadline, ctx.timeZone) })
      return seeOther('/forms', 'campaign.opened')
    },
  )
  .get('/new', { needs: 'campaign.manage' }, (ctx) => newPage(ctx, {}))
  .post(
    '/new',
    {
      needs: 'campaign.manage',
      form: CampaignFields,
      again: (ctx, _params, failure) => newPage(ctx, shownAgain(failure)),
    },
    async (ctx, _params, fields) => {
      const values = reshaped(fields.do, typedOf(fields))
      if (values) return newPage(ctx, { values })
      const asked = { ...periodOf(fields), audience: await audienceOf(ctx.db, scopesOf(ctx), fields) }
      if (fields.do === 'preview') {
        const preview = await previewNew(ctx, { ...asked, formId: fields.form ?? '' })
        return newPage(ctx, { values: typedOf(fields), preview })
      }
      const campaign = { ...asked, ...termsOf(fields, ctx.timeZone), form: fields.form ?? '', draft: true }
      const { id } = await openCampaign(ctx, NewCampaign.parse(campaign))
      return seeOther(`/campaigns/${id}`, 'campaign.drafted')
    },
  )
  .get('/{id}/edit', { needs: 'campaign.manage' }, (ctx, { id }) => editPage(ctx, id, {}))
  .post(
    '/{id}/edit',
    {
      needs: 'campaign.manage',
      form: CampaignFields,
      again: (ctx, { id }, failure) => editPage(ctx, id, shownAgain(failure)),
    },
    async (ctx, { id }, fields) => {
      const values = reshaped(fields.do, typedOf(fields))
      if (values) return editPage(ctx, id, { values })
      const audience = await audienceOf(ctx.db, scopesOf(ctx), fields)
      if (fields.do === 'preview')
        return editPage(ctx, id, { values: typedOf(fields), preview: await previewCampaign(ctx, id, { audience }) })
      await changeCampaign(ctx, id, { ...termsOf(fields, ctx.timeZone), audience, version: fields.version ?? 1 })
      return seeOther(`/campaigns/${id}`, 'campaign.saved')
    },
  )
  .post('/{id}/opening', { needs: 'campaign.manage', again: failed }, async (ctx, { id }) => {
    const { state } = await openDraft(ctx, id)
    return seeOther(`/campaigns/${id}`, state === 'open' ? 'campaign.opened' : 'campaign.scheduled')
  })
  .get('/{id}/closing', { needs: 'campaign.manage' }, async (ctx, { id }) => {
    const { form, title } = await viewCampaign(ctx, id)
    return (
      <Page
        title={`Закрыть сбор ${form.cipher} за ${title}?`}
        frame={ctx.frame}
        crumbs={[
          cabinetCrumb,
          { text: 'Сборы', href: '/campaigns' },
          { text: `${form.cipher} за ${title}`, href: `/campaigns/${id}` },
          { text: 'Закрытие' },
        ]}
        help={{ href: '/guide/sbory', text: 'закрытие сбора' }}
      >
        <Confirmation
          action={`/campaigns/${id}/closing`}
          submit="Закрыть сбор"
          cancel={{ text: 'Не закрывать', href: `/campaigns/${id}` }}
        >
          <Text>
            Новые организации больше не получат отчётов, напоминания прекратятся. Несданные отчёты останутся в сборе
            просроченными: их можно отправить и принять. Открыть сбор снова нельзя.
          </Text>
        </Confirmation>
      </Page>
    )
  })
  .post('/{id}/closing', { needs: 'campaign.manage', again: failed }, async (ctx, { id }) => {
    await closeCampaign(ctx, id)
    return seeOther(`/campaigns/${id}`, 'campaign.closed')
  })
  .post('/{id}/successor', { needs: 'campaign.manage', again: failed }, async (ctx, { id }) => {
    const next = await repeatCampaign(ctx, id)
    return seeOther(`/campaigns/${next.id}/edit`, 'campaign.drafted')
  })
  .post('/{id}/deletion', { needs: 'campaign.manage', again: failed }, async (ctx, { id }) => {
    await dropDraft(ctx, id)
    return seeOther('/campaigns', 'campaign.deleted')
  })

const scopesOf = (ctx: PageContext) => ctx.grants.scopes('campaign.manage')

type Shown = Partial<Pick<CampaignFormProps, 'values' | 'failure' | 'preview'>>

/** Rules and territories may be added before the rest is right. */
function shownAgain(failure: FormFailure): Shown {
  const values = failure.problems.length > 0 ? reshaped(failure.values.do, failure.values) : undefined
  return values ? { values } : { failure: { ...failure, values: withPlacesTicked(failure.values) } }
}

async function newPage(ctx: PageContext, shown: Shown) {
  const forms = (await viewForms(ctx)).map(({ id, cipher, name }) => ({ value: id, text: `${cipher} — ${name}` }))
  const values = shown.failure?.values ?? shown.values ?? {}
  return (
    <CampaignFormPage
      ctx={ctx}
      title="Новый сбор"
      action="/campaigns/new"
      back="/campaigns"
      forms={forms}
      {...(await placesFor(ctx, values))}
      open={false}
      {...shown}
      values={values}
    />
  )
}

async function editPage(ctx: PageContext, id: string, shown: Shown) {
  const campaign = await accessCampaign(ctx.db, ctx, id)
  const values = shown.failure?.values ?? shown.values ?? (await valuesOf(ctx.db, campaign, ctx.timeZone))
  return (
    <CampaignFormPage
      ctx={ctx}
      title={`Изменить сбор ${campaign.formCipher} за ${campaign.title}`}
      action={`/campaigns/${id}/edit`}
      back={`/campaigns/${id}`}
      forms={undefined}
      {...(await placesFor(ctx, values))}
      open={campaign.state === 'open'}
      {...shown}
      values={values}
    />
  )
}

async function placesFor(ctx: PageContext, values: Readonly<Record<string, string>>) {
  const places = await listPlaces(ctx.db, scopesOf(ctx))
  return { places, names: await namesOfChosen(ctx.db, places, values) }
}

/** A deed that its campaign refuses: told above the list. */
async function failed(ctx: PageContext, _params: unknown, failure: FormFailure) {
  const query = CampaignsQuery.parse({})
  return <CampaignsPage ctx={ctx} query={query} list={await viewCampaigns(ctx, query)} message={failure.message} />
}
