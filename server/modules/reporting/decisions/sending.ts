/** «Отправить отчет»: what is sent is frozen under a hash, signed where the form asks for it, and begins its way up. */
import type { Report } from '../../../../contracts/reporting.ts'
import { transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { isOpen } from '../cells/cells.ts'
import { checkNow } from '../checking/checks.ts'
import { explainedWarnings } from '../checking/explanations.ts'
import { freezeAttachments } from '../discussion/attachments.queries.ts'
import { missingAttachments } from '../discussion/attachments.ts'
import { freezeSources } from '../pulls/pulls.queries.ts'
import { noteUnseen, staleCells } from '../pulls/seen.ts'
import { accessReportToChange } from '../reporting.access.ts'
import { PullsChanged, ReportHasErrors, ReportNotOpen, WarningsUnexplained } from '../reporting.errors.ts'
import { markSent } from '../reports/reports.queries.ts'
import { viewReport } from '../reports/reports.ts'
import { frozen } from './frozen.ts'
import { riseFrom } from './levels.ts'
import { missingSignature } from './signing.ts'
import { insertSubmission } from './submissions.queries.ts'

/**
 * Checks once more on the server, freezes what is sent and hands the report to the first step of acceptance. A warning
 * passes with a written explanation; numbers pulled from elsewhere go as somebody has seen them.
 * @throws ReportNotOpen 409; ReportHasErrors 422 with all problems; WarningsUnexplained, PullsChanged 422;
 * SignatureMissing, SignedOtherContent 422 when the form asks for a signature
 */
export async function sendReport(ctx: Context, id: string): Promise<Report> {
  const { failed } = await transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.send')
    if (!isOpen(report)) throw new ReportNotOpen({ state: report.state })

    const { open, outcome } = await checkNow(tx, report)
    if (outcome.errors > 0) return { failed: new ReportHasErrors({ problems: outcome.problems }) }
    if (outcome.unexplained > 0) return { failed: new WarningsUnexplained({ count: outcome.unexplained }) }
    const stale = staleCells(open)
    if (stale.length > 0) return { failed: new PullsChanged({ count: stale.length }) }
    const missing = await missingAttachments(tx, id, open.form)
    if (missing) return { failed: missing }
    const { cells, contentHash } = frozen(open)
    const unsigned = await missingSignature(tx, open, contentHash)
    if (unsigned) return { failed: unsigned }

    await noteUnseen(tx, ctx, open)
    await insertSubmission(tx, { reportId: id, cells, contentHash, by: ctx.account.id })
    await freezeAttachments(tx, id)
    await freezeSources(tx, id, open.pulled, explainedWarnings(outcome))
    const level = await riseFrom(tx, report, null)
    await markSent(tx, report, ctx.account.id, level)
    journal(
      tx,
      ctx,
      'report.sent',
      { kind: 'report', id },
      { contentHash, warnings: outcome.warnings, ...(level ? { level: level.code } : {}) },
    )
    await publish(tx, 'report.sent', { reportId: id })
    return { failed: undefined }
  })
  // Outside the transaction: the counts of the check are kept although nothing was sent.
  if (failed) throw failed
  return viewReport(ctx, id)
}
