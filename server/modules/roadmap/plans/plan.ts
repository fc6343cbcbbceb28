/** A plan of measures as those who work on it see it: the federal template, or that of a region. */
import type { z } from 'zod'
import { type PlanQuery, type Plan as PlanReply, templatePlan } from '../../../../contracts/measures.ts'
import { measureStates } from '../../../../contracts/roadmaps.ts'
import type { Permission, Placed } from '../../../kernel/access/index.ts'
import { dayIn } from '../../../kernel/calendar/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { regionToShow } from '../roadmaps/roadmap.tabs.tsx'
import {
  accessRegion,
  accessRoadmap,
  listOwnRegions,
  placeOfCountry,
  placeOfRegion,
} from '../roadmaps/roadmaps.access.ts'
import { listSections, type RoadmapRow, type SectionRow } from '../roadmaps/roadmaps.queries.ts'
import { listPlan } from './plan.queries.ts'

export type Region = { code: string; name: string }
export type PlanFound = {
  roadmap: RoadmapRow
  /** Undefined: the template. */
  region: Region | undefined
  /** Those that the reader may see: a helper may be limited to some. */
  sections: SectionRow[]
}

/**
 * A plan on a person's behalf: that of another's region does not exist for one, nor does the template for whoever does
 * not see the country.
 * @param asked the code of a region, `template`, or undefined for the one that opens first
 * @throws NotFound 404
 */
export async function accessPlan(db: Db, ctx: Context, roadmapId: string, asked?: string): Promise<PlanFound> {
  const roadmap = await accessRoadmap(db, ctx, roadmapId)
  const chosen = asked ?? (await firstPlan(db, ctx, roadmapId))
  const sections = await listSections(db, roadmapId)
  if (chosen === templatePlan) {
    if (!ctx.grants.allow('roadmap.read', placeOfCountry)) throw new NotFound({ what: 'region' })
    return { roadmap, region: undefined, sections }
  }
  const { region } = await accessRegion(db, ctx, roadmapId, chosen, 'roadmap.read')
  return { roadmap, region, sections: sections.filter((section) => sees(ctx, region, section)) }
}

const sees = (ctx: Context, region: Region, { id }: SectionRow) =>
  ctx.grants.allow('roadmap.read', placeOfRegion(region.code, `section:${id}`))

/** The region chosen in the corner; else the template for whoever sees the country; else the first of one's own. */
async function firstPlan(db: Db, ctx: Context, roadmapId: string): Promise<string> {
  if (ctx.signedIn.regions.chosen === null && ctx.grants.allow('roadmap.read', placeOfCountry)) return templatePlan
  const region = regionToShow(ctx, await listOwnRegions(db, ctx, roadmapId))
  if (region) return region.code
  if (ctx.grants.allow('roadmap.read', placeOfCountry)) return templatePlan
  throw new NotFound({ what: 'region' })
}

/** What changes measures of such a plan. */
export const editingOf = (region: string | null): Permission => (region === null ? 'roadmap.manage' : 'plan.edit')

/** @param sectionId undefined: anything of the plan */
export const placeOfPlan = (region: string | null, sectionId?: string): Placed =>
  region === null ? placeOfCountry : placeOfRegion(region, sectionId && `section:${sectionId}`)

export const todayOf = ({ timeZone }: Pick<RoadmapRow, 'timeZone'>): string => dayIn(new Date(), timeZone)

export async function viewPlan(ctx: Context, roadmapId: string, query: PlanQuery): Promise<z.input<typeof PlanReply>> {
  const plan = await accessPlan(ctx.db, ctx, roadmapId, query.region)
  const { measures, total, counts } = await readPlan(ctx, plan, query)
  return {
    region: plan.region?.code ?? null,
    total,
    counts,
    sections: plan.sections.map(({ id, number, title }) => ({ id, number, title })),
    measures,
  }
}

/** As `viewPlan`, of a plan that was accessed already, with the organisations to choose from. */
export async function readPlan(ctx: Context, { roadmap, region, sections }: PlanFound, query: PlanQuery) {
  const sectionIds = sections.map(({ id }) => id)
  const place = { roadmapId: roadmap.id, region: region?.code ?? null, sectionIds, today: todayOf(roadmap) }
  const found = await listPlan(ctx.db, place, query)
  return { ...found, counts: withZeros(found.counts) }
}

const withZeros = (counts: Partial<PlanReply['counts']>): PlanReply['counts'] =>
  // as: every state is there
  Object.fromEntries(measureStates.map((state) => [state, counts[state] ?? 0])) as PlanReply['counts']
