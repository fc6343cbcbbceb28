/** Which sections and indicators of which regions somebody reaches: a helper may have been given some of them alone. */
import type { Permission } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { placeOfCountry, placeOfRegion } from './roadmaps.access.ts'
import { listPlaces } from './to-do.queries.ts'

type Pair = { region: string; id: string }
/** `all`: of the whole country, those of no region too. */
export type Reach = { sections: 'all' | Pair[]; indicators: 'all' | Pair[] }

/**
 * @param roadmapId of this roadmap alone; without it, of all that are published
 * @param needed what one must be permitted to do with measures of a section, and with an indicator
 */
export async function reachOf(
  ctx: Context,
  needed: { sections: Permission; indicators: Permission },
  roadmapId?: string,
): Promise<Reach> {
  const whole = (permission: Permission) => ctx.grants.allow(permission, placeOfCountry)
  if (whole(needed.sections) && whole(needed.indicators)) return { sections: 'all', indicators: 'all' }
  const regions = [...ctx.grants.scopes(needed.sections).regions, ...ctx.grants.scopes(needed.indicators).regions]
  const places = regions.length === 0 ? [] : await listPlaces(ctx.db, [...new Set(regions)], roadmapId)
  const within = (kind: 'section' | 'indicator', permission: Permission) =>
    places
      .filter((place) => place.kind === kind)
      .filter(({ region, id }) => ctx.grants.allow(permission, placeOfRegion(region, `${kind}:${id}`)))
      .map(({ region, id }) => ({ region, id }))
  return { sections: within('section', needed.sections), indicators: within('indicator', needed.indicators) }
}
