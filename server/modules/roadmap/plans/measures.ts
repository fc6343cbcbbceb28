/** One measure as those who work on it see it. */
import type { z } from 'zod'
import type { Measure, MeasureChanges } from '../../../../contracts/measures.ts'
import type { Db } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { countChanges, listChanges, listCoExecutors, listLinked } from './details.queries.ts'
import { accessMeasure } from './measures.access.ts'
import type { MeasureRow } from './measures.queries.ts'
import { todayOf } from './plan.ts'
import { stateOf } from './states.ts'

type MeasureReply = z.input<typeof Measure>

export const viewMeasure = async (ctx: Context, id: string): Promise<MeasureReply> =>
  detailsOf(ctx.db, await accessMeasure(ctx.db, ctx, id, 'roadmap.read'))

/** As `viewMeasure`, of a measure that was accessed already. */
export async function detailsOf(db: Db, measure: MeasureRow): Promise<MeasureReply> {
  const [coExecutors, linked] = await Promise.all([
    listCoExecutors(db, measure.id),
    listLinked(db, measure.id, todayOf(measure)),
  ])
  return {
    id: measure.id,
    roadmapId: measure.roadmapId,
    region: measure.region,
    regionName: measure.regionName,
    templateId: measure.templateId,
    own: isOwn(measure),
    sectionId: measure.sectionId,
    section: { id: measure.sectionId, number: measure.sectionNumber, title: measure.sectionTitle },
    number: measure.number,
    title: measure.title,
    expectedResult: measure.expectedResult,
    startsOn: measure.startsOn,
    dueOn: measure.dueOn,
    state: stateOfRow(measure),
    percent: measure.percent,
    doneOn: measure.doneOn,
    organisation: { id: measure.organisationId, name: measure.organisationName },
    responsiblePerson: measure.responsiblePerson,
    coExecutors,
    indicatorId: measure.indicatorId,
    evidenceKinds: measure.evidenceKinds,
    ...linked,
    reportedAt: measure.reportedAt?.toISOString() ?? null,
    cancelledAt: measure.cancelledAt?.toISOString() ?? null,
    cancelReason: measure.cancelReason,
    version: measure.version,
  }
}

/** An addition of a region: it stands in no template. */
export const isOwn = ({ region, templateId }: Pick<MeasureRow, 'region' | 'templateId'>): boolean =>
  region !== null && templateId === null

export const isCopy = ({ templateId }: Pick<MeasureRow, 'templateId'>): boolean => templateId !== null

export const stateOfRow = (measure: MeasureRow) =>
  stateOf(
    {
      startsOn: measure.startsOn,
      dueOn: measure.dueOn,
      doneOn: measure.doneOn,
      cancelled: measure.cancelledAt !== null,
      reported: measure.reportedAt !== null,
    },
    todayOf(measure),
  )

export const changesOnPage = 50

/** The history, the latest first. */
export async function viewChanges(ctx: Context, id: string, page: number): Promise<z.input<typeof MeasureChanges>> {
  await accessMeasure(ctx.db, ctx, id, 'roadmap.read')
  const changes = await listChanges(ctx.db, id, changesOnPage, (page - 1) * changesOnPage)
  return {
    total: await countChanges(ctx.db, id),
    changes: changes.map(({ at, by, field, oldValue, newValue, reason }) => ({
      at: at.toISOString(),
      by: by || null,
      field,
      oldValue,
      newValue,
      reason,
    })),
  }
}
