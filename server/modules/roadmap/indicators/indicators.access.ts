import { wholeCountry } from '../../../../contracts/indicators.ts'
import type { Permission, Placed } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import {
  accessRegion,
  accessRoadmap,
  listOwnRegions,
  placeOfCountry,
  placeOfRegion,
} from '../roadmaps/roadmaps.access.ts'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'

export type FigurePlace = { roadmap: RoadmapRow; region: { code: string; name: string } }

export const country = { code: wholeCountry, name: 'Вся страна' }

/**
 * The figures of a region on a person's behalf, or those of the whole country, which the coordinator enters.
 * @throws NotFound 404 for the region of another, Forbidden 403
 */
export async function accessFigures(
  db: Db,
  ctx: Context,
  { roadmapId, region, to }: { roadmapId: string; region: string; to: 'read' | 'enter' | 'confirm' },
): Promise<FigurePlace> {
  if (region !== wholeCountry) return accessRegion(db, ctx, roadmapId, region, permissions[to])
  const roadmap = await accessRoadmap(db, ctx, roadmapId)
  if (!ctx.grants.allow('roadmap.read', placeOfCountry)) throw new NotFound({ what: 'region' })
  if (!ctx.grants.allow(permissionsOfCountry[to], placeOfCountry)) throw new Forbidden()
  return { roadmap, region: country }
}

const permissions = { read: 'roadmap.read', enter: 'indicator.enter', confirm: 'roadmap.coordinate' } as const
const permissionsOfCountry = {
  read: 'roadmap.read',
  enter: 'roadmap.coordinate',
  confirm: 'roadmap.coordinate',
} as const

/** A helper's grant may be limited to some indicators: the others do not exist for it. */
export const placeOfFigure = (region: string, indicatorId: string): Placed =>
  region === wholeCountry
    ? { ...placeOfCountry, part: `indicator:${indicatorId}` }
    : placeOfRegion(region, `indicator:${indicatorId}`)

export const seesFigure = (ctx: Context, region: string, indicatorId: string): boolean =>
  ctx.grants.allow('roadmap.read', placeOfFigure(region, indicatorId))

export function maySetFigure(ctx: Context, region: string, indicatorId: string): boolean {
  const permission: Permission = region === wholeCountry ? permissionsOfCountry.enter : permissions.enter
  return ctx.grants.allow(permission, placeOfFigure(region, indicatorId))
}

/** Own regions, and the whole country where one sees it. */
export async function listFigurePlaces(db: Db, ctx: Context, roadmapId: string) {
  const own = await listOwnRegions(db, ctx, roadmapId)
  return ctx.grants.allow('roadmap.read', placeOfCountry) ? [...own, country] : own
}
