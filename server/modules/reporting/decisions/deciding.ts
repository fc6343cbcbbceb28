/** Who may decide about a report at the step where it waits, and in whose name. */
import { Grants } from '../../../kernel/access/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { Forbidden } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { ownGrantsOf } from '../../identity/index.ts'
import { accessReportToChange } from '../reporting.access.ts'
import { findReport, placeOfLevel, placeOfReport, type ReportRow } from '../reports/reports.queries.ts'
import { DecidedMeanwhile, LevelNotYours, ReportNotSent, SecondLevel } from './decisions.errors.ts'
import { listLevelDeciders, listWhoDecided } from './levels.queries.ts'
import { findLastNumber } from './submissions.queries.ts'

/** In whose name, besides one's own; null when it is one's own right. */
export type Right = { onBehalfOf: string | null }

/**
 * A grant at the step's organisation or above it that reaches the report as well. What was lent must reach the report;
 * how high it counts is the lender's own.
 */
export async function rightToDecide(db: Db, ctx: Context, report: ReportRow): Promise<Right | undefined> {
  const place = placeOfReport(report)
  const over = ctx.grants.list.filter((grant) => new Grants([grant]).allow('report.decide', place))
  if (over.some((grant) => !grant.operator && reachesLevel(new Grants([grant]), report))) return { onBehalfOf: null }
  for (const operator of new Set(over.flatMap((grant) => grant.operator ?? []))) {
    const own = await ownGrantsOf(db, operator)
    if (own.some((grant) => reachesLevel(new Grants([grant]), report))) return { onBehalfOf: operator }
  }
  return undefined
}

const reachesLevel = (grants: Grants, report: ReportRow): boolean =>
  grants.allow('report.decide', placeOfLevel(report)) && grants.allow('report.decide', placeOfReport(report))

/** Two pairs of eyes: who has accepted at one step decides at no other, unless there is nobody else who could. */
export async function hasDecidedBefore(db: Db, ctx: Context, report: ReportRow, right: Right): Promise<boolean> {
  if (report.levelCode === null) return false
  const decided = await listWhoDecided(db, report.id)
  if (![ctx.account.id, right.onBehalfOf].some((id) => id !== null && decided.includes(id))) return false
  const others = await listLevelDeciders(db, report.levelOrganisationId ?? report.organisationId)
  return others.some(({ accountId }) => accountId !== ctx.account.id && !decided.includes(accountId))
}

/** For a page: whether the buttons of a decision belong there. */
export async function mayDecide(db: Db, ctx: Context, report: ReportRow): Promise<boolean> {
  if (report.state !== 'sent') return false
  const right = await rightToDecide(db, ctx, report)
  return right !== undefined && !(await hasDecidedBefore(db, ctx, report, right))
}

/** What the decider had before their eyes. */
export type Expected = { submission?: number | undefined; level?: string | undefined }

/**
 * The report, locked, at the step and in the submission that were looked at: of two who decide at once the second decides
 * nothing, and nobody decides about what came after.
 * @throws NotFound 404, Forbidden, LevelNotYours, SecondLevel 403, ReportNotSent, DecidedMeanwhile 409
 */
export async function accessToDecide(
  tx: Tx,
  ctx: Context,
  id: string,
  expected: Expected & { seen: ReportRow | undefined },
): Promise<{ report: ReportRow; right: Right }> {
  const report = await accessReportToChange(tx, ctx, id, 'report.decide')
  if (report.state !== 'sent') throw new ReportNotSent({ state: report.state })
  const { seen } = expected
  const level = expected.level ?? seen?.levelCode ?? ''
  const isOther = level !== (report.levelCode ?? '') || seen?.sentAt?.getTime() !== report.sentAt?.getTime()
  if (isOther || (expected.submission && expected.submission !== (await findLastNumber(tx, id))))
    throw new DecidedMeanwhile({ level: report.levelName })
  const right = await rightToDecide(tx, ctx, report)
  if (!right) throw report.levelName ? new LevelNotYours({ level: report.levelName }) : new Forbidden()
  if (await hasDecidedBefore(tx, ctx, report, right)) throw new SecondLevel({ level: report.levelName ?? '' })
  return { report, right }
}

/** The report as it stands before its row is locked: what a call without a word about it means. */
export const seenBefore = async (ctx: Context, id: string): Promise<ReportRow | undefined> => findReport(ctx.db, id)
