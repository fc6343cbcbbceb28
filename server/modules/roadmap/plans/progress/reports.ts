/** Reports on measures: what a region says of its progress, with evidence; the coordinator may return the last one. */
import type { z } from 'zod'
import type { MeasureReports, NewMeasureReport } from '../../../../../contracts/measure-progress.ts'
import { type Tx, transaction } from '../../../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../../../kernel/errors/index.ts'
import { recordFile } from '../../../../kernel/files/index.ts'
import type { Context } from '../../../../kernel/http/index.ts'
import { journal } from '../../../../kernel/journal/index.ts'
import { tell } from '../../../messages/index.ts'
import { findRoadmap } from '../../roadmaps/roadmaps.queries.ts'
import { accessMeasure, accessMeasureToChange } from '../measures.access.ts'
import { findMeasure, type MeasureRow } from '../measures.queries.ts'
import { todayOf } from '../plan.ts'
import { type StoredEvidence, storeEvidence } from './evidence.ts'
import {
  DayMissing,
  DoneInFuture,
  DoneTooEarly,
  EvidenceMissing,
  MeasureCancelled,
  ReportedMeanwhile,
  ReportSettled,
} from './progress.errors.ts'
import { reportReturned } from './progress.letters.ts'
import { listReporters } from './reporters.ts'
import {
  deleteReport,
  findLastReport,
  followReports,
  insertReport,
  insertReportFile,
  keepFiles,
  listEvidence,
  listReports,
  markReturned,
  type NotedChange,
  noteProgress,
  type ReportRow,
} from './reports.queries.ts'

/** For one who sees the measure. */
export async function viewReports(ctx: Context, measureId: string): Promise<z.output<typeof MeasureReports>> {
  await accessMeasure(ctx.db, ctx, measureId, 'roadmap.read')
  const rows = await listReports(ctx.db, measureId)
  const standing = rows.find(({ returnedAt }) => returnedAt === null)
  return { reports: rows.map((row) => told(row, standing, rows[0], ctx.account.id)) }
}

const told = (row: ReportRow, standing: ReportRow | undefined, last: ReportRow | undefined, reader: string) => ({
  id: row.id,
  at: row.at.toISOString(),
  by: row.byName,
  text: row.text,
  percent: row.percent,
  doneOn: row.doneOn,
  files: row.files,
  returnedAt: row.returnedAt?.toISOString() ?? null,
  returnedBy: row.returnedByName,
  returnReason: row.returnReason,
  withdrawable: row === last && row === standing && row.by === reader,
  returnable: row === standing,
})

/**
 * Says how far a measure is; a day claims that it is done, and then every kind of evidence must be there.
 * @throws MeasureCancelled, ReportedMeanwhile 409; DayMissing, DoneInFuture, DoneTooEarly, EvidenceMissing 422, and
 * what `storeEvidence` throws
 */
export async function reportProgress(ctx: Context, measureId: string, given: NewMeasureReport): Promise<string> {
  const seen = await accessMeasure(ctx.db, ctx, measureId, 'plan.report')
  if (seen.cancelledAt) throw new MeasureCancelled()
  if (given.percent === 100 && !given.doneOn) throw new DayMissing()
  const evidence = await storeEvidence(ctx, seen, given)
  return transaction(ctx, async (tx) => {
    const measure = await accessMeasureToChange(tx, ctx, measureId, 'plan.report')
    if (measure.cancelledAt) throw new MeasureCancelled()
    await refuseMeanwhile(tx, measureId, given.after)
    const doneOn = given.doneOn ?? null
    if (doneOn) await refuseImpossibleDay(tx, measure, doneOn)

    const percent = doneOn ? 100 : given.percent
    const reportId = await insertReport(tx, { measureId, text: given.text, percent, doneOn, by: ctx.account.id })
    await putEvidence(tx, ctx, { measureId, reportId, evidence, kept: given.kept })
    if (doneOn) await demandEvidence(tx, measure)
    await follow(tx, ctx, measure)
    journal(tx, ctx, 'measure.reported', { kind: 'measure', id: measureId }, { report: reportId, percent, doneOn })
    return reportId
  })
}

/** Two people of a region may write at once: the second is shown what the first has said. */
async function refuseMeanwhile(tx: Tx, measureId: string, after: string | undefined): Promise<void> {
  if (after === undefined) return
  const last = await findLastReport(tx, measureId)
  if ((last?.id ?? '') !== after) throw new ReportedMeanwhile({ by: last?.byName ?? '' })
}

