import type { Scopes } from '../../kernel/access/index.ts'
import type { Db, Tx } from '../../kernel/db/index.ts'

export type Region = { code: string; name: string }

export const hasRegions = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('regions').select('code').limit(1).executeTakeFirst()) !== undefined

/** Of two nodes that start at once, one inserts; what stands already stays as it is. */
export const insertRegions = (tx: Tx, regions: readonly Region[]) =>
  tx
    .insertInto('regions')
    .values([...regions])
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute()

export const findRegion = (db: Db, code: string): Promise<Region | undefined> =>
  db.selectFrom('regions').select(['code', 'name']).where('code', '=', code).executeTakeFirst()

/** Those that lie wholly within the scopes. */
export const listRegions = (db: Db, { everywhere, regions }: Scopes): Promise<Region[]> =>
  db
    .selectFrom('regions')
    .select(['code', 'name'])
    .$if(!everywhere, (query) => query.where('code', 'in', regions.length > 0 ? regions : ['']))
    .orderBy('code')
    .execute()
