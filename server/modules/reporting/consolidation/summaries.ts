/**
 * Saved summaries: named choices of cells, territories and periods with a picture. One shows what whoever opens it may
 * see; a published one shows, to anybody, exactly what its owner saw at that moment, without figures of a few.
 */
import { randomBytes } from 'node:crypto'
import type { ConsolidationQuery, NewSummary, PublishedSummary } from '../../../../contracts/consolidation.ts'
import { placeText } from '../../../../web/report/index.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context, Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { accessOrganisation } from '../../organisations/index.ts'
import { listGroups } from './behind.queries.ts'
import { EmptySummary, NoSuchTotal, NotYourSummary } from './consolidation.errors.ts'
import { type ConsolidationView, viewConsolidation } from './consolidation.ts'
import { layoutOf } from './layout.ts'
import {
  deleteSummary,
  findPublished,
  findSummary,
  insertSummary,
  listSummaries,
  markPublished,
  markUnpublished,
  type SummaryRow,
} from './summaries.queries.ts'
import { parsedPeriod, previousPeriod } from './totals.ts'

export const viewSummaries = (ctx: Context): Promise<SummaryRow[]> =>
  listSummaries(ctx.db, ctx.account.id, ctx.grants.scopes('report.read'))

/** @throws NoSuchTotal 404 when a cell of it does not add up */
export async function saveSummary(ctx: Context, { name, form, sharedWith, ...choice }: NewSummary): Promise<string> {
  if (sharedWith) await accessOrganisation(ctx.db, ctx, sharedWith, 'report.read')
  const view = await viewConsolidation(ctx, queryOf(form, choice))
  const { places } = layoutOf(view.totals.form)
  for (const cell of choice.cells) if (!places.has(cell)) throw new NoSuchTotal({ cell })
  return transaction(ctx, async (tx) => {
    const ownerId = ctx.account.id
    const id = await insertSummary(tx, { name, ownerId, formId: view.form.id, choice, sharedWith: sharedWith ?? null })
    journal(tx, ctx, 'summary.saved', { kind: 'summary', id })
    return id
  })
}

/** Figures with how many organisations stand behind each. */
export type SummaryTable = {
  columns: string[]
  rows: { name: string; values: { value: string | null; reports: number }[] }[]
  place: string
  asOf: string
}

export async function viewSummary(ctx: Context, id: string): Promise<{ summary: SummaryRow; table: SummaryTable }> {
  const summary = await findSummary(ctx.db, id, ctx.account.id, ctx.grants.scopes('report.read'))
  if (!summary) throw new NotFound({ what: 'summary' })
  return { summary, table: await tableOf(ctx, summary) }
}

async function tableOf(ctx: Context, { formCode, choice }: SummaryRow): Promise<SummaryTable> {
  const view = await viewConsolidation(ctx, queryOf(formCode, choice))
  const { form, values, counts } = view.totals
  const total = choice.cells.map((cell) => ({ value: values[cell] ?? null, reports: counts[cell] ?? 0 }))
  const columns = choice.cells.map((cell) => placeText(form, cell))
  const head = { columns, place: view.place, asOf: view.asOf }
  if (choice.periods > 1) {
    const past = await pastRows(ctx, formCode, choice)
    return { ...head, rows: [...past.reverse(), { name: view.period.title, values: total }] }
  }
  if (choice.grouping === 'children')
    return { ...head, rows: [...(await groupRows(ctx, view, choice.cells)), { name: 'Всего', values: total }] }
  return { ...head, rows: [{ name: view.period.title, values: total }] }
}

/** Periods before the chosen one, the nearest first; those that were not collected are left out. */
async function pastRows(ctx: Context, form: string, choice: SummaryRow['choice']): Promise<SummaryTable['rows']> {
  const rows: SummaryTable['rows'] = []
  let period = parsedPeriod(choice.period)
  for (let back = 1; back < choice.periods; back += 1) {
    period = previousPeriod(period)
    const key = `${period.year}-${period.kind}-${period.number}`
    const view = await viewConsolidation(ctx, queryOf(form, { ...choice, period: key })).catch((error: unknown) => {
      if (error instanceof Error && 'status' in error && error.status === 404) return undefined
      throw error
    })
    if (!view) continue
    const { values, counts } = view.totals
    rows.push({
      name: view.period.title,
      values: choice.cells.map((cell) => ({ value: values[cell] ?? null, reports: counts[cell] ?? 0 })),
    })
  }
  return rows
}

/** A part of the territory a line; only cells that are sums have parts. */
async function groupRows(ctx: Context, view: ConsolidationView, cells: readonly string[]) {
  const { slots, places } = layoutOf(view.totals.form)
  const campaignIds = view.campaigns.map(({ id }) => id)
  const rows = new Map<string, SummaryTable['rows'][number]>()
  for (const [column, cell] of cells.entries()) {
    const place = places.get(cell) ?? 0
    if (slots[place]?.total !== 'sum') continue
    for (const group of await listGroups(ctx.db, { campaignIds, place: place + 1 }, view.selection)) {
      const row = rows.get(group.id) ?? { name: group.name, values: cells.map(() => ({ value: null, reports: 0 })) }
      row.values[column] = { value: group.value, reports: group.reports }
      rows.set(group.id, row)
    }
  }
  return [...rows.values()]
}

