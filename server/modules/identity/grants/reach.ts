/** Who may give which role, over what, and whom that makes answerable to whom. */
import { type Grant, type Role, roles, type Scope } from '../../../kernel/access/index.ts'

type ScopeName = Scope['scope']

/** Over what a role is given by hand; a helper's comes from its operator, on a page of its own. */
export const scopesOfRole: Record<Role, readonly ScopeName[]> = {
  administrator: ['everywhere'],
  coordinator: ['everywhere', 'region'],
  'region-operator': ['region'],
  helper: [],
  supervisor: ['subtree'],
  responsible: ['organisation'],
  member: ['organisation'],
  'municipal-officer': ['region', 'subtree', 'organisation'],
  'education-manager': ['everywhere', 'region'],
  'support-agent': ['everywhere', 'region'],
  'support-manager': ['everywhere', 'region'],
  auditor: ['everywhere', 'region', 'subtree'],
}

/** Whose accounts a role looks after: those that can do nothing which it cannot do itself over the same place. */
const answersFor: Partial<Record<Role, readonly Role[]>> = {
  administrator: roles,
  'region-operator': ['region-operator', 'helper', 'supervisor'],
}

/** Where a role holds, as far as it takes to compare two of them. */
export type HeldOver = {
  role: Role
  scope: ScopeName
  /** Of the region itself, or of the organisation. */
  region: string | null
  organisationId: string | null
  /** Of the organisation; its own id is the last. */
  lineage: readonly string[] | null
}

/** Whether a holder of these grants answers for one who holds that: the same or less, over the same place or a part of it. */
export const isAnswerable = (holder: readonly Grant[], held: HeldOver): boolean =>
  holder.some((grant) => (answersFor[grant.role] ?? []).includes(held.role) && holds(grant, held))

/** Nobody gives more than they hold: the same comparison, for roles that are given by hand. */
export const mayGive = (holder: readonly Grant[], given: HeldOver): boolean =>
  scopesOfRole[given.role].includes(given.scope) && isAnswerable(holder, given)

/** The roles that a form offers. */
export const rolesToGive = (holder: readonly Grant[]): Role[] =>
  roles.filter(
    (role) => scopesOfRole[role].length > 0 && holder.some((grant) => (answersFor[grant.role] ?? []).includes(role)),
  )

function holds(holder: Grant, { scope, region, organisationId, lineage }: HeldOver): boolean {
  switch (holder.scope) {
    case 'everywhere':
      return true
    case 'region':
      return scope !== 'everywhere' && region === holder.region
    case 'subtree':
      return (scope === 'subtree' || scope === 'organisation') && (lineage ?? []).includes(holder.organisationId)
    case 'organisation':
      return scope === 'organisation' && organisationId === holder.organisationId
  }
}
