import type { Permission, Placed } from '../../kernel/access/index.ts'
import type { Db } from '../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { findOrganisation, type Organisation } from './organisations.queries.ts'

/**
 * An organisation on a person's behalf: outside one's scopes it does not exist, inside them the permission decides.
 * @param db the transaction of an action, or `ctx.db` for a reading
 * @throws NotFound 404, Forbidden 403
 */
export async function accessOrganisation(
  db: Db,
  ctx: Context,
  id: string,
  permission: Permission,
): Promise<Organisation> {
  const organisation = await findOrganisation(db, id)
  if (!organisation || !ctx.grants.see(placeOf(organisation))) throw new NotFound({ what: 'organisation' })
  if (!ctx.grants.allow(permission, placeOf(organisation))) throw new Forbidden()
  return organisation
}

/** Covered by the grants that reach an organisation from above it. */
export const placeAbove = ({ regionCode, lineage }: Pick<Organisation, 'regionCode' | 'lineage'>): Placed => ({
  id: '',
  region: regionCode,
  lineage: lineage.slice(0, -1),
})

/** What of an organisation decides whether a grant covers it. */
export const placeOf = (organisation: Pick<Organisation, 'id' | 'regionCode' | 'lineage'>): Placed => ({
  id: organisation.id,
  region: organisation.regionCode,
  lineage: organisation.lineage,
})
