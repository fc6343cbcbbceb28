/** What was lent, as a person reads it. */
import {
  type Grant,
  isPermission,
  type Permission,
  permissionNames,
  permissions,
} from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import type { LendablePart } from '../../../kernel/room.ts'
import { listReaches } from './grants.queries.ts'
import { listRegionNames } from './lending.queries.ts'

export type NamedPermission = { permission: Permission; name: string }
export type NamedPlace = { scope: Grant['scope']; region?: string; organisationId?: string; name: string }
export type NamedPart = { part: string; name: string }
/** `parts` is null when all of them were lent. */
export type LentInWords = { permissions: NamedPermission[]; places: NamedPlace[]; parts: NamedPart[] | null }

/** Names of the places that these grants are over, looked up together. */
export async function namesOfPlaces(db: Db, grants: readonly Grant[]): Promise<(grant: Grant) => NamedPlace> {
  const codes = grants.flatMap((grant) => (grant.scope === 'region' ? [grant.region] : []))
  const ids = grants.flatMap((grant) => ('organisationId' in grant ? [grant.organisationId] : []))
  const [regions, organisations] = await Promise.all([listRegionNames(db, codes), listReaches(db, ids)])
  const regionOf = new Map(regions.map(({ code, name }) => [code, name]))
  const organisationOf = new Map(organisations.map(({ id, name }) => [id, name]))
  return (grant) => {
    switch (grant.scope) {
      case 'everywhere':
        return { scope: 'everywhere', name: 'везде' }
      case 'region':
        return { scope: 'region', region: grant.region, name: regionOf.get(grant.region) ?? grant.region }
      case 'subtree':
      case 'organisation': {
        const { scope, organisationId } = grant
        const name = organisationOf.get(organisationId) ?? 'организация'
        return { scope, organisationId, name: scope === 'subtree' ? `${name} и все, что ниже` : name }
      }
    }
  }
}

/** @param known parts of the work in these places; what was lent and is no more, as a section taken out, is not told */
export function lentInWords(
  grants: readonly Grant[],
  nameOf: (grant: Grant) => NamedPlace,
  known: readonly LendablePart[],
): LentInWords {
  const given = new Set(grants.flatMap((grant) => grant.permissions ?? []))
  return {
    permissions: permissions
      .filter((permission) => isPermission(permission) && given.has(permission))
      .map((permission) => ({ permission, name: permissionNames[permission].name })),
    places: grants.map(nameOf),
    parts: partsOf(grants, known),
  }
}

/** Parts are of work in regions; the same are lent in all of them. */
function partsOf(grants: readonly Grant[], known: readonly LendablePart[]): NamedPart[] | null {
  const inRegions = grants.filter(({ scope }) => scope === 'region')
  if (inRegions.length === 0 || inRegions.some(({ parts }) => parts === undefined)) return null
  const lent = new Set(inRegions.flatMap(({ parts }) => parts ?? []))
  return known.filter(({ part }) => lent.has(part)).map(({ part, name }) => ({ part, name }))
}

export const regionsIn = (grants: readonly Grant[]): string[] => [
  ...new Set(grants.flatMap((grant) => (grant.scope === 'region' ? [grant.region] : []))),
]
