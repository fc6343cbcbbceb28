/** What an operator lends to a helper: never more than the operator holds itself, and no longer. */
import type { Grant, Scope } from './grants.ts'
import { allows, type Permission, permissions } from './policy.ts'

/**
 * A grant that an operator has lent. Of one over an organisation, `spread` tells where it reaches: the organisation's own
 * id and those of all above it, and the regions in which it and those below it lie.
 */
export type LentGrant = Grant & { spread?: { lineage: readonly string[]; regions: readonly string[] } | undefined }

/**
 * What of lent grants holds at this moment: only those whose whole scope one of the operator's own covers, and only the
 * permissions that such ones give.
 * @param own what the operator holds itself: what it has been lent cannot be lent on
 */
export function heldThrough(lent: readonly LentGrant[], own: readonly Grant[]): Grant[] {
  return lent.flatMap(({ spread, ...grant }): Grant[] => {
    const covering = own.filter((candidate) => !candidate.operator && contains(candidate, grant, spread))
    const left = permissionsOf(grant).filter((permission) => covering.some((candidate) => gives(candidate, permission)))
    return left.length === 0 ? [] : [{ ...grant, permissions: left }]
  })
}

/** Whether a grant lets do something somewhere, whatever its scope. */
export const gives = ({ role, permissions: part }: Grant, permission: Permission): boolean =>
  allows(role, permission) && (part?.includes(permission) ?? true)

const permissionsOf = (grant: Grant): Permission[] => permissions.filter((permission) => gives(grant, permission))

/** Whether all that the inner scope covers is covered by the outer one. */
function contains(outer: Scope, inner: Scope, spread: LentGrant['spread']): boolean {
  switch (outer.scope) {
    case 'everywhere':
      return true
    case 'region':
      if (inner.scope === 'region') return inner.region === outer.region
      return spread !== undefined && spread.regions.length > 0 && spread.regions.every((one) => one === outer.region)
    case 'subtree':
      return isOverOrganisation(inner) && (spread?.lineage.includes(outer.organisationId) ?? false)
    case 'organisation':
      return inner.scope === 'organisation' && inner.organisationId === outer.organisationId
  }
}

const isOverOrganisation = ({ scope }: Scope): boolean => scope === 'subtree' || scope === 'organisation'
