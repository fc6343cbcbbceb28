/** Who decides: those whose grant reaches the place from nearest above; further ones are told when a decision is late. */
import { sql } from 'kysely'
import { allows, type Role, roles } from '../../kernel/access/index.ts'
import type { Db } from '../../kernel/db/index.ts'
import type { Application } from './applications.queries.ts'

export type Decider = {
  accountId: string
  fullName: string
  /** Where it decides from; null for an administrator of the whole installation. */
  organisation: string | null
  /** 0 for the nearest of all, 1 for those above them, … */
  level: number
}

type Decided = Pick<Application, 'organisationId' | 'regionCode' | 'needs' | 'applicantId' | 'lineage'>

/**
 * Accounts that may decide on an application, the nearest level first. A helper may decide too, but its operator
 * answers. Nobody decides on its own behalf.
 */
export async function listAllDeciders(db: Db, application: Decided): Promise<Decider[]> {
  const { organisationId, regionCode, needs, applicantId, lineage } = application
  const deciding: Role[] = roles.filter((role) => allows(role, 'application.decide') && allows(role, needs))
  const { rows } = await sql<Decider>`
    with ranked as (
      select held.account_id, held.organisation_id, held.scope,
        case held.scope
          when 'subtree' then cardinality(${lineage}::uuid[]) - array_position(${lineage}::uuid[], held.organisation_id)
          when 'region' then 1000
          else 2000
        end as distance
      from grants held
      join accounts account on account.id = held.account_id and account.blocked_at is null
        and account.id is distinct from ${applicantId}::uuid
      where held.role = any(${deciding}::text[]) and held.revoked_at is null and held.delegated_by is null
        and coalesce(held.starts_on <= current_date, true) and coalesce(held.ends_on >= current_date, true)
        and ((held.scope = 'subtree' and held.organisation_id = any(${lineage}::uuid[])
            and held.organisation_id is distinct from ${organisationId}::uuid)
          or (held.scope = 'region' and held.region_code = ${regionCode})
          or held.scope = 'everywhere')),
    levels as (select *, dense_rank() over (order by distance) - 1 as level from ranked),
    people as (
      select distinct on (levels.account_id) account.id, account.surname,
        concat_ws(' ', account.surname, account.name, account.patronymic) as full_name,
        coalesce(granted.short_name, own.short_name) as organisation, levels.level
      from levels
      join accounts account on account.id = levels.account_id
      left join organisations granted on granted.id = levels.organisation_id
      left join lateral (
        select organisations.short_name from memberships
        join organisations on organisations.id = memberships.organisation_id
        where memberships.account_id = account.id and memberships.ended_at is null and levels.scope = 'region'
        order by memberships.attached_at limit 1) own on true
      order by levels.account_id, levels.level)
    select id as "accountId", full_name as "fullName", organisation, level::int as level
    from people order by level, surname, id`.execute(db)
  return rows
}

/** In whose hands it is: the assignee, or the nearest of those who may decide. */
export const listDecidersNow = async (db: Db, application: Application): Promise<Decider[]> => {
  const all = await listAllDeciders(db, application)
  const nearest = all.filter(({ level }) => level === 0)
  const { assigneeId } = application
  if (!assigneeId) return nearest
  const known = all.find(({ accountId }) => accountId === assigneeId)
  return [known ?? { accountId: assigneeId, fullName: application.assigneeName, organisation: null, level: 0 }]
}
