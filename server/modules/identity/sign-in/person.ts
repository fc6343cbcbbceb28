/** A person as the database tells of it, with all that it holds at this moment. */
import { type Grant, heldThrough, isPermission, isRole } from '../../../kernel/access/index.ts'
import type { SignedIn } from '../../../kernel/http/index.ts'
import type { LentRow, PersonRow } from './person.queries.ts'

/** Its own grants, what operators have lent to it and still hold, and its memberships. */
export const grantsOf = (row: PersonRow): Grant[] => [
  ...(row.grants ?? []).flatMap(grantOf),
  ...(row.lent ?? []).flatMap(lentGrantsOf),
  ...membershipsOf(row),
]

export function accountOf({ id, surname, name, patronymic, email }: PersonRow): SignedIn['account'] {
  return { id, surname, name, patronymic, email }
}

/** The organisation to which the person was attached first. */
export function organisationOf({ memberships }: PersonRow): SignedIn['organisation'] {
  const [first] = memberships ?? []
  return first && { id: first.organisationId, shortName: first.shortName }
}

/** The regions over which the person holds a role, each once. */
export function regionsOf(row: PersonRow): { code: string; name: string }[] {
  const rows = [...(row.grants ?? []), ...(row.lent ?? []).flatMap(({ grants }) => grants ?? [])]
  const held = new Set(grantsOf(row).flatMap((grant) => (grant.scope === 'region' ? [grant.region] : [])))
  const named = rows.flatMap(({ region, regionName }): [string, string][] =>
    region && held.has(region) ? [[region, regionName ?? region]] : [],
  )
  return [...new Map(named)].map(([code, name]) => ({ code, name }))
}

type GrantRow = NonNullable<PersonRow['grants']>[number]

export function grantOf({ role, scope, region, organisationId }: Omit<GrantRow, 'regionName'>): Grant[] {
  // A role that this program does not know yet, or any more, gives nothing.
  if (!isRole(role)) return []
  if (scope === 'everywhere') return [{ role, scope }]
  if (scope === 'region' && region) return [{ role, scope, region }]
  if ((scope === 'subtree' || scope === 'organisation') && organisationId) return [{ role, scope, organisationId }]
  return []
}

function lentGrantsOf({ operator, own, grants }: LentRow): Grant[] {
  const lent = (grants ?? []).flatMap((row) =>
    grantOf(row).map((grant) => ({
      ...grant,
      operator,
      permissions: row.permissions.filter(isPermission),
      ...(row.form ? { form: row.form } : {}),
      ...(row.parts ? { parts: row.parts } : {}),
      spread: row.lineage && row.regions ? { lineage: row.lineage, regions: row.regions } : undefined,
    })),
  )
  return heldThrough(lent, (own ?? []).flatMap(grantOf))
}

const membershipsOf = ({ memberships }: PersonRow): Grant[] =>
  (memberships ?? []).flatMap(({ role, organisationId }): Grant[] =>
    isRole(role) ? [{ role, scope: 'organisation', organisationId }] : [],
  )
