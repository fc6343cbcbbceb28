/**
 * Campaigns: who must send which form for which period by when. A draft asks nobody; opening it gives each organisation
 * of its audience a report; who comes into the registry later gets one too.
 */
import {
  type Audience,
  type Campaign,
  type CampaignChange,
  type CampaignList,
  type CampaignSent,
  type CampaignsQuery,
  NewCampaign,
} from '../../../../contracts/campaigns.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { formOfVersion } from '../reports/sheets.ts'
import { findCampaignOfSame, listAsked } from './audience.queries.ts'
import { accessCampaign, accessCampaignToManage } from './campaigns.access.ts'
import {
  CampaignChanged,
  CampaignExists,
  CampaignNotDraft,
  CampaignNotOpen,
  NobodyToAsk,
  SuccessorExists,
} from './campaigns.errors.ts'
import {
  awaitCampaigns,
  type CampaignRow,
  countReports,
  deleteDraft,
  findCampaign,
  insertCampaign,
  type ListedCampaign,
  listCampaigns,
  listOpenCampaigns,
  lockForm,
  markClosed,
  markOpened,
  markScheduled,
  writeTerms,
} from './campaigns.queries.ts'
import { withdrawOutside } from './giving.queries.ts'
import { giveReports } from './giving.ts'
import { nextPeriod, onePeriodOn, periodTitle } from './periods.ts'
import { versionFor } from './versions.ts'

/**
 * A campaign over which the caller manages campaigns: a draft when it says so, else opened, now or on its day.
 * @throws CampaignExists 409, NobodyToAsk 422
 */
export async function openCampaign(ctx: Context, asked: CampaignSent): Promise<Campaign> {
  const id = await transaction(ctx, (tx) => createCampaign(tx, ctx, asked, ctx.grants.scopes('campaign.manage')))
  return viewCampaign(ctx, id)
}

/** As `openCampaign`, with the scopes said: for the stand. */
export const openCampaignFor = async (tx: Tx, actor: Actor, asked: CampaignSent, scopes: Scopes) => ({
  id: await createCampaign(tx, actor, asked, scopes),
})

async function createCampaign(tx: Tx, actor: Actor, sent: CampaignSent, scopes: Scopes): Promise<string> {
  const { form: formId, organisationKind, draft, ...asked } = NewCampaign.parse(sent)
  await lockForm(tx, formId)
  const id = await insertCampaign(tx, {
    ...asked,
    formVersionId: await versionFor(tx, formId, asked),
    title: periodTitle(asked),
    audience: asked.audience ?? allOfKind(organisationKind),
    scopes,
    by: actor.account?.id ?? null,
  })
  const campaign = id && (await findCampaign(tx, id))
  if (!campaign) throw new NotFound({ what: 'form' })
  journal(tx, actor, 'campaign.drafted', { kind: 'campaign', id: campaign.id }, { form: campaign.formCode })
  if (!draft) await openOrSchedule(tx, actor, campaign)
  return campaign.id
}

const allOfKind = (kind: NewCampaign['organisationKind']): Audience => ({
  rules: [{ kinds: kind ? [kind] : [], levels: [], regions: [], under: [] }],
  also: [],
  except: [],
})

/** @throws CampaignNotDraft 409, CampaignExists 409, NobodyToAsk 422 */
export async function openDraft(ctx: Context, id: string): Promise<Campaign> {
  await transaction(ctx, async (tx) => {
    const campaign = await accessCampaignToManage(tx, ctx, id)
    if (campaign.state !== 'draft' && campaign.state !== 'scheduled') throw new CampaignNotDraft()
    await openOrSchedule(tx, ctx, campaign)
  })
  return viewCampaign(ctx, id)
}

async function openOrSchedule(tx: Tx, actor: Actor, campaign: CampaignRow): Promise<void> {
  if (campaign.opensAt === null || campaign.opensAt.getTime() <= Date.now()) return openNow(tx, actor, campaign)
  await markScheduled(tx, campaign.id, actor.account?.id ?? null)
  journal(tx, actor, 'campaign.scheduled', { kind: 'campaign', id: campaign.id }, { opensAt: campaign.opensAt })
}

/** Gives the reports. The form's version is looked for anew: a draft may have waited for long. */
export async function openNow(tx: Tx, actor: Actor, campaign: CampaignRow): Promise<void> {
  await lockForm(tx, campaign.formId)
  const asking = { ...campaign, subject: campaign }
  const organisations = await listAsked(tx, asking)
  if (organisations.length === 0) {
    const same = await findCampaignOfSame(tx, asking)
    throw same ? new CampaignExists({ title: `${campaign.formCipher} за ${same.title}` }) : new NobodyToAsk()
  }
  const versionId = await versionFor(tx, campaign.formId, campaign)
  await markOpened(tx, campaign.id, versionId, actor.account?.id ?? null)
  await giveReports(tx, campaign.id, await formOfVersion(tx, versionId), organisations)
  const told = { form: campaign.formCode, reports: organisations.length }
  journal(tx, actor, 'campaign.opened', { kind: 'campaign', id: campaign.id }, told)
}

/**
 * Changes a draft or a campaign that is open: a wider audience gets reports, of a narrower one those without data are
 * withdrawn and others kept.
 * @throws CampaignChanged 409 when somebody else has changed it meanwhile
 */
