import { sql } from 'kysely'
import type { Db } from '../../../kernel/db/index.ts'

/**
 * Operators of the regions that have a copy of a measure of the template, each once, with the copy of its region (the
 * first one, when it has several).
 */
export async function listOperatorsOfCopies(
  db: Db,
  templateId: string,
): Promise<{ accountId: string; measureId: string }[]> {
  const { rows } = await sql<{ accountId: string; measureId: string }>`
    select distinct on (held.account_id) held.account_id as "accountId", copy.id as "measureId"
    from measures copy
      join grants held on held.region_code = copy.region_code and held.role = 'region-operator'
        and held.scope = 'region' and held.delegated_by is null and held.revoked_at is null
        and held.starts_on <= current_date and coalesce(held.ends_on >= current_date, true)
      join accounts account on account.id = held.account_id
        and account.blocked_at is null and account.erased_at is null
    where copy.template_id = ${templateId}
    order by held.account_id, copy.region_code`.execute(db)
  return rows
}