/**
 * Makes a summary open to anybody by its address, as it stands now.
 * @throws NotYourSummary 403, EmptySummary 422
 */
export async function publishSummary(ctx: Context, id: string): Promise<void> {
  const { summary, table } = await viewSummary(ctx, id)
  if (summary.ownerId !== ctx.account.id) throw new NotYourSummary()
  if (table.rows.length === 0) throw new EmptySummary()
  const published = publishedOf(summary, table)
  const key = summary.publicKey ?? randomBytes(16).toString('hex')
  await transaction(ctx, async (tx) => {
    await markPublished(tx, id, ctx.account.id, key, published)
    journal(tx, ctx, 'summary.published', { kind: 'summary', id })
  })
  forget(key)
}

export async function unpublishSummary(ctx: Context, id: string): Promise<void> {
  const summary = await ownSummary(ctx, id)
  await transaction(ctx, async (tx) => {
    await markUnpublished(tx, id)
    journal(tx, ctx, 'summary.unpublished', { kind: 'summary', id })
  })
  if (summary.publicKey) forget(summary.publicKey)
}

export async function removeSummary(ctx: Context, id: string): Promise<void> {
  const summary = await ownSummary(ctx, id)
  await transaction(ctx, async (tx) => {
    await deleteSummary(tx, id)
    journal(tx, ctx, 'summary.removed', { kind: 'summary', id })
  })
  if (summary.publicKey) forget(summary.publicKey)
}

async function ownSummary(ctx: Context, id: string): Promise<SummaryRow> {
  const summary = await findSummary(ctx.db, id, ctx.account.id, ctx.grants.scopes('report.read'))
  if (!summary) throw new NotFound({ what: 'summary' })
  if (summary.ownerId !== ctx.account.id) throw new NotYourSummary()
  return summary
}

/**
 * Figures behind which fewer organisations stand than the least are hidden. Where exactly one part of a total is hidden,
 * the smallest other part is hidden too: else a subtraction would tell it.
 */
export function publishedOf(
  { name, formCipher, choice }: Pick<SummaryRow, 'name' | 'formCipher' | 'choice'>,
  { columns, rows, place, asOf }: SummaryTable,
): PublishedSummary {
  const hidden = rows.map(({ values }) =>
    values.map(({ value, reports }) => value !== null && reports < choice.minimum),
  )
  if (choice.grouping === 'children' && choice.periods === 1)
    for (const column of columns.keys()) hideSecond(rows, hidden, column)
  return {
    name,
    form: formCipher,
    territory: place,
    asOf,
    chart: choice.chart,
    minimum: choice.minimum,
    columns,
    rows: rows.map((row, line) => ({
      name: row.name,
      values: row.values.map(({ value }, column) => (hidden[line]?.[column] ? null : value)),
    })),
  }
}

function hideSecond(rows: SummaryTable['rows'], hidden: boolean[][], column: number): void {
  const parts = rows.slice(0, -1).map((_, line) => line)
  if (parts.filter((line) => hidden[line]?.[column]).length !== 1) return
  const next = parts
    .filter((line) => !hidden[line]?.[column] && rows[line]?.values[column]?.value != null)
    .toSorted(
      (one, other) => (rows[one]?.values[column]?.reports ?? 0) - (rows[other]?.values[column]?.reports ?? 0),
    )[0]
  const marks = next === undefined ? undefined : hidden[next]
  if (marks) marks[column] = true
}

/** Published summaries by key, kept so long: within it nothing is asked of the database. */
const kept = new Map<string, { until: number; summary: PublishedSummary }>()
const term = 60_000
const mostKept = 500

const forget = (key: string): void => void kept.delete(key)

/** What anybody sees by a public address. Another node may show a withdrawn one for up to a minute more. */
export async function viewPublished(ctx: Pick<Visitor, 'db'>, key: string): Promise<PublishedSummary> {
  const known = kept.get(key)
  if (known && known.until > Date.now()) return known.summary
  kept.delete(key)
  const summary = await findPublished(ctx.db, key)
  if (!summary) throw new NotFound({ what: 'summary' })
  const [oldest] = kept.keys()
  if (kept.size >= mostKept && oldest) kept.delete(oldest)
  kept.set(key, { until: Date.now() + term, summary })
  return summary
}

const queryOf = (
  form: string,
  { period, territory, region, states }: Pick<SummaryRow['choice'], 'period' | 'territory' | 'region' | 'states'>,
): ConsolidationQuery => ({ form, period, territory, region, states })
