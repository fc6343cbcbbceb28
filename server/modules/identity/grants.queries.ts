import type { Grant } from '../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'

export const insertGrant = (tx: Tx, accountId: string, grant: Grant, grantedBy: string | null) =>
  tx
    .insertInto('grants')
    .values({
      id: randomUUIDv7(),
      account_id: accountId,
      role: grant.role,
      scope: grant.scope,
      region_code: grant.scope === 'region' ? grant.region : null,
      organisation_id: grant.scope === 'subtree' || grant.scope === 'organisation' ? grant.organisationId : null,
      granted_by: grantedBy,
    })
    .execute()

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
