/** Checking a report on the server: the same engine as in the browser, and the one whose word counts. */
import type { CheckOutcome, ReportProblem } from '../../../../contracts/reporting.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { noteChecked, placeOfReport, type ReportRow } from '../reports/reports.queries.ts'
import { type OpenReport, openReport } from '../reports/sheets.ts'

/**
 * «Выполнить проверку»: whoever may read a report may check it. The counts stay with the report when it is checked by
 * one who works on it; an auditor leaves no trace.
 */
export const checkReport = (ctx: Context, id: string): Promise<CheckOutcome> =>
  transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.read')
    const place = placeOfReport(report)
    const works = ctx.grants.allow('report.fill', place) || ctx.grants.allow('report.decide', place)
    return works ? (await checkNow(tx, report)).outcome : outcomeOf(await openReport(tx, report), new Date())
  })

export async function checkNow(tx: Tx, report: ReportRow): Promise<{ open: OpenReport; outcome: CheckOutcome }> {
  const open = await openReport(tx, report)
  const outcome = outcomeOf(open, new Date())
  await noteChecked(tx, report.id, outcome)
  return { open, outcome }
}

/** The problems once more, without noting anything: for a page and for a program that reads. */
export async function viewProblems(ctx: Context, id: string): Promise<CheckOutcome> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  return outcomeOf(await openReport(ctx.db, report), report.checkedAt ?? new Date())
}

export function outcomeOf(open: OpenReport, checkedAt: Date): CheckOutcome {
  const problems: ReportProblem[] = open.sheet.check()
  const errors = problems.filter(({ level }) => level === 'error').length
  return {
    checkedAt: checkedAt.toISOString(),
    version: open.report.version,
    errors,
    warnings: problems.length - errors,
    controls: open.form.template.controls.length,
    problems,
  }
}
