/** The consolidation that a person asks for: its form, period, territory, the totals, and what stands behind a number. */
import {
  type Behind,
  type BehindQuery,
  behindOnPage,
  type Consolidation,
  type ConsolidationQuery,
  type Correction,
} from '../../../../contracts/consolidation.ts'
import type { FormCell } from '../../../../engine/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessOrganisation } from '../../organisations/index.ts'
import { authorOf } from '../cells/cells.ts'
import { listGroups, listMissing, listRegionsSeen, listReportsBehind, listTerritories } from './behind.queries.ts'
import { NoFormToConsolidate, NoSuchPeriod, NoSuchTotal } from './consolidation.errors.ts'
import { type CorrectionRow, listCorrections } from './corrections.queries.ts'
import { listText } from './entry-totals.ts'
import { freshen, type Waiting } from './folding.ts'
import { layoutOf, type Slot } from './layout.ts'
import { added, negated, underNewNames } from './merging.ts'
import { sourceOf } from './sources.ts'
import {
  type CampaignOfPeriod,
  countAsked,
  listCampaignsOf,
  listFormsWithCampaigns,
  type Selection,
} from './totals.queries.ts'
import { parsedPeriod, periodKey, previousPeriod, selectionOf, type TotalsView, viewTotals } from './totals.ts'

type FormChoice = { id: string; code: string; cipher: string; name: string }

export type ConsolidationView = {
  query: ConsolidationQuery
  form: FormChoice
  period: { key: string; title: string }
  /** The name of what is added up. */
  place: string
  selection: Selection
  campaigns: CampaignOfPeriod[]
  choices: {
    forms: FormChoice[]
    periods: { key: string; title: string }[]
    regions: { code: string; name: string }[]
    territories: { id: string; name: string }[]
  }
  totals: TotalsView
  /** Under the names that this period's version of the form gives the cells. */
  previous:
    | {
        title: string
        values: Record<string, string>
        texts: Record<string, string>
        wholes: Record<string, string>
      }
    | undefined
  corrections: Correction[]
  asOf: string
  asked: number
  waiting: Waiting
}

/** @throws NoFormToConsolidate, NoSuchPeriod, NotFound 404 */
export async function viewConsolidation(ctx: Context, asked: ConsolidationQuery): Promise<ConsolidationView> {
  const query = withOwnTerritory(ctx, asked)
  const forms = await listFormsWithCampaigns(ctx.db)
  const form = query.form ? forms.find(({ code }) => code === query.form) : forms[0]
  if (!form) throw new NoFormToConsolidate()
  const place = await placeName(ctx, query)
  const all = await listCampaignsOf(ctx.db, form.id)
  const key = query.period ?? (all[0] ? periodKey(all[0]) : '')
  const campaigns = all.filter((campaign) => periodKey(campaign) === key)
  const [newest] = campaigns
  if (!newest) throw new NoSuchPeriod()
  const selection = selectionOf(query, ctx.grants.scopes('report.read'))
  const ids = campaigns.map(({ id }) => id)
  const waiting = await freshen(ctx.db, ids)
  const asOf = new Date().toISOString()
  const previous = await previousTotals(ctx, all, newest, selection)
  const rows = await listCorrections(ctx.db, form.id, parsedPeriod(key), selection)
  const totals = await viewTotals(ctx.db, campaigns, selection, { deltas: deltasOf(rows), previous: previous?.values })
  if (!totals) throw new NoSuchPeriod()
  return {
    query,
    form,
    period: { key, title: newest.title },
    place,
    selection,
    campaigns,
    choices: {
      forms,
      periods: [...new Map(all.map((each) => [periodKey(each), each.title]))].map(([each, title]) => ({
        key: each,
        title,
      })),
      regions: await listRegionsSeen(ctx.db, selection),
      territories: await listTerritories(ctx.db, selection),
    },
    totals,
    previous,
    corrections: rows.map(shownCorrection),
    asOf,
    asked: await countAsked(ctx.db, ids, selection),
    waiting,
  }
}

export async function shownConsolidation(ctx: Context, query: ConsolidationQuery): Promise<Consolidation> {
  const view = await viewConsolidation(ctx, query)
  return {
    form: view.form.code,
    period: view.period.key,
    territory: view.place,
    asOf: view.asOf,
    counted: view.totals.reports,
    asked: view.asked,
    waiting: view.waiting.reports,
    done: view.waiting.done,
    totals: view.totals.values,
    lists: view.totals.lists,
    corrected: [...new Set(view.corrections.filter(({ withdrawn }) => !withdrawn).map(({ cell }) => cell))],
  }
}

