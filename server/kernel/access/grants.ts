import { allows, type Permission, type Role } from './policy.ts'

/**
 * A role over a scope. `everywhere`; a region by its code; an organisation and all below it (`subtree`); or one
 * organisation. A membership counts as a grant over its one organisation.
 */
export type Grant =
  | { role: Role; scope: 'everywhere' }
  | { role: Role; scope: 'region'; region: string }
  | { role: Role; scope: 'subtree'; organisationId: string }
  | { role: Role; scope: 'organisation'; organisationId: string }

/** What of an organisation decides whether a grant covers it. `lineage` holds its own id and those of all above it. */
export type Placed = { id: string; region: string; lineage: readonly string[] }

/** The scopes in which a permission holds, in the form that SQL needs. */
export type Scopes = { everywhere: boolean; regions: string[]; subtrees: string[]; organisations: string[] }

export class Grants {
  readonly list: readonly Grant[]

  constructor(list: readonly Grant[]) {
    this.list = list
  }

  /** Whether any grant covers the organisation, whatever its role. */
  see(place: Placed): boolean {
    return this.list.some((grant) => covers(grant, place))
  }

  allow(permission: Permission, place: Placed): boolean {
    return this.list.some((grant) => allows(grant.role, permission) && covers(grant, place))
  }

  /** Whether the permission holds anywhere at all: the gate of a route, before a row is known. */
  has(permission: Permission): boolean {
    return this.list.some((grant) => allows(grant.role, permission))
  }

  scopes(permission: Permission): Scopes {
    const scopes: Scopes = { everywhere: false, regions: [], subtrees: [], organisations: [] }
    for (const grant of this.list.filter((candidate) => allows(candidate.role, permission))) addScope(scopes, grant)
    return scopes
  }
}

function addScope(scopes: Scopes, grant: Grant): void {
  switch (grant.scope) {
    case 'everywhere':
      scopes.everywhere = true
      break
    case 'region':
      scopes.regions.push(grant.region)
      break
    case 'subtree':
      scopes.subtrees.push(grant.organisationId)
      break
    case 'organisation':
      scopes.organisations.push(grant.organisationId)
      break
  }
}

function covers(grant: Grant, place: Placed): boolean {
  switch (grant.scope) {
    case 'everywhere':
      return true
    case 'region':
      return grant.region === place.region
    case 'subtree':
      return place.lineage.includes(grant.organisationId)
    case 'organisation':
      return grant.organisationId === place.id
  }
}
