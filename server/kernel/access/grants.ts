import { gives } from './delegation.ts'
import type { Permission, Role } from './policy.ts'

/** Where a role holds: everywhere; in a region by its code; over an organisation and all below it; over one alone. */
export type Scope =
  | { scope: 'everywhere' }
  | { scope: 'region'; region: string }
  | { scope: 'subtree'; organisationId: string }
  | { scope: 'organisation'; organisationId: string }

/**
 * A role over a scope. A membership counts as a grant over its one organisation. `permissions` are there when only a
 * part of what the role may do was given: to a helper, to a token. `operator` is the account that has lent it to a helper.
 */
export type Grant = Scope & {
  role: Role
  permissions?: readonly Permission[]
  operator?: string
  /** Lent for reports of one statistical form alone: it covers nothing else, and no list is narrowed by it. */
  form?: string
  /** Lent for these parts of a roadmap alone, `section:<id>` or `indicator:<id>`; other things it covers as before. */
  parts?: readonly string[]
}

/**
 * What of an organisation decides whether a grant covers it. `lineage` holds its own id and those of all above it.
 * `form` stands there when it is a report of the organisation that is asked about,
 * `part` when it is a section of a plan or an indicator of a roadmap.
 */
export type Placed = { id: string; region: string; lineage: readonly string[]; form?: string; part?: string }

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
    return this.list.some((grant) => gives(grant, permission) && covers(grant, place))
  }

  /** Whether the permission holds anywhere at all: the gate of a route, before a row is known. */
  has(permission: Permission): boolean {
    return this.list.some((grant) => gives(grant, permission))
  }

  /** Those on whose behalf the person may do it, or anything at all when no permission is named: it is their helper. */
  operators(permission?: Permission): string[] {
    const lent = this.list.filter((grant) => permission === undefined || gives(grant, permission))
    return [...new Set(lent.flatMap(({ operator }) => (operator ? [operator] : [])))].sort()
  }

  /** What the person holds itself, without what it was lent. */
  get own(): Grant[] {
    return this.list.filter(({ operator }) => !operator)
  }

  /** The same, but for no more than these permissions: what a token may do is a part of what its person may. */
  limitedTo(permissions: readonly Permission[]): Grants {
    return new Grants(
      this.list.map((grant) => ({
        ...grant,
        permissions: permissions.filter((permission) => grant.permissions?.includes(permission) ?? true),
      })),
    )
  }

  scopes(permission: Permission): Scopes {
    const scopes: Scopes = { everywhere: false, regions: [], subtrees: [], organisations: [] }
    for (const grant of this.list) if (grant.form === undefined && gives(grant, permission)) addScope(scopes, grant)
    return scopes
  }
}

function addScope(scopes: Scopes, grant: Scope): void {
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
  if (grant.form !== undefined && grant.form !== place.form) return false
  if (grant.parts && place.part !== undefined && !grant.parts.includes(place.part)) return false
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
