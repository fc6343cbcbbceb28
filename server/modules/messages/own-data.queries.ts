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
})

export const eraseOwn = async (tx: Tx, accountId: string): Promise<void> => {
  await tx.deleteFrom('messages').where('account_id', '=', accountId).execute()
}
