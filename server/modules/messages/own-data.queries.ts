/** What messages keep about one person: all of them are its own. */
import type { Tx } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'

export const exportOwn = async ({ db, account }: Context): Promise<Record<string, unknown>> => ({
  messages: await db
    .selectFrom('messages')
    .select(['kind', 'title', 'body', 'sender', 'created_at as createdAt', 'read_at as readAt'])
    .where('account_id', '=', account.id)
    .orderBy('created_at')
    .execute(),
  messageChoices: await db
    .selectFrom('message_choices')
    .select(['kind', 'delivery', 'chosen_at as chosenAt'])
    .where('account_id', '=', account.id)
    .execute(),
  pushDevices: await db
    .selectFrom('push_subscriptions')
    .select(['device', 'created_at as createdAt', 'told_at as toldAt'])
    .where('account_id', '=', account.id)
    .execute(),
})

export const eraseOwn = async (tx: Tx, accountId: string): Promise<void> => {
  for (const table of ['messages', 'message_choices', 'message_digests', 'push_subscriptions'] as const)
    await tx.deleteFrom(table).where('account_id', '=', accountId).execute()
}
