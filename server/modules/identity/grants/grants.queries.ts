import { sql } from 'kysely'
import type { Grant } from '../../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

/** Days of the calendar, `YYYY-MM-DD`, the last one included. */
export type Term = { startsOn: string; endsOn: string | null }

export const insertGrant = (
  tx: Tx,
  accountId: string,
  grant: Grant,
  term: Term | undefined,
  grantedBy: string | null,
  handoverId: string | null = null,
) =>
  tx
    .insertInto('grants')
    .values({
      id: randomUUIDv7(),
      account_id: accountId,
      ...columnsOf(grant),
      delegated_by: grant.operator ?? null,
      form_id: grant.form ?? null,
      handover_id: handoverId,
      permissions: grant.permissions ? [...grant.permissions] : null,
      parts: grant.parts ? [...grant.parts] : null,
      ...(term ? { starts_on: term.startsOn, ends_on: term.endsOn } : {}),
      granted_by: grantedBy,
    })
    .execute()

const columnsOf = (grant: Grant) => ({
  role: grant.role,
  scope: grant.scope,
  region_code: grant.scope === 'region' ? grant.region : null,
  organisation_id: grant.scope === 'subtree' || grant.scope === 'organisation' ? grant.organisationId : null,
})

/** Of two alike one alone is taken back: each was given for a cause of its own. */
export async function revokeDated(tx: Tx, accountId: string, grant: Grant, term: Term, by: string | null) {
  const { role, scope, organisation_id } = columnsOf(grant)
  await sql`
    update grants set revoked_at = now(), revoked_by = ${by} where id = (
      select id from grants where account_id = ${accountId} and role = ${role} and scope = ${scope}
        and organisation_id is not distinct from ${organisation_id}::uuid and starts_on = ${term.startsOn}::date
        and ends_on is not distinct from ${term.endsOn}::date and delegated_by is null and revoked_at is null
      order by granted_at limit 1)`.execute(tx)
}

/** What the account holds itself today, and nothing when it is closed; what it was lent it does not hold. */
export async function listOwnGrants(db: Db, accountId: string) {
  const { rows } = await sql<{ role: string; scope: string; region: string | null; organisationId: string | null }>`
    select held.role, held.scope, held.region, held.id as "organisationId"
    from accounts a join lateral (
      select role, scope, region_code as region, organisation_id as id from grants
      where account_id = a.id and delegated_by is null and revoked_at is null and starts_on <= current_date
        and (ends_on is null or ends_on >= current_date)
      union all
      select role, 'organisation', null, organisation_id from memberships
      where account_id = a.id and ended_at is null and starts_on <= current_date
        and (ends_on is null or ends_on >= current_date)) as held on true
    where a.id = ${accountId} and a.blocked_at is null and a.erased_at is null`.execute(db)
  return rows
}

export type Reach = { id: string; name: string; region: string; lineage: string[]; regions: string[] }

/** Where organisations stand, and in which regions lie those below them. */
export async function listReaches(db: Db, ids: readonly string[]): Promise<Reach[]> {
  const { rows } = await sql<Reach>`
    select o.id, o.short_name as name, o.region_code as region, o.lineage,
      array(select distinct below.region_code from organisations below where below.lineage @> array[o.id]) as regions
    from organisations o where o.id = any(${[...ids]}::uuid[])`.execute(db)
  return rows
}

/** Whether the account holds exactly this now, or will from a coming day on. */
export async function holdsGrant(db: Db, accountId: string, grant: Grant): Promise<boolean> {
  const { role, scope, region_code, organisation_id } = columnsOf(grant)
  const row = await db
    .selectFrom('grants')
    .select('id')
    .where('account_id', '=', accountId)
    .where('role', '=', role)
    .where('scope', '=', scope)
    .where(sql<boolean>`region_code is not distinct from ${region_code}`)
    .where(sql<boolean>`organisation_id is not distinct from ${organisation_id}::uuid`)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`coalesce(ends_on >= current_date, true)`)
    .executeTakeFirst()
  return row !== undefined
}

export const listAdministrators = (db: Db) =>
  db
    .selectFrom('grants as g')
    .innerJoin('accounts as a', 'a.id', 'g.account_id')
    .select([
      'a.surname',
      'a.name',
      'a.patronymic',
      'a.email',
      'a.blocked_at as blockedAt',
      'g.granted_at as grantedAt',
    ])
    .where('g.role', '=', 'administrator')
    .where('g.revoked_at', 'is', null)
    .orderBy('g.granted_at')
    .execute()
