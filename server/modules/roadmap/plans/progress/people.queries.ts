import { sql } from 'kysely'
import type { Db } from '../../../../kernel/db/index.ts'

/** `sections`: those that a helper is limited to; null: all. */
export type Reporter = { accountId: string; region: string; sections: string[] | null }

const holds = (alias: string) => {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`${column('revoked_at')} is null and ${column('starts_on')} <= current_date
    and coalesce(${column('ends_on')} >= current_date, true)`
}

/**
 * Who reports for these regions today: their operators, and the helpers to whom an operator who still is one, and has
 * not suspended them, has lent `plan.report`.
 */
export async function listReporters(db: Db, regions: readonly string[]): Promise<Reporter[]> {
  const { rows } = await sql<Reporter>`
    with operators as (
      select held.account_id, held.region_code from grants held
      join accounts account on account.id = held.account_id
      where held.role = 'region-operator' and held.scope = 'region' and held.delegated_by is null and ${holds('held')}
        and held.region_code = any(${[...regions]}::text[]) and account.blocked_at is null and account.erased_at is null)
    select account_id as "accountId", region_code as region, null::text[] as sections from operators
    union
    select lent.account_id, lent.region_code,
      (select array_agg(substr(part, 9)) from unnest(lent.parts) part where part like 'section:%')
    from grants lent
    join operators operator on operator.account_id = lent.delegated_by and operator.region_code = lent.region_code
    join helpers helper on helper.account_id = lent.account_id and helper.operator_id = lent.delegated_by
      and helper.removed_at is null and helper.suspended_at is null
    join accounts account on account.id = lent.account_id and account.blocked_at is null and account.erased_at is null
    where lent.role = 'helper' and lent.form_id is null and 'plan.report' = any(lent.permissions) and ${holds('lent')}
      -- Lent for indicators alone.
      and (lent.parts is null or exists (select from unnest(lent.parts) part where part like 'section:%'))`.execute(db)
  return rows
}

/** Those of a region who report for the section. */
export async function listReportersOf(db: Db, region: string, sectionId: string): Promise<string[]> {
  const reporters = await listReporters(db, [region])
  return reporters
    .filter(({ sections }) => sections === null || sections.includes(sectionId))
    .map(({ accountId }) => accountId)
}
