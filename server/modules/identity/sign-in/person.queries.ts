import { sql } from 'kysely'

type GrantRow = { role: string; scope: string; region: string | null; organisationId: string | null }

/** What a page or a call needs to know of its person, whatever the person came by. */
export type PersonRow = {
  id: string
  surname: string
  name: string
  patronymic: string | null
  email: string | null
  grants: (GrantRow & { regionName: string | null })[] | null
  lent: LentRow[] | null
  memberships: { role: string; organisationId: string; shortName: string }[] | null
  unread: number
}

/** What a helper or a deputy was lent, and what its operator holds by now, with which it is compared. */
export type LentRow = {
  operator: string
  own: GrantRow[] | null
  grants:
    | (GrantRow & {
        regionName: string | null
        permissions: string[]
        form: string | null
        parts: string[] | null
        lineage: string[] | null
        regions: string[] | null
      })[]
    | null
}

/** A grant counts from its first day to its last, unless it was taken back. */
export const holdsToday = (alias: string) => {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`${column('revoked_at')} is null and ${column('starts_on')} <= current_date
    and (${column('ends_on')} is null or ${column('ends_on')} >= current_date)`
}

/**
 * Columns of a query over `accounts a`. What an operator holds itself is its grants and its memberships, as everybody's;
 * an operator whose account is closed lends nothing, nor does one that has suspended its helper.
 */
export const personColumns = sql`
  a.id, a.surname, a.name, a.patronymic,
  case when a.email_confirmed_at is not null then a.email end as email,
  (select json_agg(json_build_object(
      'role', g.role, 'scope', g.scope, 'region', g.region_code, 'regionName', r.name,
      'organisationId', g.organisation_id) order by g.region_code)
    from grants g left join regions r on r.code = g.region_code
    where g.account_id = a.id and g.delegated_by is null and ${holdsToday('g')}) as grants,
  (select json_agg(json_build_object(
      'operator', lender.id,
      'own', (select json_agg(json_build_object(
            'role', held.role, 'scope', held.scope, 'region', held.region_code,
            'organisationId', held.organisation_id))
          from (select g.role, g.scope, g.region_code, g.organisation_id from grants g
                where g.account_id = lender.id and g.delegated_by is null and ${holdsToday('g')}
                union all
                select m.role, 'organisation', null, m.organisation_id from memberships m
                where m.account_id = lender.id and m.ended_at is null and m.starts_on <= current_date
                  and (m.ends_on is null or m.ends_on >= current_date)) as held),
      'grants', (select json_agg(json_build_object(
            'role', g.role, 'scope', g.scope, 'region', g.region_code, 'regionName', r.name,
            'organisationId', g.organisation_id, 'permissions', coalesce(g.permissions, '{}'),
            'form', g.form_id, 'parts', g.parts, 'lineage', o.lineage,
            'regions', case g.scope
              when 'organisation' then array[o.region_code]
              when 'subtree' then array(select distinct below.region_code from organisations below
                                        where below.lineage @> array[g.organisation_id])
            end) order by g.region_code)
          from grants g
          left join regions r on r.code = g.region_code
          left join organisations o on o.id = g.organisation_id
          where g.account_id = a.id and g.delegated_by = lender.id and ${holdsToday('g')}
            and (g.handover_id is not null or lender.helped))))
    from (
      select operator_id as id, true as helped from helpers
      where account_id = a.id and removed_at is null and suspended_at is null
      union all
      select g.delegated_by, false from grants g
      where g.account_id = a.id and g.handover_id is not null and ${holdsToday('g')}
        and not exists (select from helpers h where h.account_id = a.id and h.operator_id = g.delegated_by
          and h.removed_at is null and h.suspended_at is null)
      group by 1) as lender
    join accounts operator on operator.id = lender.id
    where operator.blocked_at is null and operator.erased_at is null) as lent,
  (select json_agg(json_build_object(
      'role', m.role, 'organisationId', m.organisation_id, 'shortName', o.short_name) order by m.attached_at, m.id)
    from memberships m join organisations o on o.id = m.organisation_id
    where m.account_id = a.id and m.ended_at is null and m.starts_on <= current_date
      and (m.ends_on is null or m.ends_on >= current_date)) as memberships,
  (select count(*)::int from (
    select 1 from messages where account_id = a.id and read_at is null limit 1000) as newest) as unread`
