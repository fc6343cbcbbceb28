import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scopes } from '../../../kernel/access/index.ts'

/**
 * Accounts `a` that lie within the scopes: by the region that looks after them, by an organisation to which they are
 * attached, or by a role that they hold there. The one predicate of everything that is shown of another's account.
 */
export function withinReach(scopes: Scopes): RawBuilder<SqlBool> {
  if (scopes.everywhere) return sql<SqlBool>`true`
  const { regions, subtrees, organisations } = scopes
  if (regions.length + subtrees.length + organisations.length === 0) return sql<SqlBool>`false`
  return sql<SqlBool>`(
    a.region_code = any(${regions}::text[])
    or a.id in (
      select m.account_id from memberships m join organisations o on o.id = m.organisation_id
      where m.ended_at is null and ${reached(scopes)})
    or a.id in (
      select g.account_id from grants g left join organisations o on o.id = g.organisation_id
      where g.revoked_at is null and (g.region_code = any(${regions}::text[]) or ${reached(scopes)})))`
}

/** Organisations `o` within the scopes. */
export const reached = ({ everywhere, regions, subtrees, organisations }: Scopes): RawBuilder<SqlBool> =>
  everywhere
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(o.region_code = any(${regions}::text[]) or o.lineage && ${subtrees}::uuid[]
        or o.id = any(${organisations}::uuid[]))`

/** What stands in the way of using an account `a`, the weightiest first. */
export const stateColumn = sql<string>`
  case when a.blocked_at is not null then 'blocked'
       when a.approval_refused_at is not null and a.approved_at is null then 'refused'
       when a.approval_asked_at is not null and a.approved_at is null then 'waiting'
       when a.email_confirmed_at is null then 'unconfirmed'
       when a.temporary_password_until is not null then 'temporary'
       else 'open' end`
