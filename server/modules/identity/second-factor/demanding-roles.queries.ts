import type { Role } from '../../../kernel/access/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'

export const listDemandingRoles = (db: Db) => db.selectFrom('demanding_roles').select('role').orderBy('role').execute()

export async function replaceDemandingRoles(tx: Tx, roles: readonly Role[], setBy: string | null): Promise<void> {
  await tx
    .deleteFrom('demanding_roles')
    .where('role', 'not in', roles.length > 0 ? roles : ['' as Role])
    .execute()
  if (roles.length > 0)
    await tx
      .insertInto('demanding_roles')
      .values(roles.map((role) => ({ role, set_by: setBy })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}
