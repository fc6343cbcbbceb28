import { z } from 'zod'
import { BoardQuery, BulkRefusal, Extension, ReportIds } from '../../../../contracts/campaigns.ts'
import { formatDate, parseDate } from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { tableReply } from '../../../kernel/spreadsheets/index.ts'
import { accessCampaign, manages } from '../campaigns/campaigns.access.ts'
import { viewCampaign } from '../campaigns/campaigns.ts'
import { DraftPage } from '../campaigns/draft.page.tsx'
import { listChosen } from '../campaigns/extensions.queries.ts'
import { extendTerms } from '../campaigns/extensions.ts'
import { endOfDay } from '../campaigns/periods.ts'
import { previewCampaign } from '../campaigns/preview.ts'
import { BoardPage, campaignName } from './board.page.tsx'
import { acceptMany, allBoardRows, refuseMany, remindMany, viewBoard, viewBoardRows } from './board.ts'
import { tableOf, widths } from './export.ts'
import { ExtensionPage } from './extension.page.tsx'
import { RefusalsPage } from './refusals.page.tsx'
import { RemindersPage } from './reminders.page.tsx'
import type { After } from './told.tsx'

const Picked = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.uuid()).max(500),
)
const BulkForm = z.object({
  pick: Picked,
  do: z.enum(['accept', 'refuse', 'remind', 'extend']),
  filters: z.string().max(1000).default(''),
  levels: z
    .string()
    .max(100_000)
    .default('')
    .transform((lines) => Object.fromEntries(lines.split('\n').map((line) => line.trim().split(' ')))),
})

/** Ids of several reports in one field. */
const Ids = z.string().transform((ids) => ids.split(' '))

/** The page asks for a day; the term ends with it. */
const ExtensionFields = z.object({
  reports: Ids.pipe(Extension.shape.reports),
  until: z
    .string('Укажите новый срок: ДД.ММ.ГГГГ')
    .transform((typed) => parseDate(typed) ?? '')
    .refine((day) => day !== '', 'Укажите новый срок: ДД.ММ.ГГГГ'),
  reason: Extension.shape.reason,
})

const RefusalFields = BulkRefusal.extend({ reports: Ids.pipe(BulkRefusal.shape.reports) })
const idsOf = (failure: FormFailure) => ReportIds.shape.reports.catch([]).parse(failure.values.reports?.split(' '))

const PreviewPage = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1).catch(1) })

export const boardPages = pages('/campaigns')
  .get('/{id}', { needs: 'campaign.read', query: BoardQuery }, (ctx, { id }, query) => campaignPage(ctx, id, query))
  .get(
    '/{id}/export',
    {
      needs: 'campaign.read',
      query: BoardQuery.extend({ format: z.enum(['xlsx', 'csv']).default('xlsx').catch('xlsx') }),
    },
    async (ctx, { id }, { format, ...query }) => {
      const campaign = await accessCampaign(ctx.db, ctx, id)
      const name = `Сбор ${campaign.formCipher} за ${campaign.title}, ${formatDate(new Date(), ctx.timeZone)}`
      const rows = tableOf(allBoardRows(ctx, campaign, query), ctx.timeZone)
      return tableReply({ format, name, sheet: 'Отчёты', widths, rows })
    },
  )
  .post(
    '/{id}/bulk',
    {
      needs: 'report.decide',
      form: BulkForm,
      again: (ctx, { id }, { message, problems }) =>
        campaignPage(ctx, id, BoardQuery.parse({}), { message: message ?? problems.map(({ text }) => text).join(' ') }),
    },
    async (ctx, { id }, { pick, do: deed, filters, levels }) => {
      const query = BoardQuery.parse(Object.fromEntries(new URLSearchParams(filters)))
      if (pick.length === 0) return campaignPage(ctx, id, query, { message: 'Отметьте отчёты, о которых речь.' })
      switch (deed) {
        case 'accept':
          return campaignPage(ctx, id, query, { accepted: await acceptMany(ctx, { reports: pick, levels }) })
        case 'refuse':
          return refusalPage(ctx, id, pick)
        case 'remind':
          return campaignPage(ctx, id, query, {
            reminded: await remindMany(ctx, id, { query: BoardQuery.parse({}), ids: pick }),
          })
        case 'extend':
          return extensionPage(ctx, id, pick)
      }
    },
  )
  .get('/{id}/reminders', { needs: 'report.decide' }, async (ctx, { id }) => {
    const campaign = await viewCampaign(ctx, id)
    return <RemindersPage ctx={ctx} campaign={campaign} board={await viewBoard(ctx, id)} />
  })
  .post('/{id}/reminders', { needs: 'report.decide' }, async (ctx, { id }) => {
    const query = BoardQuery.parse({})
    return campaignPage(ctx, id, query, { reminded: await remindMany(ctx, id, { query }) })
  })
  .post(
    '/{id}/extensions',
    {
      needs: 'report.decide',
      form: ExtensionFields,
      again: (ctx, { id }, failure) => extensionPage(ctx, id, idsOf(failure), failure),
    },
    async (ctx, { id }, { until, ...extension }) => {
      await extendTerms(ctx, { ...extension, until: endOfDay(until, ctx.timeZone) })
      return seeOther(`/campaigns/${id}?sort=term`, 'extension.given')
    },
  )
  .post(
    '/{id}/refusals',
    {
      needs: 'report.decide',
      form: RefusalFields,
      again: (ctx, { id }, failure) => refusalPage(ctx, id, idsOf(failure), failure),
    },
    async (ctx, { id }, refusal) =>
      campaignPage(ctx, id, BoardQuery.parse({}), { refused: await refuseMany(ctx, refusal) }),
  )

async function campaignPage(ctx: PageContext, id: string, query: BoardQuery, after?: After) {
  const campaign = await viewCampaign(ctx, id)
  const may = {
    manage: ctx.grants.has('campaign.manage') && manages(ctx, await accessCampaign(ctx.db, ctx, id)),
    decide: ctx.grants.has('report.decide'),
  }
  if (campaign.openedAt === null) {
    const preview = may.manage ? await previewCampaign(ctx, id, PreviewPage.parse({ page: query.page })) : undefined
    return <DraftPage ctx={ctx} campaign={campaign} preview={preview} page={query.page} />
  }
  const [board, list] = await Promise.all([viewBoard(ctx, id), viewBoardRows(ctx, id, query)])
  return <BoardPage ctx={ctx} campaign={campaign} board={board} query={query} list={list} may={may} after={after} />
}

async function refusalPage(ctx: PageContext, id: string, ids: readonly string[], failure?: FormFailure) {
  const campaign = await viewCampaign(ctx, id)
  const chosen = await listChosen(ctx.db, id, ids)
  return <RefusalsPage ctx={ctx} campaign={campaign} name={campaignName(campaign)} chosen={chosen} failure={failure} />
}

async function extensionPage(
  ctx: PageContext,
  id: string,
  ids: readonly string[],
  failure?: Parameters<typeof ExtensionPage>[0]['failure'],
) {
  const campaign = await viewCampaign(ctx, id)
  const chosen = await listChosen(ctx.db, id, ids)
  return <ExtensionPage ctx={ctx} campaign={campaign} name={campaignName(campaign)} chosen={chosen} failure={failure} />
}
