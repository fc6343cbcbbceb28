/** Checking a report on the server: the same engine as in the browser, and the one whose word counts. */
import { isUnexplained } from '../../../../contracts/check-rules.ts'
import type { CheckOutcome, ReportProblem } from '../../../../contracts/checks.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { noteUnseen } from '../pulls/seen.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { noteChecked, placeOfReport, type ReportRow } from '../reports/reports.queries.ts'
import { type OpenReport, openReport } from '../reports/sheets.ts'
import { listExplanations } from './checking.queries.ts'
import { type ExplanationsByProblem, withExplanation } from './explained-problems.ts'

/** So many failed controls come with how both sides were worked out; the others say it when these are mended. */
const mostExplained = 100

/**
 * «Выполнить проверку»: whoever may read a report may check it. The counts stay with the report when it is checked by
 * one who works on it; an auditor leaves no trace.
 */
export const checkReport = (ctx: Context, id: string): Promise<CheckOutcome> =>
  transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.read')
    const place = placeOfReport(report)
    const fills = ctx.grants.allow('report.fill', place)
    if (!fills && !ctx.grants.allow('report.decide', place)) return outcomeIn(tx, report, new Date())
    const { open, outcome } = await checkNow(tx, report)
    if (fills) await noteUnseen(tx, ctx, open)
    return outcome
  })

export async function checkNow(tx: Tx, report: ReportRow): Promise<{ open: OpenReport; outcome: CheckOutcome }> {
  const open = await openReport(tx, report)
  const outcome = outcomeOf(open, new Date(), await explanationsOf(tx, report.id))
  await noteChecked(tx, report.id, outcome)
  return { open, outcome }
}

/** The problems once more, without noting anything: for a page and for a program that reads. */
export async function viewProblems(ctx: Context, id: string): Promise<CheckOutcome> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  return outcomeIn(ctx.db, report, report.checkedAt ?? new Date())
}

const outcomeIn = async (db: Db, report: ReportRow, checkedAt: Date): Promise<CheckOutcome> =>
  outcomeOf(await openReport(db, report), checkedAt, await explanationsOf(db, report.id))

export const explanationsOf = async (db: Db, reportId: string): Promise<ExplanationsByProblem> =>
  new Map((await listExplanations(db, reportId)).map((row) => [row.problem, row]))

export function outcomeOf(
  open: OpenReport,
  checkedAt: Date,
  explanations: ExplanationsByProblem = new Map(),
): CheckOutcome {
  const problems = open.sheet
    .check({ explained: mostExplained })
    .map((problem: ReportProblem) => withExplanation(problem, explanations))
  const errors = problems.filter(({ level }) => level === 'error').length
  return {
    checkedAt: checkedAt.toISOString(),
    version: open.report.version,
    errors,
    warnings: problems.length - errors,
    unexplained: problems.filter(isUnexplained).length,
    controls: open.form.template.controls.length,
    problems,
    waiting: open.sheet.waiting(),
  }
}