export async function changeCampaign(ctx: Context, id: string, change: CampaignChange): Promise<Campaign> {
  await transaction(ctx, async (tx) => {
    const before = await accessCampaignToManage(tx, ctx, id)
    if (before.state === 'closed') throw new CampaignNotOpen()
    if (!(await writeTerms(tx, id, change))) throw new CampaignChanged()
    journal(
      tx,
      ctx,
      'campaign.changed',
      { kind: 'campaign', id },
      { deadline: change.deadline, regular: change.regular },
    )
    if (before.state !== 'open') return

    const campaign = { ...before, audience: change.audience }
    const joining = await listAsked(tx, { ...campaign, subject: campaign })
    await giveReports(tx, id, await formOfVersion(tx, campaign.formVersionId), joining)
    const left = await withdrawOutside(tx, id, change.audience)
    journal(tx, ctx, 'campaign.audience-changed', { kind: 'campaign', id }, { joined: joining.length, ...left })
  })
  return viewCampaign(ctx, id)
}

/** Nobody joins and nobody is reminded any more; what was not sent stays, is overdue and can still be sent. */
export async function closeCampaign(ctx: Context, id: string): Promise<Campaign> {
  await transaction(ctx, async (tx) => {
    const campaign = await accessCampaignToManage(tx, ctx, id)
    if (campaign.state !== 'open') throw new CampaignNotOpen()
    await markClosed(tx, id, ctx.account.id)
    journal(tx, ctx, 'campaign.closed', { kind: 'campaign', id })
  })
  return viewCampaign(ctx, id)
}

export const dropDraft = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const campaign = await accessCampaignToManage(tx, ctx, id)
    if (campaign.state !== 'draft' && campaign.state !== 'scheduled') throw new CampaignNotDraft()
    await deleteDraft(tx, id)
    journal(tx, ctx, 'campaign.dropped', { kind: 'campaign', id }, { form: campaign.formCode, title: campaign.title })
  })

/** «Повторить за следующий период»: a draft with the same audience and plan, its term one period on. */
export async function repeatCampaign(ctx: Context, id: string): Promise<Campaign> {
  const next = await transaction(ctx, async (tx) => {
    const campaign = await accessCampaignToManage(tx, ctx, id)
    const successor = await draftNext(tx, ctx, campaign)
    if (!successor) throw new SuccessorExists()
    return successor
  })
  return viewCampaign(ctx, next)
}

/** Undefined when there is one already. */
export async function draftNext(tx: Tx, actor: Actor, campaign: CampaignRow): Promise<string | undefined> {
  const period = nextPeriod(campaign)
  const id = await insertCampaign(tx, {
    ...period,
    formVersionId: await versionFor(tx, campaign.formId, period),
    title: periodTitle(period),
    deadline: onePeriodOn(campaign.deadline, campaign.periodKind).toISOString(),
    opensAt: null,
    audience: campaign.audience,
    scopes: campaign.scopes,
    reminderDays: campaign.reminderDays,
    regular: campaign.regular,
    by: actor.account?.id ?? null,
    predecessorId: campaign.id,
  })
  if (id) journal(tx, actor, 'campaign.repeated', { kind: 'campaign', id }, { after: campaign.id })
  return id
}

/**
 * Gives organisations a report in each open campaign whose audience they belong to. Doing it again changes nothing;
 * reports of campaigns that would not ask them now stay. However many they are, each campaign looks once.
 */
export async function joinCampaigns(tx: Tx, organisationIds: readonly string[]): Promise<void> {
  await awaitCampaigns(tx)
  for (const campaign of await listOpenCampaigns(tx)) {
    const joining = await listAsked(tx, { ...campaign, subject: campaign }, organisationIds)
    if (joining.length > 0) await giveReports(tx, campaign.id, await formOfVersion(tx, campaign.formVersionId), joining)
  }
}

export async function viewCampaign(ctx: Context, id: string): Promise<Campaign> {
  const campaign = await accessCampaign(ctx.db, ctx, id)
  return { ...shownCampaign(campaign), audience: campaign.audience, reports: await countReports(ctx.db, id) }
}

export async function viewCampaigns(ctx: Context, query: CampaignsQuery) {
  const { rows, total, choices } = await listCampaigns(ctx.db, ctx.grants.scopes('campaign.read'), query)
  const campaigns: CampaignList['campaigns'] = rows.map((row) => ({
    ...shownCampaign(row),
    reports: row.reports,
    accepted: row.accepted,
    sent: row.sent,
    overdue: row.overdue,
  }))
  return { total, campaigns, choices }
}

const shownCampaign = (row: CampaignRow | ListedCampaign) => ({
  id: row.id,
  form: { id: row.formId, code: row.formCode, cipher: row.formCipher, name: row.formName, version: row.formVersion },
  title: row.title,
  year: row.year,
  periodKind: row.periodKind,
  periodNumber: row.periodNumber,
  state: row.state,
  deadline: momentOf(row.deadline),
  opensAt: row.opensAt && momentOf(row.opensAt),
  openedAt: row.openedAt && momentOf(row.openedAt),
  closedAt: row.closedAt && momentOf(row.closedAt),
  reminderDays: row.reminderDays,
  regular: row.regular,
  version: row.version,
})

/** In a list, moments come as PostgreSQL writes them in JSON. */
const momentOf = (moment: Date | string): string => new Date(moment).toISOString()
