/** Measures are cancelled, restored, removed and moved among their neighbours. */
import type { z } from 'zod'
import type { Measure, MeasureDecision, MeasureMove } from '../../../../contracts/measures.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import {
  deleteMeasure,
  isReported,
  listPlanned,
  markCancelled,
  markRestored,
  noteChanges,
  type PlannedMeasure,
  writePositions,
} from './changing.queries.ts'
import { openForChange } from './changing.ts'
import type { MeasureRow } from './measures.queries.ts'
import { isCopy, viewMeasure } from './measures.ts'
import { MeasureCancelled, MeasureNotCancelled, MeasureOfTemplate, MeasureReported } from './plans.errors.ts'
import { spreadTemplate } from './spreading.ts'

type MeasureReply = z.input<typeof Measure>

/** Of the template in every region; a region only its own additions. */
async function openWhole(tx: Tx, ctx: Context, id: string): Promise<MeasureRow> {
  const measure = await openForChange(tx, ctx, id)
  if (isCopy(measure)) throw new MeasureOfTemplate()
  return measure
}

/** @throws NotFound 404, Forbidden 403, MeasureOfTemplate 409, MeasureCancelled 409 */
export async function cancelMeasure(ctx: Context, id: string, { reason }: MeasureDecision): Promise<MeasureReply> {
  await transaction(ctx, async (tx) => {
    const measure = await openWhole(tx, ctx, id)
    if (measure.cancelledAt) throw new MeasureCancelled()
    await markCancelled(tx, id, ctx.account.id, reason)
    await noteChanges(tx, id, [{ field: 'cancelled', oldValue: null, newValue: null }], { by: ctx.account.id, reason })
    journal(tx, ctx, 'measure.cancelled', { kind: 'measure', id })
    await tellRegions(tx, measure, 'cancelled', reason)
  })
  return viewMeasure(ctx, id)
}

/** Regions that came while it was cancelled get it now. @throws NotFound 404, Forbidden 403, MeasureNotCancelled 409 */
export async function restoreMeasure(ctx: Context, id: string, { reason }: MeasureDecision): Promise<MeasureReply> {
  await transaction(ctx, async (tx) => {
    const measure = await openWhole(tx, ctx, id)
    if (!measure.cancelledAt) throw new MeasureNotCancelled()
    await markRestored(tx, id)
    await noteChanges(tx, id, [{ field: 'restored', oldValue: null, newValue: null }], { by: ctx.account.id, reason })
    if (measure.region === null && measure.publishedAt)
      await spreadTemplate(tx, measure.roadmapId, { by: ctx.account.id })
    journal(tx, ctx, 'measure.restored', { kind: 'measure', id })
    await tellRegions(tx, measure, 'restored', reason)
  })
  return viewMeasure(ctx, id)
}

async function tellRegions(tx: Tx, measure: MeasureRow, what: 'cancelled' | 'restored', reason: string): Promise<void> {
  if (measure.region === null && measure.publishedAt)
    await publish(tx, 'measure.changed', { measureId: measure.id, what, reason })
}

/**
 * With all that is kept of it, so only while nothing was reported.
 * @throws NotFound 404, Forbidden 403, MeasureOfTemplate 409, MeasureReported 409
 */
export const removeMeasure = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const measure = await openWhole(tx, ctx, id)
    if (await isReported(tx, id)) throw new MeasureReported()
    await deleteMeasure(tx, id)
    const { number, title, region, roadmapId } = measure
    journal(tx, ctx, 'measure.removed', { kind: 'measure', id }, { roadmap: roadmapId, region, number, title })
  })

/** One place up or down within its section; at the edge it stays. @throws NotFound 404, Forbidden 403, MeasureOfTemplate 409 */
export const moveMeasure = (ctx: Context, id: string, { direction }: MeasureMove): Promise<void> =>
  transaction(ctx, async (tx) => {
    const measure = await openWhole(tx, ctx, id)
    const neighbours = (await listPlanned(tx, measure.roadmapId, measure.region)).filter(isBeside(measure))
    const here = neighbours.findIndex((neighbour) => neighbour.id === id)
    const there = here + (direction === 'up' ? -1 : 1)
    const moved = neighbours.toSpliced(here, 1)
    if (there < 0 || there >= neighbours.length) return
    const order = moved.toSpliced(there, 0, ...neighbours.slice(here, here + 1)).map((each) => each.id)
    await writePositions(tx, order, Math.min(...neighbours.map(({ position }) => position)))
    const change = { field: 'position', oldValue: String(here + 1), newValue: String(there + 1) }
    await noteChanges(tx, id, [change], { by: ctx.account.id })
    journal(tx, ctx, 'measure.moved', { kind: 'measure', id }, { direction })
  })

/** Those of the template keep their places; a region moves its own ones among themselves. */
const isBeside =
  ({ sectionId, region, templateId }: MeasureRow) =>
  (other: PlannedMeasure): boolean =>
    other.sectionId === sectionId && other.own === (region !== null && templateId === null)
