/** Measures are added and changed: those of the template for every region at once, a region's own by the region. */
import type { z } from 'zod'
import {
  type Measure,
  type MeasureChange,
  type NamedOrganisation,
  type NewMeasure,
  type ResponsibleChange,
  templatePlan,
} from '../../../../contracts/measures.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { Forbidden } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { findRoadmap } from '../roadmaps/roadmaps.queries.ts'
import {
  followTemplate,
  lockPlan,
  noteChanges,
  replaceCoExecutors,
  replaceLinks,
  writeFields,
  writeResponsible,
} from './changing.queries.ts'
import { differences, readNames, responsibleDifferences } from './differences.ts'
import { ensureAfter, ensureIndicator, ensureSection, ensureUnchanged, wrong } from './ensuring.ts'
import { accessMeasure, accessMeasureToChange } from './measures.access.ts'
import { insertMeasures, lastPosition, type MeasureRow } from './measures.queries.ts'
import { isCopy, viewMeasure } from './measures.ts'
import { ensureKnown } from './organisations.ts'
import { accessPlan, editingOf, placeOfPlan } from './plan.ts'
import { MeasureCancelled, MeasureOfTemplate, NoResponsible } from './plans.errors.ts'
import { spreadTemplate } from './spreading.ts'

type MeasureReply = z.input<typeof Measure>

/**
 * Into the template (and from it to every region, once the roadmap is published), or as a region's own addition.
 * @throws NotFound 404, Forbidden 403, InvalidInput 422
 */
export async function addMeasure(ctx: Context, roadmapId: string, asked: NewMeasure): Promise<MeasureReply> {
  const id = await transaction(ctx, (tx) => addMeasureIn(tx, ctx, roadmapId, asked))
  return viewMeasure(ctx, id)
}

/** As `addMeasure`, within the transaction of many. @returns the id */
export async function addMeasureIn(tx: Tx, ctx: Context, roadmapId: string, asked: NewMeasure): Promise<string> {
  const { region: found } = await accessPlan(tx, ctx, roadmapId, asked.region)
  const region = found?.code ?? null
  if (!ctx.grants.allow(editingOf(region), placeOfPlan(region))) throw new Forbidden()
  await lockPlan(tx, { roadmapId, region })
  await ensureSection(tx, ctx, { roadmapId, region }, asked.sectionId)
  await ensureIndicator(tx, roadmapId, asked.indicatorId)
  await ensureOrganisations(tx, asked)

  const id = await insertMeasure(tx, ctx, { roadmapId, region }, asked)
  await ensureAfter(tx, { id, roadmapId, region }, asked.after)
  await replaceLinks(tx, id, asked.after)
  await noteChanges(tx, id, [{ field: 'added', oldValue: null, newValue: null }], { by: ctx.account.id })
  if (region === null && (await isPublished(tx, roadmapId))) await spreadTemplate(tx, roadmapId, { by: ctx.account.id })
  journal(tx, ctx, 'measure.added', { kind: 'measure', id }, { roadmap: roadmapId, region: region ?? templatePlan })
  return id
}

/** Asked after the insert, which waits for a publication on its way: what came meanwhile goes to the regions too. */
const isPublished = async (tx: Tx, roadmapId: string): Promise<boolean> =>
  Boolean((await findRoadmap(tx, roadmapId))?.publishedAt)

async function insertMeasure(
  tx: Tx,
  ctx: Context,
  { roadmapId, region }: { roadmapId: string; region: string | null },
  asked: NewMeasure,
): Promise<string> {
  const whose: Pick<NewMeasure, 'organisation' | 'responsiblePerson' | 'coExecutors'> =
    region === null ? { organisation: nobody, responsiblePerson: '', coExecutors: [] } : asked
  const row = {
    ...asked,
    roadmapId,
    region,
    templateId: null,
    position: 1 + (await lastPosition(tx, roadmapId, region)),
    organisationId: whose.organisation.organisationId,
    organisationName: whose.organisation.organisationId ? '' : whose.organisation.name,
    responsiblePerson: whose.responsiblePerson,
  }
  const [id] = await insertMeasures(tx, [row], ctx.account.id)
  if (id === undefined) throw new Error('No measure was inserted')
  await replaceCoExecutors(tx, id, whose.coExecutors)
  return id
}

const nobody: NamedOrganisation = { organisationId: null, name: '' }

