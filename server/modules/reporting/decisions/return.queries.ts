import { sql } from 'kysely'
import type { Db } from '../../../kernel/db/index.ts'

/** Reports of an organisation that nobody has accepted yet. */
export const countUnaccepted = async (db: Db, organisationId: string): Promise<number> =>
  (
    await db
      .selectFrom('reports')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('organisation_id', '=', organisationId)
      .where('state', '<>', 'accepted')
      .executeTakeFirstOrThrow()
  ).count
