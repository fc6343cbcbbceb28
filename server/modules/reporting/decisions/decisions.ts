/** Decisions about a report that was sent: accepted step by step up to «Принято», or «Отклонено» at any of them. */
import type { Acceptance, Refusal } from '../../../../contracts/decisions.ts'
import type { Report } from '../../../../contracts/reporting.ts'
import { transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { insertComment } from '../discussion/discussion.queries.ts'
import { markAccepted, markRefused, markRisen, type ReportRow } from '../reports/reports.queries.ts'
import { viewReport } from '../reports/reports.ts'
import { accessToDecide, seenBefore } from './deciding.ts'
import { LevelNotNamed } from './decisions.errors.ts'
import { insertDecision } from './levels.queries.ts'
import { riseFrom } from './levels.ts'
import { issueRemarks, writeRemarks } from './remarks.ts'
import { noteOutcome } from './submissions.queries.ts'

/**
 * At the last step, or where the form has one step only, the report is «Принято»; before it, it goes on to the next step
 * at which somebody can decide.
 * @throws as `accessToDecide`; LevelNotNamed 422: said twice, an acceptance without a step would count at the next one too
 */
export async function acceptReport(ctx: Context, id: string, expected: Acceptance = {}): Promise<Report> {
  const seen = await seenBefore(ctx, id)
  await transaction(ctx, async (tx) => {
    const { report, right } = await accessToDecide(tx, ctx, id, { ...expected, seen })
    if (report.levelCode !== null && !expected.level) throw new LevelNotNamed({ code: report.levelCode })
    const decision = { outcome: 'accepted', reason: null, by: ctx.account.id, ...right } as const
    await insertDecision(tx, { reportId: id, level: levelIn(report), ...decision })
    const level = report.levelCode === null ? null : await riseFrom(tx, report, report.levelCode)
    if (level) {
      await markRisen(tx, report, level)
      journal(tx, ctx, 'report.risen', { kind: 'report', id }, { to: level.code, ...levelNoted(report, right) })
      await publish(tx, 'report.risen', { reportId: id, level: report.levelName ?? '' })
      return
    }
    await markAccepted(tx, report, ctx.account.id)
    await noteOutcome(tx, id, decision)
    journal(tx, ctx, 'report.accepted', { kind: 'report', id }, levelNoted(report, right))
    await publish(tx, 'report.accepted', { reportId: id })
  })
  return viewReport(ctx, id)
}

/**
 * Returns a sent report to its organisation with a reason («Отклонено»), at whichever step it waits; remarks that were
 * written to its cells before go with it.
 * @throws as `accessToDecide`; NoSuchCell 422
 */
export async function refuseReport(
  ctx: Context,
  id: string,
  { reason, remarks, ...expected }: Refusal,
): Promise<Report> {
  const seen = await seenBefore(ctx, id)
  await transaction(ctx, async (tx) => {
    const { report, right } = await accessToDecide(tx, ctx, id, { ...expected, seen })
    const decision = { outcome: 'refused', reason, by: ctx.account.id, ...right } as const
    await insertDecision(tx, { reportId: id, level: levelIn(report), ...decision })
    await markRefused(tx, report, ctx.account.id, reason)
    await noteOutcome(tx, id, decision)
    await insertComment(tx, { reportId: id, authorId: ctx.account.id, kind: 'refusal', text: reason, cell: null })
    await writeRemarks(tx, ctx, report, remarks)
    const issued = await issueRemarks(tx, id)
    journal(tx, ctx, 'report.refused', { kind: 'report', id }, { remarks: issued, ...levelNoted(report, right) })
    await publish(tx, 'report.refused', { reportId: id, reason })
  })
  return viewReport(ctx, id)
}

const levelIn = ({ levelCode, levelName, levelOrganisationId }: ReportRow) =>
  levelCode === null ? null : { code: levelCode, name: levelName ?? '', organisationId: levelOrganisationId }

const levelNoted = ({ levelCode }: ReportRow, { onBehalfOf }: { onBehalfOf: string | null }) => ({
  ...(levelCode === null ? {} : { level: levelCode }),
  ...(onBehalfOf === null ? {} : { decidedFor: onBehalfOf }),
})
