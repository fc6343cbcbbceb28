/** Remarks to a measure: the coordinator writes one, the region answers, the coordinator settles it or opens it again. */
import type { z } from 'zod'
import type { MeasureRemark, MeasureRemarkState, MeasureRemarks } from '../../../../../contracts/measure-progress.ts'
import type { Permission } from '../../../../kernel/access/index.ts'
import { type Tx, transaction } from '../../../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../../../kernel/errors/index.ts'
import type { Context } from '../../../../kernel/http/index.ts'
import { journal } from '../../../../kernel/journal/index.ts'
import { type Told, tell } from '../../../messages/index.ts'
import { accessMeasure, accessMeasureToChange } from '../measures.access.ts'
import type { MeasureRow } from '../measures.queries.ts'
import { MeasureCancelled, RemarkSettled } from './progress.errors.ts'
import { remarkAnswered, remarked, remarkReopened, remarkSettled } from './progress.letters.ts'
import { insertRemark, listRemarks, noteAnswer, noteReopened, noteSettled, type RemarkRow } from './remarks.queries.ts'
import { listReporters } from './reporters.ts'

/** For one who sees the measure. */
export async function viewRemarks(ctx: Context, measureId: string): Promise<z.output<typeof MeasureRemarks>> {
  await accessMeasure(ctx.db, ctx, measureId, 'roadmap.read')
  return { remarks: (await listRemarks(ctx.db, measureId)).map(told) }
}

const stateOf = ({ settledAt, answeredAt }: RemarkRow): MeasureRemarkState =>
  settledAt ? 'settled' : answeredAt ? 'answered' : 'open'

const told = (row: RemarkRow): MeasureRemark => ({
  id: row.id,
  at: row.at.toISOString(),
  by: row.byName,
  text: row.text,
  state: stateOf(row),
  answer: row.answer,
  answeredAt: row.answeredAt?.toISOString() ?? null,
  answeredBy: row.answeredByName,
  settledAt: row.settledAt?.toISOString() ?? null,
  settledBy: row.settledByName,
})

/** @throws MeasureCancelled 409 */
export const addRemark = (ctx: Context, measureId: string, text: string): Promise<string> =>
  transaction(ctx, async (tx) => {
    const measure = await accessToChange(tx, ctx, measureId, 'roadmap.coordinate')
    // The template belongs to nobody who could answer.
    if (measure.region === null) throw new Forbidden()

    const id = await insertRemark(tx, { measureId, text, by: ctx.account.id })
    journal(tx, ctx, 'measure.remarked', { kind: 'measure', id: measureId }, { remark: id })
    await tellRegion(tx, measure, remarked(measure, text), `measure-remark:${id}`)
    return id
  })

/** May be given anew until the remark is settled. @throws RemarkSettled, MeasureCancelled 409 */
export const answerRemark = (ctx: Context, measureId: string, remarkId: string, answer: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const measure = await accessToChange(tx, ctx, measureId, 'plan.report')
    const remark = await getRemark(tx, measureId, remarkId)
    if (remark.settledAt) throw new RemarkSettled()

    await noteAnswer(tx, remarkId, ctx.account.id, answer)
    journal(tx, ctx, 'measure.remark-answered', { kind: 'measure', id: measureId }, { remark: remarkId })
    const accountIds = remark.by ? [remark.by] : []
    await tell(tx, { ...remarkAnswered(measure, answer), accountIds, uniqueKey: keyOf(remarkId, ctx) })
  })

/** Settling twice, or reopening what is open, changes nothing. @throws MeasureCancelled 409 */
export const settleRemark = (ctx: Context, measureId: string, remarkId: string, settled: boolean): Promise<void> =>
  transaction(ctx, async (tx) => {
    const measure = await accessToChange(tx, ctx, measureId, 'roadmap.coordinate')
    const remark = await getRemark(tx, measureId, remarkId)
    if (settled ? stateOf(remark) === 'settled' : stateOf(remark) === 'open') return

    if (settled) await noteSettled(tx, remarkId, ctx.account.id)
    else await noteReopened(tx, remarkId)
    const act = settled ? 'measure.remark-settled' : 'measure.remark-reopened'
    journal(tx, ctx, act, { kind: 'measure', id: measureId }, { remark: remarkId })
    if (!settled) await tellRegion(tx, measure, remarkReopened(measure, remark.text), keyOf(remarkId, ctx))
    else if (remark.answeredBy)
      await tell(tx, { ...remarkSettled(measure), accountId: remark.answeredBy, uniqueKey: keyOf(remarkId, ctx) })
  })

const keyOf = (remarkId: string, { requestId }: Context): string => `measure-remark:${remarkId}:${requestId}`

async function accessToChange(tx: Tx, ctx: Context, measureId: string, permission: Permission): Promise<MeasureRow> {
  const measure = await accessMeasureToChange(tx, ctx, measureId, permission)
  if (measure.cancelledAt) throw new MeasureCancelled()
  return measure
}

async function getRemark(tx: Tx, measureId: string, remarkId: string): Promise<RemarkRow> {
  const remark = (await listRemarks(tx, measureId)).find(({ id }) => id === remarkId)
  if (!remark) throw new NotFound({ what: 'measure-remark' })
  return remark
}

async function tellRegion(tx: Tx, measure: MeasureRow, told: Told, uniqueKey: string): Promise<void> {
  await tell(tx, { ...told, accountIds: await listReporters(tx, measure), uniqueKey })
}
