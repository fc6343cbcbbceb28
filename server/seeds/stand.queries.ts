import type { Db, Tx } from '../kernel/db/index.ts'

export const hasAccounts = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined

/** A stranger tries the stand out with nothing but a password, the administrator's account too; support sets one up. */
export const demandNoFactors = (tx: Tx) =>
  tx.deleteFrom('demanding_roles').where('role', '=', 'administrator').execute()
