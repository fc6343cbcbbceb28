/**
 * Saved summaries: named choices of cells, territories and periods with a picture. One shows what whoever opens it may
 * see; a published one shows, to anybody, exactly what its owner saw at that moment, without figures of a few.
 */
import { randomBytes } from 'node:crypto'
import type { NewSummary, PublishedSummary } from '../../../../contracts/consolidation.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context, Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { accessOrganisation } from '../../organisations/index.ts'
import { NoOnePlace, NoSuchTotal, NotYourSummary, TooFewToPublish } from './consolidation.errors.ts'
import { viewConsolidation } from './consolidation.ts'
import { hiddenFigures, type PublishedFigure } from './hiding.ts'
import { layoutOf } from './layout.ts'
import {
  deleteSummary,
  findPublished,
  findSummary,
  insertSummary,
  listSummaries,
  lockPublishedFigures,
  markPublished,
  markUnpublished,
  type SummaryRow,
} from './summaries.queries.ts'
import { queryOf, type SummaryTable, summaryTable } from './summary-table.ts'

export const viewSummaries = (ctx: Context): Promise<SummaryRow[]> =>
  listSummaries(ctx.db, ctx.account.id, ctx.grants.scopes('report.read'))

/** @throws NoSuchTotal 404 when a cell of it does not add up */
export async function saveSummary(ctx: Context, { name, form, sharedWith, ...choice }: NewSummary): Promise<string> {
  if (sharedWith) await accessOrganisation(ctx.db, ctx, sharedWith, 'report.read')
  for (const territory of choice.territories ?? []) await accessOrganisation(ctx.db, ctx, territory, 'report.read')
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

export async function viewSummary(ctx: Context, id: string): Promise<{ summary: SummaryRow; table: SummaryTable }> {
  const summary = await findSummary(ctx.db, id, ctx.account.id, ctx.grants.scopes('report.read'))
  if (!summary) throw new NotFound({ what: 'summary' })
  return { summary, table: await summaryTable(ctx, summary) }
}

/**
 * Makes a summary open to anybody by its address, as it stands now.
 * @throws NotYourSummary 403; NoOnePlace, TooFewToPublish 422
 */
export async function publishSummary(ctx: Context, id: string): Promise<string> {
  const { summary, table } = await viewSummary(ctx, id)
  if (summary.ownerId !== ctx.account.id) throw new NotYourSummary()
  if (table.rows.some(({ values }) => values.some(({ value, path }) => value !== null && !path))) throw new NoOnePlace()
  const key = summary.publicKey ?? randomBytes(16).toString('hex')
  await transaction(ctx, async (tx) => {
    const others = await lockPublishedFigures(tx, summary.formId, id)
    const { published, figures } = publishedOf(summary, table, others)
    if (figures.length === 0) throw new TooFewToPublish()
    await markPublished(tx, { id, by: ctx.account.id, key, published, figures })
    journal(tx, ctx, 'summary.published', { kind: 'summary', id })
  })
  forget(key)
  return key
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

/** What anybody will see, and those of its figures that can be seen; `others` are published already. */
export function publishedOf(
  { name, formCipher, choice }: Pick<SummaryRow, 'name' | 'formCipher' | 'choice'>,
  { rows, ...table }: SummaryTable,
  others: readonly PublishedFigure[],
): { published: PublishedSummary; figures: PublishedFigure[] } {
  const { minimum, states } = choice
  const figures = rows.flatMap(({ values }, row) =>
    values.flatMap(({ value, reports, period, cell, path }, column) =>
      value === null || !path ? [] : [{ row, column, figure: { period, cell, states, path, reports, minimum } }],
    ),
  )
  const hidden = hiddenFigures(
    figures.map(({ figure }) => figure),
    others,
  )
  const shown = figures.filter((_, index) => !hidden[index])
  const seen = new Set(shown.map(({ row, column }) => `${row} ${column}`))
  return {
    figures: shown.map(({ figure }) => figure),
    published: {
      name,
      form: formCipher,
      territory: table.place,
      asOf: table.asOf,
      chart: choice.chart,
      minimum,
      across: table.across,
      cells: table.cells,
      periods: table.periods,
      columns: table.columns,
      rows: rows.map((row, line) => ({
        name: row.name,
        values: row.values.map(({ value }, column) => (seen.has(`${line} ${column}`) ? value : null)),
      })),
    },
  }
}

/** Published summaries by key, kept so long: within it nothing is asked of the database. */
const kept = new Map<string, { until: number; summary: PublishedSummary }>()
/** So long another node may still show what has been withdrawn; this one forgets it at once. */
const term = 10_000
const mostKept = 500

const forget = (key: string): void => void kept.delete(key)

/** What anybody sees by a public address. */
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
