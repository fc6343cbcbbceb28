/** What has been looked at of the pulled cells, and where their numbers are from. */
import { isStale } from '../../../../contracts/check-rules.ts'
import type { PullTrace } from '../../../../contracts/checks.ts'
import { normalAddress } from '../../../../engine/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { type OpenReport, openReport } from '../reports/sheets.ts'
import { listBelow, noteSeen } from './pulls.queries.ts'
import { askedTotal, pullsOf } from './pulls.ts'

/** Whoever works on a report has its pulled cells before them: what had not been seen by anybody is seen now. */
export const noteUnseen = (tx: Tx, ctx: Context, open: OpenReport): Promise<void> =>
  noteSeen(tx, open.report.id, cellsOf(open, open.unseen), { by: ctx.account.id, again: false })

/** «Просмотрено»: the numbers as they are now have been looked at. Returns how many were stale. */
export const seePulls = (ctx: Context, id: string): Promise<number> =>
  transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.fill')
    const open = await openReport(tx, report)
    const stale = staleCells(open)
    await noteSeen(tx, id, cellsOf(open, stale), { by: ctx.account.id, again: true })
    if (stale.length > 0) journal(tx, ctx, 'report.pulls-seen', { kind: 'report', id }, { cells: stale.length })
    return stale.length
  })

export const staleCells = ({ pulled }: Pick<OpenReport, 'pulled'>): string[] =>
  Object.keys(pulled).filter((cell) => pulled[cell] && isStale(pulled[cell]))

const cellsOf = ({ pulled }: OpenReport, cells: readonly string[]) =>
  cells.flatMap((cell) => (pulled[cell] ? [[cell, pulled[cell]] as const] : []))

/**
 * Where a pulled number is from: its report, or the reports of the organisations below; of those that the caller may not
 * see, the name alone.
 * @throws NotFound 404 when the cell is not pulled
 */
export async function tracePull(ctx: Context, id: string, asked: string): Promise<PullTrace> {
  const trace = await findTrace(ctx, id, asked)
  if (!trace) throw new NotFound({ what: 'cell' })
  return trace
}

/** As `tracePull`; undefined for a cell that is not pulled. */
export async function findTrace(ctx: Context, id: string, asked: string): Promise<PullTrace | undefined> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const cell = normalAddress(asked) ?? asked
  const { form, pulled } = await openReport(ctx.db, report)
  const found = pulled[cell]
  const source = pullsOf(form).find((pull) => pull.cell === cell)?.source
  if (!found || !source) return undefined
  const { value, from } = found
  const told = { cell, value, from, source: null, reports: [] }
  switch (source.kind) {
    case 'organisation':
      return {
        ...told,
        source: { title: 'Карточка организации', href: `/organisations/${report.organisationId}` },
      }
    case 'form':
      return found.reportId
        ? { ...told, source: { title: from, href: await hrefOf(ctx, found.reportId, found.cell) } }
        : told
    case 'subordinates': {
      const rows = await listBelow(ctx.db, report, askedTotal(source))
      return {
        ...told,
        reports: rows.map((row) => {
          const place = { id: row.organisationId, region: row.region, lineage: row.lineage }
          const may = ctx.grants.see(place) && ctx.grants.allow('report.read', place)
          return {
            organisation: row.organisation,
            value: may ? row.value : null,
            counted: row.state === 'sent' || row.state === 'accepted',
            href: may ? cellAddressIn(row.reportId, askedTotal(source).cell) : null,
          }
        }),
      }
    }
  }
}

async function hrefOf(ctx: Context, reportId: string, cell: string | null): Promise<string | null> {
  try {
    await accessReport(ctx.db, ctx, reportId, 'report.read')
    return cellAddressIn(reportId, cell)
  } catch (problem) {
    if (problem instanceof Error && 'status' in problem) return null // told by its name alone
    throw problem
  }
}

function cellAddressIn(reportId: string, cell: string | null): string {
  if (!cell) return `/reports/${reportId}`
  const section = cell.slice(0, cell.indexOf('/'))
  return `/reports/${reportId}?section=${encodeURIComponent(section)}#c-${cell.replaceAll('/', '-')}`
}
