import { sql } from 'kysely'
import type { Db } from '../db/index.ts'

export async function countOf(db: Db, bucket: string): Promise<number> {
  const row = await db
    .selectFrom('rate_limits')
    .select('count')
    .where('bucket', '=', bucket)
    .where('resets_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return row?.count ?? 0
}
