import { sql } from 'kysely'
import type { Tx } from '../../kernel/db/index.ts'

/** Marks one that is due within a day and was not recalled yet; what another transaction holds is passed over. */
export const takeNearlyDue = async (tx: Tx): Promise<string | undefined> =>
  (
    await tx
      .updateTable('applications')
      .set({ reminded_at: sql<Date>`now()` })
      .where('id', '=', (eb) =>
        eb
          .selectFrom('applications')
          .select('id')
          .where('state', '=', 'waiting')
          .where('reminded_at', 'is', null)
          .where('due_at', '>', sql<Date>`now()`)
          .where('due_at', '<', sql<Date>`now() + interval '1 day'`)
          .orderBy('due_at')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returning('id')
      .executeTakeFirst()
  )?.id

/** Marks one whose day has passed, once for a stage. */
export const takeLate = async (tx: Tx): Promise<string | undefined> =>
  (
    await tx
      .updateTable('applications')
      .set({ escalated_at: sql<Date>`now()` })
      .where('id', '=', (eb) =>
        eb
          .selectFrom('applications')
          .select('id')
          .where('state', '=', 'waiting')
          .where('escalated_at', 'is', null)
          .where('due_at', '<', sql<Date>`now()`)
          .orderBy('due_at')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returning('id')
      .executeTakeFirst()
  )?.id
