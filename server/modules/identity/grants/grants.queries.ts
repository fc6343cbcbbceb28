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
) =>
  tx
    .insertInto('grants')
    .values({
      id: randomUUIDv7(),
      account_id: accountId,
      ...columnsOf(grant),
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
