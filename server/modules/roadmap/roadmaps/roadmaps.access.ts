import type { Permission, Placed } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { findRoadmap, listRoadmapRegions, type RoadmapRow } from './roadmaps.queries.ts'

/**
 * A region of a roadmap, as grants see it.
 * @param part `section:<id>` or `indicator:<id>`: what a helper's grant may be limited to
 */
export const placeOfRegion = (region: string, part?: string): Placed => ({
  id: '',
  region,
  lineage: [],
  ...(part && { part }),
})

/** What belongs to no region: the template, settings, figures of the whole country. Only grants over everywhere reach it. */
export const placeOfCountry: Placed = { id: '', region: '', lineage: [] }

/**
 * A roadmap on a person's behalf: a draft is there for those who manage it, a published one for whoever reads any of
 * its regions.
 * @throws NotFound 404
 */
export async function accessRoadmap(db: Db, ctx: Context, id: string): Promise<RoadmapRow> {
  const roadmap = await findRoadmap(db, id)
  if (!roadmap) throw new NotFound({ what: 'roadmap' })
  if (ctx.grants.allow('roadmap.read', placeOfCountry)) return roadmap
  if (!roadmap.publishedAt || (await listOwnRegions(db, ctx, id)).length === 0) throw new NotFound({ what: 'roadmap' })
  return roadmap
}

/** As `accessRoadmap`, for what concerns the whole roadmap. @throws NotFound 404, Forbidden 403 */
export async function accessRoadmapToManage(db: Db, ctx: Context, id: string): Promise<RoadmapRow> {
  const roadmap = await accessRoadmap(db, ctx, id)
  if (!ctx.grants.allow('roadmap.manage', placeOfCountry)) throw new Forbidden()
  return roadmap
}

/**
 * A region of a roadmap on a person's behalf: another's region does not exist for one.
 * @throws NotFound 404, Forbidden 403
 */
export async function accessRegion(
  db: Db,
  ctx: Context,
  roadmapId: string,
  region: string,
  permission: Permission,
): Promise<{ roadmap: RoadmapRow; region: { code: string; name: string } }> {
  const roadmap = await accessRoadmap(db, ctx, roadmapId)
  const found = (await listRoadmapRegions(db, roadmapId)).find(({ code }) => code === region)
  if (!found || !ctx.grants.allow('roadmap.read', placeOfRegion(region))) throw new NotFound({ what: 'region' })
  if (!ctx.grants.allow(permission, placeOfRegion(region))) throw new Forbidden()
  return { roadmap, region: found }
}

/** The regions of a roadmap that one may do this in. */
export async function listOwnRegions(
  db: Db,
  ctx: Context,
  roadmapId: string,
  permission: Permission = 'roadmap.read',
): Promise<{ code: string; name: string }[]> {
  const regions = await listRoadmapRegions(db, roadmapId)
  return regions.filter(({ code }) => ctx.grants.allow(permission, placeOfRegion(code)))
}
