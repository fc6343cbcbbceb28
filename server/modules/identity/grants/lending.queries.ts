import { sql } from 'kysely'
import type { Role, Scope } from '../../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

/** The helper's row, new or as it stands: whoever is suspended is not let in again by an older invitation. */
export async function insertHelper(tx: Tx, operatorId: string, accountId: string): Promise<{ id: string }> {
  const { rows } = await sql<{ id: string }>`
    insert into helpers (id, operator_id, account_id) values (${randomUUIDv7()}, ${operatorId}, ${accountId})
    on conflict (operator_id, account_id) where removed_at is null do update set operator_id = excluded.operator_id
    returning id`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('A helper was not written')
  return row
}

export const revokeLent = (tx: Tx, operatorId: string, accountId: string, by: string | null) =>
  tx
    .updateTable('grants')
    .set({ revoked_at: sql<Date>`now()`, revoked_by: by })
    .where('account_id', '=', accountId)
    .where('delegated_by', '=', operatorId)
    .where('handover_id', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()

/** What a handover has lent, before its last day. */
export const revokeHandedOver = (tx: Tx, handoverId: string, by: string) =>
  tx
    .updateTable('grants')
    .set({ revoked_at: sql<Date>`now()`, revoked_by: by })
    .where('handover_id', '=', handoverId)
    .where('revoked_at', 'is', null)
    .execute()

export type LentRow = {
  role: Role
  scope: Scope['scope']
  region: string | null
  organisationId: string | null
  permissions: string[]
  parts: string[] | null
}

export async function listLent(db: Db, operatorId: string, accountIds: readonly string[]) {
  const { rows } = await sql<LentRow & { accountId: string }>`
    select account_id as "accountId", role, scope, region_code as region, organisation_id as "organisationId",
      coalesce(permissions, '{}') as permissions, parts
    from grants where delegated_by = ${operatorId} and account_id = any(${[...accountIds]}::uuid[])
      and handover_id is null and revoked_at is null order by granted_at, id`.execute(db)
  return rows
}

export async function listRegionNames(db: Db, codes: readonly string[]): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from regions where code = any(${[...codes]}::text[]) order by name`.execute(db)
  return rows
}
