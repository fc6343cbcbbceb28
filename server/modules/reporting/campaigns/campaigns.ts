/**
 * Campaigns: who must send which form for which period by when. Opening one gives each organisation its report; who comes
 * into the registry later gets one too.
 */
import { type Campaign, type NewCampaign, titleKey } from '../../../../contracts/reporting.ts'
import { type Form, openSheet } from '../../../../engine/index.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import { randomUUIDv7, type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { findForm } from '../forms/forms.queries.ts'
import { CampaignExists, NobodyToAsk } from '../reporting.errors.ts'
import { fillOf, fillTotal, formOfVersion } from '../reports/sheets.ts'
import {
  type AskedOrganisation,
  awaitCampaigns,
  findAsked,
  findSameCampaign,
  insertCampaign,
  insertFirstCells,
  insertReports,
  listAsked,
  listOpenCampaigns,
  lockForm,
} from './campaigns.queries.ts'

/**
 * Opens a campaign for all open organisations of a kind over which the caller manages forms.
 * @throws CampaignExists 409, NobodyToAsk 422
 */
export const openCampaign = (ctx: Context, asked: NewCampaign): Promise<Campaign> =>
  transaction(ctx, (tx) => openCampaignFor(tx, ctx, asked, ctx.grants.scopes('form.manage')))

/** As `openCampaign`, with the scopes said: for the stand. */
export async function openCampaignFor(tx: Tx, actor: Actor, asked: NewCampaign, scopes: Scopes): Promise<Campaign> {
  await lockForm(tx, asked.form)
  const form = await findForm(tx, asked.form)
  if (!form) throw new NotFound({ what: 'form' })
  const campaign = { ...asked, formVersionId: form.versionId, title: periodTitle(asked), by: actor.account?.id ?? null }
  const same = await findSameCampaign(tx, form.id, campaign)
  if (same) throw new CampaignExists({ title: `${form.cipher} за ${same.title}` })
  const organisations = await listAsked(tx, scopes, asked.organisationKind)
  if (organisations.length === 0) throw new NobodyToAsk()

  const id = await insertCampaign(tx, campaign)
  await giveReports(tx, id, await formOfVersion(tx, form.versionId), organisations)
  journal(tx, actor, 'campaign.opened', { kind: 'campaign', id }, { form: form.code, reports: organisations.length })
  return {
    id,
    title: campaign.title,
    year: campaign.year,
    deadline: new Date(campaign.deadline).toISOString(),
    reports: organisations.length,
  }
}

/**
 * Gives an organisation a report in each campaign of its kind whose deadline has not passed. Doing it again changes
 * nothing; reports of campaigns of another kind stay.
 */
export async function joinCampaigns(tx: Tx, organisationId: string): Promise<void> {
  await awaitCampaigns(tx)
  const organisation = await findAsked(tx, organisationId)
  if (!organisation) return
  for (const { id, formVersionId } of await listOpenCampaigns(tx, organisation.kind))
    await giveReports(tx, id, await formOfVersion(tx, formVersionId), [organisation])
}

/** Each report begins with what the cabinet knows already: the title page. */
async function giveReports(
  tx: Tx,
  campaignId: string,
  form: Form,
  organisations: readonly AskedOrganisation[],
): Promise<void> {
  const blank = openSheet(form)
  const reports = organisations.map((organisation) => {
    const title = titleOf(form, organisation)
    return { id: randomUUIDv7(), organisationId: organisation.id, title, ...fillTotal(fillOf(form, blank, title)) }
  })
  const given = await insertReports(tx, campaignId, reports)
  await insertFirstCells(
    tx,
    reports
      .filter(({ id }) => given.has(id))
      .flatMap(({ id, title }) => Object.entries(title).map(([cell, value]) => ({ reportId: id, cell, value }))),
  )
}

function titleOf(form: Form, organisation: AskedOrganisation): Record<string, string> {
  const known: Record<string, string | null> = {
    okpo: organisation.okpo,
    name: organisation.fullName,
    inn: organisation.inn,
    ogrn: organisation.ogrn,
    address: organisation.address,
    leader_fio: organisation.headName,
    leader_post: organisation.headPosition,
    phone: organisation.phone,
    email: organisation.email,
  }
  return Object.fromEntries(
    form.template.title.flatMap(({ field }) => {
      const value = known[field.toLowerCase()]
      return value ? [[titleKey(field), value]] : []
    }),
  )
}

const months = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ')

/** «2026 год», «3 квартал 2026 года», «март 2026 года». */
export function periodTitle({ year, periodKind, periodNumber }: Omit<NewCampaign, 'form'>): string {
  switch (periodKind) {
    case 1:
      return `${year} год`
    case 12:
      return `${months[periodNumber - 1] ?? periodNumber} ${year} года`
    case 4:
      return `${periodNumber} квартал ${year} года`
    case 2:
      return `${periodNumber} полугодие ${year} года`
    default:
      return `${periodNumber} период ${year} года`
  }
}
