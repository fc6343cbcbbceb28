/** Remarks to cells: written while a report is looked through, given to the organisation with the refusal, worked off there. */
import type { CellRemark, Remark, RemarkSettled } from '../../../../contracts/decisions.ts'
import { type Form, parseAddress } from '../../../../engine/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { isOpen } from '../cells/cells.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { placeOfReport, type ReportRow } from '../reports/reports.queries.ts'
import { formOfVersion, type OpenReport, openReport } from '../reports/sheets.ts'
import { accessToDecide, seenBefore } from './deciding.ts'
import { NoSuchCell, RemarkNotYours } from './decisions.errors.ts'
import { frozen } from './frozen.ts'
import { deleteRemark, issueWritten, listRemarkRows, putRemark, settle } from './remarks.queries.ts'

/** A note to a cell of what was sent; the organisation sees it when the report is refused. @throws as `accessToDecide` */
export async function writeRemark(ctx: Context, id: string, remark: CellRemark): Promise<void> {
  const seen = await seenBefore(ctx, id)
  await transaction(ctx, async (tx) => {
    const { report } = await accessToDecide(tx, ctx, id, { seen })
    await writeRemarks(tx, ctx, report, [remark])
    journal(tx, ctx, 'report.remarked', { kind: 'report', id }, { cell: remark.cell })
  })
}

/** For one who is known to decide. @throws NoSuchCell 422 */
export async function writeRemarks(tx: Tx, ctx: Context, report: ReportRow, remarks: readonly CellRemark[]) {
  if (remarks.length === 0) return
  const form = await formOfVersion(tx, report.formVersionId)
  for (const { cell, text } of remarks) {
    if (!hasCell(form, cell)) throw new NoSuchCell()
    await putRemark(tx, { reportId: report.id, cell, text, by: ctx.account.id })
  }
}

export const issueRemarks = (tx: Tx, reportId: string): Promise<number> => issueWritten(tx, reportId)

/** Also of a row that repeats, and of the title page. */
export function hasCell(form: Form, cell: string): boolean {
  if (form.template.title.some(({ field }) => `title/${field.toLowerCase()}` === cell)) return true
  const place = parseAddress(cell)
  return place !== undefined && form.cell(`${place.section}/${place.row}/${place.column}`) !== undefined
}

/** @throws NotFound 404 when there is no such note, or the organisation has it already */
export async function removeRemark(ctx: Context, id: string, remarkId: string): Promise<void> {
  const seen = await seenBefore(ctx, id)
  await transaction(ctx, async (tx) => {
    await accessToDecide(tx, ctx, id, { seen })
    if (!(await deleteRemark(tx, id, remarkId))) throw new NotFound({ what: 'remark' })
  })
}

/** Ticked off as mended, or answered, by whoever fills the report in. @throws RemarkNotYours 409, NotFound 404 */
export const settleRemark = (
  ctx: Context,
  id: string,
  remarkId: string,
  { state, answer }: RemarkSettled,
): Promise<void> =>
  transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.fill')
    if (!isOpen(report)) throw new RemarkNotYours()
    const settled = { state, answer: answer ?? null, by: ctx.account.id }
    if (!(await settle(tx, id, remarkId, settled))) throw new NotFound({ what: 'remark' })
    journal(tx, ctx, 'report.remark-settled', { kind: 'report', id }, { remark: remarkId, state })
  })

export async function viewRemarks(ctx: Context, id: string): Promise<Remark[]> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  return remarksOf(ctx, await openReport(ctx.db, report))
}

/** For one who is known to see the report; what is not issued yet, for those alone who decide. */
export async function remarksOf(ctx: Context, open: OpenReport): Promise<Remark[]> {
  const rows = await listRemarkRows(ctx.db, open.report.id)
  if (rows.length === 0) return []
  const { cells } = frozen(open)
  const decides = ctx.grants.allow('report.decide', placeOfReport(open.report))
  return rows
    .filter(({ issuedAt }) => issuedAt !== null || decides)
    .map(({ id, submission, cell, text, value, state, answer, issuedAt, author }) => ({
      id,
      submission,
      cell,
      text,
      author,
      issued: issuedAt !== null,
      was: value,
      is: cells[cell] || null,
      state,
      answer,
    }))
}
