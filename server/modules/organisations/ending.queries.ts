import { sql } from 'kysely'
import type { OrganisationState } from '../../../contracts/organisations.ts'
import type { Db, Tx } from '../../kernel/db/index.ts'

export type EndingRow = {
  state: Exclude<OrganisationState, 'active'>
  on: string
  reason: string
  successorId: string | null
}

/** False when the version is not the newest. */
export async function markEnded(
  tx: Tx,
  id: string,
  version: number,
  { state, on, reason, successorId }: EndingRow,
  by: string | null,
): Promise<boolean> {
  const updated = await tx
    .updateTable('organisations')
    .set({
      state,
      closed_at: sql<Date>`now()`,
      ended_on: on,
      end_reason: reason,
      ended_by: by,
      successor_id: successorId,
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return updated !== undefined
}

/** False when the version is not the newest. */
export async function markReopened(tx: Tx, id: string, version: number): Promise<boolean> {
  const updated = await tx
    .updateTable('organisations')
    .set({
      state: 'active',
      closed_at: null,
      ended_on: null,
      end_reason: null,
      ended_by: null,
      successor_id: null,
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return updated !== undefined
}

/** Open ones that stand right under it. */
export const listOpenBelow = (db: Db, id: string) =>
  db
    .selectFrom('organisations')
    .select(['id', 'short_name as shortName'])
    .where('parent_id', '=', id)
    .where('closed_at', 'is', null)
    .orderBy('sort_name')
    .execute()

export const isFuture = async (db: Db, day: string): Promise<boolean> => {
  const { rows } = await sql<{ future: boolean }>`select ${day}::date > current_date as future`.execute(db)
  return rows[0]?.future ?? false
}
