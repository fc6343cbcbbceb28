/** The way of a report: sent, then accepted or refused; a refused one is mended and sent again (manual 2, section 3). */
import { createHash } from 'node:crypto'
import type { Refusal, Report } from '../../../../contracts/reporting.ts'
import { transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { isOpen } from '../cells/cells.ts'
import { checkNow } from '../checking/checks.ts'
import { explainedWarnings } from '../checking/explanations.ts'
import { freezeAttachments } from '../discussion/attachments.queries.ts'
import { missingAttachments } from '../discussion/attachments.ts'
import { insertComment } from '../discussion/discussion.queries.ts'
import { freezeSources } from '../pulls/pulls.queries.ts'
import { noteUnseen, staleCells } from '../pulls/seen.ts'
import { accessReportToChange } from '../reporting.access.ts'
import {
  PullsChanged,
  ReportHasErrors,
  ReportNotOpen,
  ReportNotSent,
  WarningsUnexplained,
} from '../reporting.errors.ts'
import { markAccepted, markRefused, markSent } from '../reports/reports.queries.ts'
import { viewReport } from '../reports/reports.ts'
import type { OpenReport } from '../reports/sheets.ts'
import { insertSubmission, noteOutcome } from './submissions.queries.ts'

/**
 * «Отправить отчет»: checks once more on the server, freezes what is sent and hands the report to the higher level.
 * A warning passes with a written explanation; numbers pulled from elsewhere go as somebody has seen them.
 * @throws ReportNotOpen 409; ReportHasErrors 422 with all problems; WarningsUnexplained, PullsChanged 422
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

    await noteUnseen(tx, ctx, open)
    const { cells, contentHash } = frozen(open)
    await insertSubmission(tx, { reportId: id, cells, contentHash, by: ctx.account.id })
    await freezeAttachments(tx, id)
    await freezeSources(tx, id, open.pulled, explainedWarnings(outcome))
    await markSent(tx, report, ctx.account.id)
    journal(tx, ctx, 'report.sent', { kind: 'report', id }, { contentHash, warnings: outcome.warnings })
    await publish(tx, 'report.sent', { reportId: id })
    return { failed: undefined }
  })
  // Outside the transaction: the counts of the check are kept although nothing was sent.
  if (failed) throw failed
  return viewReport(ctx, id)
}

/** @throws ReportNotSent 409 when it is not «на проверке в вышестоящей организации» */
export async function acceptReport(ctx: Context, id: string): Promise<Report> {
  await transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.decide')
    if (report.state !== 'sent') throw new ReportNotSent({ state: report.state })

    await markAccepted(tx, report, ctx.account.id)
    await noteOutcome(tx, id, { outcome: 'accepted', reason: null, by: ctx.account.id })
    journal(tx, ctx, 'report.accepted', { kind: 'report', id })
    await publish(tx, 'report.accepted', { reportId: id })
  })
  return viewReport(ctx, id)
}

/**
 * Returns a sent report to its organisation with a reason («Отклонено»).
 * @throws ReportNotSent 409 when it is not «на проверке в вышестоящей организации»
 */
export async function refuseReport(ctx: Context, id: string, { reason, remarks }: Refusal): Promise<Report> {
  await transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.decide')
    if (report.state !== 'sent') throw new ReportNotSent({ state: report.state })

    await markRefused(tx, report, ctx.account.id, reason)
    await noteOutcome(tx, id, { outcome: 'refused', reason, by: ctx.account.id })
    const comment = { reportId: id, authorId: ctx.account.id, kind: 'refusal' as const }
    await insertComment(tx, { ...comment, text: reason, cell: null })
    for (const { cell, text } of remarks) await insertComment(tx, { ...comment, text, cell })
    journal(tx, ctx, 'report.refused', { kind: 'report', id }, { remarks: remarks.length })
    await publish(tx, 'report.refused', { reportId: id, reason })
  })
  return viewReport(ctx, id)
}

/** All cells as sent, worked-out ones too, and the hash by which the copy can be told from any other. */
export function frozen({ values, sheet }: Pick<OpenReport, 'values' | 'sheet'>): {
  cells: Record<string, string>
  contentHash: string
} {
  const cells = { ...values, ...sheet.computedValues() }
  return { cells, contentHash: contentHash(cells) }
}

/** SHA-256 of the cells as a JSON list of [address, value] in byte order of the addresses. */
export function contentHash(cells: Record<string, string>): string {
  const ordered = Object.entries(cells).sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex')
}
