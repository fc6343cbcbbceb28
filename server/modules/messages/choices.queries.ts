import { sql } from 'kysely'
import type { Delivery } from '../../../contracts/messages.ts'
import type { Db, Tx } from '../../kernel/db/index.ts'

export const listChoices = (db: Db, accountId: string) =>
  db.selectFrom('message_choices').select(['kind', 'delivery']).where('account_id', '=', accountId).execute()

export type Choice = { kind: string; delivery: Delivery }

export const writeChoices = (tx: Tx, accountId: string, choices: readonly Choice[]) =>
  tx
    .insertInto('message_choices')
    .values(choices.map(({ kind, delivery }) => ({ account_id: accountId, kind, delivery })))
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'kind'])
        .doUpdateSet({ delivery: (eb) => eb.ref('excluded.delivery'), chosen_at: sql<Date>`now()` }),
    )
    .execute()

/** Whoever wants no more letters of a kind gets none of what is waiting for the digest either. */
export const keepToCabinet = (tx: Tx, accountId: string, kinds: readonly string[]) =>
  tx
    .updateTable('messages')
    .set({ delivery: 'cabinet' })
    .where('account_id', '=', accountId)
    .where('kind', 'in', kinds)
    .where('delivery', '=', 'daily')
    .where('digested_at', 'is', null)
    .execute()