async function refuseImpossibleDay(tx: Tx, measure: MeasureRow, doneOn: string): Promise<void> {
  const today = todayOf(measure)
  if (doneOn > today) throw new DoneInFuture({ today })
  // What was done before its own beginning is done early; before the roadmap it is a slip of the pen.
  const begins = (await findRoadmap(tx, measure.roadmapId))?.startsOn ?? ''
  const from = measure.startsOn !== null && measure.startsOn < begins ? measure.startsOn : begins
  if (doneOn < from) throw new DoneTooEarly({ from })
}

async function putEvidence(
  tx: Tx,
  ctx: Context,
  put: { measureId: string; reportId: string; evidence: readonly StoredEvidence[]; kept: readonly string[] },
): Promise<void> {
  const { measureId, reportId, evidence, kept } = put
  await keepFiles(tx, measureId, reportId, kept)
  for (const { bytes, name, kind } of evidence) {
    const fileId = await recordFile(tx, bytes, name, ctx.account.id)
    await insertReportFile(tx, { reportId, fileId, kind })
  }
}

/** Evidence of earlier reports counts too, unless they were returned. */
async function demandEvidence(tx: Tx, { id, evidenceKinds }: MeasureRow): Promise<void> {
  const there = await listEvidence(tx, id)
  const kinds = evidenceKinds.filter((kind) => !there.has(kind))
  if (kinds.length > 0) throw new EvidenceMissing({ kinds })
}

/** The measure's own row and history after its reports have changed. */
async function follow(tx: Tx, ctx: Context, before: MeasureRow, reason: string | null = null): Promise<void> {
  await followReports(tx, before.id)
  const now = await findMeasure(tx, before.id)
  if (!now) throw new NotFound({ what: 'measure' })
  const changes: NotedChange[] = []
  if (now.percent !== before.percent)
    changes.push({ field: 'percent', oldValue: `${before.percent} %`, newValue: `${now.percent} %`, reason })
  if (now.doneOn !== before.doneOn)
    changes.push({ field: 'doneOn', oldValue: before.doneOn, newValue: now.doneOn, reason })
  await noteProgress(tx, before.id, ctx.account.id, changes)
}

/**
 * Takes back one's own last report.
 * @throws ReportSettled 409 when it was returned, or another stands after it; MeasureCancelled 409
 */
export const withdrawReport = (ctx: Context, measureId: string, reportId: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const measure = await accessMeasureToChange(tx, ctx, measureId, 'plan.report')
    if (measure.cancelledAt) throw new MeasureCancelled()
    const rows = await listReports(tx, measureId)
    const report = rows.find(({ id }) => id === reportId)
    if (!report) throw new NotFound({ what: 'measure-report' })
    if (report.by !== ctx.account.id) throw new Forbidden()
    if (report !== rows[0] || report.returnedAt) throw new ReportSettled()

    await deleteReport(tx, reportId)
    await follow(tx, ctx, measure, 'Отчёт отозван')
    journal(tx, ctx, 'measure.report-withdrawn', { kind: 'measure', id: measureId }, { report: reportId })
  })

/**
 * Returns the last report to its region with a reason; the measure stands again as the report before says.
 * @throws ReportSettled 409 when it is not the one that stands; MeasureCancelled 409
 */
export const returnReport = (ctx: Context, measureId: string, reportId: string, reason: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const measure = await accessMeasureToChange(tx, ctx, measureId, 'roadmap.coordinate')
    if (measure.cancelledAt) throw new MeasureCancelled()
    const rows = await listReports(tx, measureId)
    const report = rows.find(({ id }) => id === reportId)
    if (!report) throw new NotFound({ what: 'measure-report' })
    if (report !== rows.find(({ returnedAt }) => returnedAt === null)) throw new ReportSettled()

    await markReturned(tx, reportId, ctx.account.id, reason)
    await follow(tx, ctx, measure, reason)
    journal(tx, ctx, 'measure.report-returned', { kind: 'measure', id: measureId }, { report: reportId })
    await tell(tx, {
      ...reportReturned(measure, reason),
      accountIds: [...(await listReporters(tx, measure)), ...(report.by ? [report.by] : [])],
      uniqueKey: `measure-report-returned:${reportId}`,
    })
  })
