import { sql } from 'kysely'
import type { Role } from '../../../kernel/access/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'

/** Two who take the role from each other at once do it one after another. */
export const lockAdministrators = (tx: Tx) =>
  sql`select pg_advisory_xact_lock(hashtext('grants.administrators'))`.execute(tx)

/** Whether somebody can come in today who administers everything, and for good. */
export async function isAdministered(tx: Tx): Promise<boolean> {
  const { rows } = await sql`
    select 1 from grants g join accounts a on a.id = g.account_id
    where g.role = 'administrator' and g.scope = 'everywhere' and g.revoked_at is null and g.starts_on <= current_date
      and g.ends_on is null and a.blocked_at is null and a.erased_at is null limit 1`.execute(tx)
  return rows.length > 0
}

export type OpenGrant = {
  id: string
  role: Role
  scope: 'everywhere' | 'region' | 'subtree' | 'organisation'
  region: string | null
  organisationId: string | null
  lineage: string[] | null
  delegatedBy: string | null
}

/** A grant of the account that is not revoked, locked: of two revocations the second finds nothing. */
export async function lockGrant(tx: Tx, accountId: string, grantId: string): Promise<OpenGrant | undefined> {
  const { rows } = await sql<OpenGrant>`
    select g.id, g.role, g.scope, coalesce(g.region_code, o.region_code) as region,
      g.organisation_id as "organisationId", o.lineage, g.delegated_by as "delegatedBy"
    from grants g left join organisations o on o.id = g.organisation_id
    where g.id = ${grantId} and g.account_id = ${accountId} and g.revoked_at is null for update of g`.execute(tx)
  return rows[0]
}

export const markRevoked = (tx: Tx, grantId: string, by: string) =>
  tx.updateTable('grants').set({ revoked_at: sql<Date>`now()`, revoked_by: by }).where('id', '=', grantId).execute()

export type PlacedOrganisation = { id: string; region: string; lineage: string[] }

/** An open organisation of the registry. */
export async function findPlaced(db: Db, id: string): Promise<PlacedOrganisation | undefined> {
  const { rows } = await sql<PlacedOrganisation>`
    select id, region_code as region, lineage from organisations where id = ${id} and closed_at is null`.execute(db)
  return rows[0]
}

/** By its number; a division shares that of its legal person and is passed over. */
export async function findOrganisationByInn(db: Db, inn: string): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from organisations where inn = ${inn} and level not in ('division', 'branch') and closed_at is null`.execute(
    db,
  )
  return rows[0]
}

export async function findRegionName(db: Db, code: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select name from regions where code = ${code}`.execute(db)
  return rows[0]?.name
}

export async function listRegionsWithin(
  db: Db,
  { everywhere, regions }: { everywhere: boolean; regions: readonly string[] },
): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from regions where ${everywhere} or code = any(${[...regions]}::text[]) order by name`.execute(db)
  return rows
}
