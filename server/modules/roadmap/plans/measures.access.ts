import type { Permission, Placed } from '../../../kernel/access/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { placeOfCountry, placeOfRegion } from '../roadmaps/roadmaps.access.ts'
import { findMeasure, lockMeasure, type MeasureRow } from './measures.queries.ts'

/** A measure as grants see it: the template belongs to no region; a helper may be limited to sections. */
export const placeOfMeasure = ({ region, sectionId }: Pick<MeasureRow, 'region' | 'sectionId'>): Placed =>
  region === null ? placeOfCountry : placeOfRegion(region, `section:${sectionId}`)

/**
 * A measure on a person's behalf: another region's does not exist for one, nor does a draft's for whoever does not see
 * the country.
 * @throws NotFound 404, Forbidden 403
 */
export const accessMeasure = async (db: Db, ctx: Context, id: string, permission: Permission): Promise<MeasureRow> =>
  admitted(await findMeasure(db, id), ctx, permission)

/** As `accessMeasure`, for an action that changes the measure: others wait until it ends. */
export const accessMeasureToChange = async (
  tx: Tx,
  ctx: Context,
  id: string,
  permission: Permission,
): Promise<MeasureRow> => admitted(await lockMeasure(tx, id), ctx, permission)

function admitted(measure: MeasureRow | undefined, ctx: Context, permission: Permission): MeasureRow {
  if (!measure || !ctx.grants.allow('roadmap.read', placeOfMeasure(measure))) throw new NotFound({ what: 'measure' })
  if (!measure.publishedAt && !ctx.grants.allow('roadmap.read', placeOfCountry)) throw new NotFound({ what: 'measure' })
  if (!ctx.grants.allow(permission, placeOfMeasure(measure))) throw new Forbidden()
  return measure
}
