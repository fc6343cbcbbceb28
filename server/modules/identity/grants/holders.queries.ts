import { sql } from 'kysely'
import { allows, type Permission, roles } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'

/**
 * How many people may do any of this in any of the regions: accounts in use that hold a role there themselves, and their
 * helpers to whom it was lent.
 */
export async function countHolders(db: Db, permissions: readonly Permission[], regions: readonly string[]) {
  const rolesOfThese = roles.filter((role) => permissions.some((permission) => allows(role, permission)))
  const { rows } = await sql<{ people: number }>`
    with held as (
      select account_id, delegated_by, permissions, scope, region_code from grants
      where revoked_at is null and starts_on <= current_date and coalesce(ends_on >= current_date, true)
        and form_id is null and role = any(${rolesOfThese}::text[])
        and (scope = 'everywhere' or scope = 'region' and region_code = any(${[...regions]}::text[])))
    select count(distinct held.account_id)::int as people
    from held join accounts on accounts.id = held.account_id
    where accounts.blocked_at is null and accounts.erased_at is null
      and (held.permissions is null or held.permissions && ${[...permissions]}::text[])
      and (held.delegated_by is null or exists (
        select from accounts operator join held own on own.account_id = operator.id
        where operator.id = held.delegated_by and operator.blocked_at is null and operator.erased_at is null
          and own.delegated_by is null and (own.scope = 'everywhere' or own.region_code = held.region_code)
          and not exists (
            select from helpers where helpers.account_id = held.account_id and helpers.operator_id = operator.id
              and (helpers.suspended_at is not null or helpers.removed_at is not null))))`.execute(db)
  return rows[0]?.people ?? 0
}
