/**
 * What a roadmap is, said by its administrator or coordinator: titles, terms, regions, publication. A draft is seen by
 * them alone.
 */
import type { z } from 'zod'
import type { NewRoadmap, Roadmap, RoadmapChange, RoadmapRegions } from '../../../../contracts/roadmaps.ts'
import { dayIn } from '../../../kernel/calendar/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { Forbidden, NotFound, StaleVersion } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { spreadTemplate } from '../plans/spreading.ts'
import { accessRoadmap, accessRoadmapToManage, listOwnRegions, placeOfCountry } from './roadmaps.access.ts'
import {
  CodeTaken,
  RegionsUnknown,
  RegionsWithFacts,
  RoadmapNotPublished,
  RoadmapNotReady,
  RoadmapPublishedAlready,
  TermBeforeStart,
} from './roadmaps.errors.ts'
import {
  insertRoadmapRegions,
  listRoadmapRegions,
  listSections,
  lockRoadmap,
  markPublished,
  type RoadmapRow,
} from './roadmaps.queries.ts'
import {
  countParts,
  deleteRegions,
  insertDraft,
  isCodeTaken,
  listAllRegions,
  listRegionsWithFacts,
  markUnpublished,
  raiseVersion,
  writeSettings,
} from './settings.queries.ts'

const subjectOf = (id: string) => ({ kind: 'roadmap', id })

/** Locked until the commit. @throws NotFound 404, Forbidden 403 */
export async function lockToManage(tx: Tx, ctx: Context, id: string): Promise<RoadmapRow> {
  await accessRoadmapToManage(tx, ctx, id)
  const roadmap = await lockRoadmap(tx, id)
  if (!roadmap) throw new NotFound({ what: 'roadmap' })
  return roadmap
}

/** A draft. @throws CodeTaken 409, TermBeforeStart 422 */
export async function createRoadmap(ctx: Context, asked: NewRoadmap): Promise<z.input<typeof Roadmap>> {
  if (!ctx.grants.allow('roadmap.manage', placeOfCountry)) throw new Forbidden()
  refuseTermBeforeStart(asked)
  const id = await transaction(ctx, async (tx) => {
    const created = await insertDraft(tx, asked, ctx.account.id)
    if (!created) throw new CodeTaken()
    journal(tx, ctx, 'roadmap.created', subjectOf(created), { code: asked.code })
    return created
  })
  return viewRoadmap(ctx, id)
}

/** @throws StaleVersion 409, CodeTaken 409, TermBeforeStart 422 */
export async function changeRoadmap(ctx: Context, id: string, change: RoadmapChange): Promise<z.input<typeof Roadmap>> {
  refuseTermBeforeStart(change)
  await transaction(ctx, async (tx) => {
    const before = await lockToManage(tx, ctx, id)
    if (before.version !== change.version) throw new StaleVersion()
    if (await isCodeTaken(tx, change.code, id)) throw new CodeTaken()
    await writeSettings(tx, id, change)
    journal(tx, ctx, 'roadmap.changed', subjectOf(id), { fields: changedFields(before, change) })
  })
  return viewRoadmap(ctx, id)
}

function refuseTermBeforeStart({ startsOn, deadline, timeZone }: NewRoadmap): void {
  if (dayIn(new Date(deadline), timeZone) < startsOn) throw new TermBeforeStart()
}

function changedFields(before: RoadmapRow, change: NewRoadmap): string[] {
  const fields = ['code', 'title', 'shortTitle', 'purpose', 'startsOn', 'timeZone'] as const
  const changed: string[] = fields.filter((field) => before[field] !== change[field])
  return before.deadline.toISOString() === change.deadline ? changed : [...changed, 'deadline']
}

/**
 * Who joins gets the template's measures; who leaves loses them, and may not when it has done anything about them.
 * @throws StaleVersion 409, RegionsWithFacts 409, RegionsUnknown 422
 */
export async function changeRegions(ctx: Context, id: string, asked: RoadmapRegions): Promise<z.input<typeof Roadmap>> {
  await transaction(ctx, async (tx) => {
    const roadmap = await lockToManage(tx, ctx, id)
    if (roadmap.version !== asked.version) throw new StaleVersion()
    const known = new Set((await listAllRegions(tx)).map(({ code }) => code))
    const unknown = asked.regions.filter((code) => !known.has(code))
    if (unknown.length > 0) throw new RegionsUnknown({ codes: unknown })

    const taking = (await listRoadmapRegions(tx, id)).map(({ code }) => code)
    const joining = asked.regions.filter((code) => !taking.includes(code))
    const leaving = taking.filter((code) => !asked.regions.includes(code))
    if (leaving.length > 0) await letLeave(tx, id, leaving)
    if (joining.length > 0) {
      await insertRoadmapRegions(tx, id, joining)
      await spreadTemplate(tx, id, { regions: joining, by: ctx.account.id })
    }
    await raiseVersion(tx, id)
    journal(tx, ctx, 'roadmap.regions-changed', subjectOf(id), { joined: joining, left: leaving })
  })
  return viewRoadmap(ctx, id)
}

async function letLeave(tx: Tx, id: string, leaving: readonly string[]): Promise<void> {
  const kept = await listRegionsWithFacts(tx, id, leaving)
  if (kept.length > 0) throw new RegionsWithFacts({ regions: kept.map(({ name }) => name) })
  await deleteRegions(tx, id, leaving)
}

/** @throws RoadmapPublishedAlready 409, RoadmapNotReady 409 */
export async function publishRoadmap(ctx: Context, id: string): Promise<z.input<typeof Roadmap>> {
  await transaction(ctx, async (tx) => {
    const { publishedAt } = await lockToManage(tx, ctx, id)
    if (publishedAt) throw new RoadmapPublishedAlready()
    const missing = missingOf(await countParts(tx, id))
    if (missing.length > 0) throw new RoadmapNotReady({ missing })
    await markPublished(tx, id, ctx.account.id, new Date())
    await spreadTemplate(tx, id, { by: ctx.account.id })
    journal(tx, ctx, 'roadmap.published', subjectOf(id))
  })
  return viewRoadmap(ctx, id)
}

/** What must be there before everybody sees it, in words. */
export const missingOf = ({ sections, measures, regions }: Record<'sections' | 'measures' | 'regions', number>) => [
  ...(sections === 0 ? ['разделы плана'] : []),
  ...(measures === 0 ? ['мероприятия шаблона плана'] : []),
  ...(regions === 0 ? ['регионы'] : []),
]

/** @throws RoadmapNotPublished 409 */
export async function unpublishRoadmap(ctx: Context, id: string): Promise<z.input<typeof Roadmap>> {
  await transaction(ctx, async (tx) => {
    const { publishedAt } = await lockToManage(tx, ctx, id)
    if (!publishedAt) throw new RoadmapNotPublished()
    await markUnpublished(tx, id)
    journal(tx, ctx, 'roadmap.unpublished', subjectOf(id))
  })
  return viewRoadmap(ctx, id)
}

export async function viewRoadmap(ctx: Context, id: string): Promise<z.input<typeof Roadmap>> {
  const { publishedAt, deadline, ...roadmap } = await accessRoadmap(ctx.db, ctx, id)
  const sections = await listSections(ctx.db, id)
  return {
    ...roadmap,
    deadline: deadline.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
    published: publishedAt !== null,
    regions: await listOwnRegions(ctx.db, ctx, id),
    sections: sections.map(({ id: sectionId, number, title }) => ({ id: sectionId, number, title })),
  }
}