async function ensureOrganisations(tx: Tx, asked: Pick<NewMeasure, 'organisation' | 'coExecutors'>): Promise<void> {
  await ensureKnown(tx, [asked.organisation], 'organisation')
  await ensureKnown(tx, asked.coExecutors, 'coExecutors')
}

/**
 * All of a measure of the template or of a region's own addition; of the template it goes over into the copies.
 * @throws NotFound 404, Forbidden 403, MeasureOfTemplate 409, MeasureChanged 409, MeasureCancelled 409, InvalidInput 422
 */
export async function changeMeasure(ctx: Context, id: string, change: MeasureChange): Promise<MeasureReply> {
  await transaction(ctx, (tx) => changeMeasureIn(tx, ctx, id, change))
  return viewMeasure(ctx, id)
}

/** As `changeMeasure`, within the transaction of many. */
export async function changeMeasureIn(tx: Tx, ctx: Context, id: string, change: MeasureChange): Promise<void> {
  const measure = await openForChange(tx, ctx, id)
  if (isCopy(measure)) throw new MeasureOfTemplate()
  if (measure.cancelledAt) throw new MeasureCancelled()
  await ensureUnchanged(tx, measure, change.version)
  await ensureSection(tx, ctx, measure, change.sectionId)
  await ensureIndicator(tx, measure.roadmapId, change.indicatorId)
  await ensureOrganisations(tx, change)
  await ensureAfter(tx, measure, change.after)
  const changes = differences(measure, change, await readNames(tx, measure, change))
  if (changes.length === 0) return
  const termMoved = changes.some(({ field }) => field === 'startsOn' || field === 'dueOn')
  if (termMoved && measure.publishedAt && change.reason.length < 3)
    throw wrong('reason', 'Срок меняется: напишите почему, причину увидят в истории')

  await writeFields(tx, id, change)
  await replaceLinks(tx, id, change.after)
  if (measure.region === null) await followTemplate(tx, [id])
  else await writeWhose(tx, id, change)
  await noteChanges(tx, id, changes, { by: ctx.account.id, reason: change.reason })
  journal(tx, ctx, 'measure.changed', { kind: 'measure', id }, { fields: changes.map(({ field }) => field) })
  if (termMoved && measure.region === null && measure.publishedAt)
    await publish(tx, 'measure.changed', { measureId: id, what: 'term', reason: change.reason })
}

/** The plan is locked before the measure, so that two at once wait for each other in the same order. */
export async function openForChange(tx: Tx, ctx: Context, id: string): Promise<MeasureRow> {
  const seen = await accessMeasure(tx, ctx, id, 'roadmap.read')
  await lockPlan(tx, seen)
  return accessMeasureToChange(tx, ctx, id, editingOf(seen.region))
}

async function writeWhose(tx: Tx, id: string, whose: Omit<ResponsibleChange, 'version'>): Promise<void> {
  await writeResponsible(tx, id, whose.organisation, whose.responsiblePerson)
  await replaceCoExecutors(tx, id, whose.coExecutors)
}

/**
 * Who answers for a measure in its region, a copy of the template or not.
 * @throws NotFound 404, Forbidden 403, NoResponsible 409, MeasureChanged 409, MeasureCancelled 409, InvalidInput 422
 */
export async function changeResponsible(ctx: Context, id: string, change: ResponsibleChange): Promise<MeasureReply> {
  await transaction(ctx, (tx) => changeResponsibleIn(tx, ctx, id, change))
  return viewMeasure(ctx, id)
}

/** As `changeResponsible`, within the transaction of many. */
export async function changeResponsibleIn(tx: Tx, ctx: Context, id: string, change: ResponsibleChange): Promise<void> {
  const measure = await openForChange(tx, ctx, id)
  if (measure.region === null) throw new NoResponsible()
  if (measure.cancelledAt) throw new MeasureCancelled()
  await ensureUnchanged(tx, measure, change.version)
  await ensureOrganisations(tx, change)
  const names = await readNames(tx, measure, change)
  const changes = responsibleDifferences(measure, change, names)
  if (changes.length === 0) return

  await writeWhose(tx, id, change)
  await noteChanges(tx, id, changes, { by: ctx.account.id })
  journal(
    tx,
    ctx,
    'measure.responsible-changed',
    { kind: 'measure', id },
    { fields: changes.map(({ field }) => field) },
  )
}
