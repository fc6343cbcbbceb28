import { sql } from 'kysely'
import { type Delivery, pageSize } from '../../../contracts/messages.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'

export type NewMessage = {
  kind: string
  title: string
  body: string
  href: string
  sender: string | null
  uniqueKey: string | null
  byDefault: Delivery
  /** Whatever the person has chosen. */
  always: boolean
}

/**
 * Writes the message for each account that has not been told it yet, with its way by the person's choice; answers with
 * those, and their confirmed e-mail.
 */
export async function insertMessages(
  tx: Tx,
  accountIds: readonly string[],
  message: NewMessage,
): Promise<{ id: string; accountId: string; email: string | null; delivery: Delivery | null }[]> {
  const { kind, byDefault, always } = message
  const deliveryFor = (accountId: string) =>
    always
      ? byDefault
      : sql<Delivery>`coalesce(
          (select choice.delivery from message_choices choice
            where choice.account_id = ${accountId} and choice.kind = ${kind}), ${byDefault})`
  const written = await tx
    .insertInto('messages')
    .values(
      accountIds.map((accountId) => ({
        id: randomUUIDv7(),
        account_id: accountId,
        kind: message.kind,
        title: message.title,
        body: message.body,
        href: message.href,
        sender: message.sender,
        unique_key: message.uniqueKey,
        delivery: deliveryFor(accountId),
      })),
    )
    .onConflict((conflict) => conflict.columns(['account_id', 'unique_key']).doNothing())
    .returning([
      'id',
      'account_id as accountId',
      'delivery',
      sql<string | null>`(
        select account.email from accounts account
        where account.id = messages.account_id and account.email_confirmed_at is not null and account.blocked_at is null)`.as(
        'email',
      ),
    ])
    .execute()
  return written
}

const messageColumns = [
  'id',
  'kind',
  'title',
  'body',
  'href',
  'sender',
  'created_at as createdAt',
  'read_at as readAt',
] as const

export type Message = Awaited<ReturnType<typeof listLatest>>[number]

/** Newest first; those not yet read stand above. */
export const listLatest = (db: Db, accountId: string, limit: number) =>
  db
    .selectFrom('messages')
    .select(messageColumns)
    .where('account_id', '=', accountId)
    .orderBy(sql`read_at is null`, 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export type Narrowing = { page: number; kinds?: readonly string[] | undefined; unread?: boolean }

/** A page of them with their whole number and that of the unread among them: one round trip. */
export async function listMessages(db: Db, accountId: string, { page, kinds, unread = false }: Narrowing) {
  const rows = await db
    .selectFrom('messages')
    .select(messageColumns)
    .select([
      sql<number>`count(*) over ()`.as('total'),
      sql<number>`count(*) filter (where read_at is null) over ()`.as('unread'),
    ])
    .where('account_id', '=', accountId)
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', kinds ?? []))
    .$if(unread, (query) => query.where('read_at', 'is', null))
    .orderBy(sql`read_at is null`, 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return {
    rows: rows.map(({ total: _total, unread: _unread, ...message }) => message),
    total: rows[0]?.total ?? 0,
    unread: rows[0]?.unread ?? 0,
  }
}

/** Undefined when the message is another's or does not exist. The first reading is the one that counts. */
export const markRead = (db: Db, accountId: string, id: string) =>
  db
    .updateTable('messages')
    .set({ read_at: sql<Date>`coalesce(read_at, now())` })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .returning(messageColumns)
    .executeTakeFirst()

export const markAllRead = (db: Db, accountId: string) =>
  db
    .updateTable('messages')
    .set({ read_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
    .execute()
