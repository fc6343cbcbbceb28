/** Why a warning may stand: written for a control and its place, and good as long as the numbers are those it was written about. */
import { isUnexplained, problemKey, problemNumbers } from '../../../../contracts/check-rules.ts'
import type { CheckOutcome, NewExplanation, ReportProblem } from '../../../../contracts/checks.ts'
import { checkLines } from '../../../../web/report/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { accessReportToChange } from '../reporting.access.ts'
import { ReportNotOpen } from '../reporting.errors.ts'
import { putExplanation } from './checking.queries.ts'
import { checkNow, viewProblems } from './checks.ts'

/**
 * What is said in the same words, without figures, of many cells of a section is explained for all of them at once.
 * @returns the check's results with the explanation in them
 * @throws ReportNotOpen 409; NotFound 404 when the report has no such warning now
 */
export async function explainWarning(ctx: Context, id: string, given: NewExplanation): Promise<CheckOutcome> {
  await transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.fill')
    if (report.state !== 'draft' && report.state !== 'refused') throw new ReportNotOpen({ state: report.state })

    const { outcome } = await checkNow(tx, report)
    const line = checkLines(outcome.problems.filter(({ level }) => level === 'warning')).find(({ problems }) =>
      problems.some((problem) => problemKey(problem) === given.problem),
    )
    if (!line) throw new NotFound({ what: 'warning' })
    for (const problem of line.problems) await explain(tx, id, problem, given.text, ctx.account.id)
    const { control } = line.first
    journal(tx, ctx, 'report.explained', { kind: 'report', id }, { control, cells: line.problems.length })
  })
  return viewProblems(ctx, id)
}

export const explain = (tx: Tx, reportId: string, problem: ReportProblem, text: string, by: string) =>
  putExplanation(tx, { reportId, problem: problemKey(problem), numbers: problemNumbers(problem), text, by })

/** What goes with the submission: every warning that stood in it, and why. */
export const explainedWarnings = ({ problems }: CheckOutcome) =>
  problems
    .filter((problem) => problem.level === 'warning' && !isUnexplained(problem))
    .map(({ control, name, text, sums, cells, explanation }) => ({
      control,
      name,
      text,
      sums,
      cell: cells[0] ?? '',
      explanation,
    }))
