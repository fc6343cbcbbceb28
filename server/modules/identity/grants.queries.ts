import type { Grant } from '../../kernel/access/index.ts'
import { randomUUIDv7, type Tx } from '../../kernel/db/index.ts'

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
