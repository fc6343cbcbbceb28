/** Who changed what in a report, and why a number is what it is. */
import type { CellExplanation } from '../../../../contracts/checks.ts'
import type { CellHistory, ChangeSource } from '../../../../contracts/reporting.ts'
import { normalAddress } from '../../../../engine/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessReport } from '../reporting.access.ts'
import { isTitleKey, openReport } from '../reports/sheets.ts'
import { listChangesOf, listLatestChanges, readCells } from './cells.queries.ts'
import { authorOf } from './cells.ts'

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

export type ReportChange = { number: number; at: string; by: string; source: ChangeSource; cells: string[] }

/** The newest saves of a report, at most 100. */
export async function viewChanges(ctx: Context, id: string): Promise<ReportChange[]> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  const changes = await listLatestChanges(ctx.db, id, 100)
  return changes.map((change) => ({
    number: change.number,
    at: change.at.toISOString(),
    by: authorOf(change),
    source: change.source,
    cells: change.cells,
  }))
}