/** Who looks over one subtree alone means that one. */
function withOwnTerritory(ctx: Context, query: ConsolidationQuery): ConsolidationQuery {
  const { everywhere, regions, subtrees } = ctx.grants.scopes('report.read')
  const [own, ...others] = new Set(subtrees)
  const alone = !everywhere && regions.length === 0 && others.length === 0
  return own && alone && !query.territory && !query.region ? { ...query, territory: own } : query
}

/** A territory outside one's scopes does not exist. */
async function placeName(ctx: Context, { territory, region }: ConsolidationQuery): Promise<string> {
  if (territory) return (await accessOrganisation(ctx.db, ctx, territory, 'report.read')).shortName
  const scopes = ctx.grants.scopes('report.read')
  const regions = await listRegionsSeen(ctx.db, { scopes, states: 'sent' })
  if (!region) {
    if (scopes.everywhere) return 'Все организации'
    return regions.length > 0 ? regions.map(({ name }) => name).join(', ') : 'Ваши организации'
  }
  const known = regions.find(({ code }) => code === region)
  if (!known) throw new NotFound({ what: 'region' })
  return known.name
}

async function previousTotals(
  ctx: Context,
  all: readonly CampaignOfPeriod[],
  newest: CampaignOfPeriod,
  selection: Selection,
): Promise<ConsolidationView['previous']> {
  const before = previousPeriod({ year: newest.year, kind: newest.periodKind, number: newest.periodNumber })
  const key = `${before.year}-${before.kind}-${before.number}`
  const campaigns = all.filter((campaign) => periodKey(campaign) === key)
  const [first] = campaigns
  if (!first) return undefined
  await freshen(
    ctx.db,
    campaigns.map(({ id }) => id),
  )
  const rows = await listCorrections(ctx.db, first.formId, before, selection)
  const totals = await viewTotals(ctx.db, campaigns, selection, { deltas: deltasOf(rows) })
  if (!totals) return undefined
  const [from, to] = [first.formVersionId, newest.formVersionId]
  const lists = Object.fromEntries(Object.entries(totals.lists).map(([cell, values]) => [cell, listText(values)]))
  return {
    title: first.title,
    values: await underNewNames(ctx.db, totals.values, from, to),
    texts: await underNewNames(ctx.db, lists, from, to),
    wholes: await underNewNames(ctx.db, totals.wholes, from, to),
  }
}

/** What stands corrections add to each cell, those of lower territories too: they travel up by themselves. */
export function deltasOf(rows: readonly CorrectionRow[]): Map<string, string> {
  const deltas = new Map<string, string>()
  for (const { cell, was, becomes, withdrawnAt } of rows)
    if (!withdrawnAt) deltas.set(cell, added(deltas.get(cell) ?? '0', added(becomes, negated(was))))
  return deltas
}

const shownCorrection = (row: CorrectionRow): Correction => ({
  id: row.id,
  cell: row.cell,
  territory: row.territory,
  was: row.was,
  becomes: row.becomes,
  reason: row.reason,
  by: authorOf(row),
  at: row.at.toISOString(),
  withdrawn: row.withdrawnAt && {
    by: authorOf({
      surname: row.withdrawnSurname ?? '',
      name: row.withdrawnName ?? '',
      patronymic: row.withdrawnPatronymic,
    }),
    at: row.withdrawnAt.toISOString(),
    reason: row.withdrawnReason ?? '',
  },
})

export type BehindView = ConsolidationView & { cell: FormCell; slot: Slot; behind: Behind }

/**
 * What stands behind a number: parts of the territory, reports with their values, and who is missing.
 * @throws NoSuchTotal 404
 */
export async function viewBehind(ctx: Context, query: BehindQuery): Promise<BehindView> {
  const view = await viewConsolidation(ctx, query)
  const address = query.cell.replace(/#\d+/, '')
  const { form, values, wholes, lists, specifics } = view.totals
  const layout = layoutOf(form)
  const slot = layout.slots[layout.places.get(address) ?? -1]
  const cell = form.cell(address)
  if (!slot || !cell) throw new NoSuchTotal({ cell: address })
  const source = await sourceOf(ctx.db, view.campaigns, address)
  const groups = await listGroups(ctx.db, source, view.selection)
  const reports = await listReportsBehind(ctx.db, source, view.selection, query.page)
  const missing = await listMissing(
    ctx.db,
    view.campaigns.map(({ id }) => id),
    view.selection,
    behindOnPage,
  )
  return {
    ...view,
    cell,
    slot,
    behind: {
      total: wholes[address] ?? values[address] ?? null,
      listed: lists[address] ?? [],
      specifics: specifics[address] ?? [],
      groups,
      reports: reports.rows,
      count: reports.count,
      missing: missing.rows,
      missingCount: missing.count,
    },
  }
}
