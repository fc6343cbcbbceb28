/** Who changed what in a report, and why a number is what it is. */
import type { CellExplanation } from '../../../../contracts/checks.ts'
import {
  changesOnPage,
  type HistoryQuery,
  type ReportChange,
  type ReportHistory,
} from '../../../../contracts/history.ts'
import type { CellHistory } from '../../../../contracts/reporting.ts'
import { normalAddress } from '../../../../engine/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessReport } from '../reporting.access.ts'
import { isTitleKey, openReport } from '../reports/sheets.ts'
import { listChangesOf, readCells } from './cells.queries.ts'
import { authorOf } from './cells.ts'
import { type HistoryRow, listEditors, listHistory } from './history.queries.ts'

/** Who changed a cell, when, from what to what: newest first, at most 200. */
export async function viewHistory(ctx: Context, id: string, asked: string): Promise<CellHistory> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const cell = isTitleKey(asked) ? asked.toLowerCase() : (normalAddress(asked) ?? asked)
  const changes = await listChangesOf(ctx.db, report.id, [cell], 200)
  return {
    cell,
    value: (await readCells(ctx.db, report.id))[cell] ?? null,
    changes: changes.map((change) => {
      const index = change.cells.indexOf(cell)
      return {
        at: change.at.toISOString(),
        by: authorOf(change),
        source: change.source,
        from: change.oldValues[index] ?? null,
        to: change.newValues[index] ?? null,
        reason: change.reason,
      }
    }),
  }
}

/** @throws NotFound 404 when the cell is not worked out by the form */
export async function explainCell(ctx: Context, id: string, cell: string): Promise<CellExplanation> {
  const explanation = await findExplanation(ctx, id, cell)
  if (!explanation) throw new NotFound({ what: 'cell' })
  return explanation
}

/** As `explainCell`; undefined for a cell that is entered. */
export async function findExplanation(ctx: Context, id: string, cell: string): Promise<CellExplanation | undefined> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const { sheet } = await openReport(ctx.db, report)
  return sheet.explain(normalAddress(cell) ?? cell)
}

export type ReportHistoryView = ReportHistory & { editors: { id: string; name: string }[] }

/** Every change of every cell, filtered: fifty lines a page, the newest first. */
export async function viewReportHistory(ctx: Context, id: string, query: HistoryQuery): Promise<ReportHistory> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  const window = { limit: changesOnPage, offset: (query.page - 1) * changesOnPage }
  const rows = await listHistory(ctx.db, id, { ...query, zone: ctx.timeZone }, window)
  return { total: rows[0]?.total ?? 0, page: query.page, changes: rows.map(changeOf) }
}

export async function viewReportHistoryPage(ctx: Context, id: string, query: HistoryQuery): Promise<ReportHistoryView> {
  const history = await viewReportHistory(ctx, id, query)
  const editors = await listEditors(ctx.db, id)
  return { ...history, editors: editors.map((person) => ({ id: person.id, name: authorOf(person) })) }
}

const mostExported = 100_000
const linesAtOnce = 5_000

/** The same lines for a file. */
export async function* allHistory(ctx: Context, id: string, query: HistoryQuery): AsyncGenerator<ReportChange> {
  const filter = { ...query, zone: ctx.timeZone }
  for (let offset = 0; offset < mostExported; offset += linesAtOnce) {
    const rows = await listHistory(ctx.db, id, filter, { limit: linesAtOnce, offset })
    for (const row of rows) yield changeOf(row)
    if (rows.length < linesAtOnce) return
  }
}

const changeOf = ({ number, at, source, reason, cell, from, to, ...person }: HistoryRow): ReportChange => ({
  number,
  at: at.toISOString(),
  by: authorOf(person),
  source,
  cell,
  from,
  to,
  reason,
})
