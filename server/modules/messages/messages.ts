import type { MessagesQuery } from '../../../contracts/messages.ts'
import type { Tx } from '../../kernel/db/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { type NewLetter, sendLetter } from '../../kernel/mail/index.ts'
import { inUse } from './configuration.ts'
import { isAlways, isGroup, kindOf, kindsOf, type MessageKind } from './kinds.ts'
import { insertMessages, listMessages, type Message, markAllRead, markRead } from './messages.queries.ts'
import { tellDevices } from './push/push.ts'

/** What is told, whoever it is told to. */
export type Told = {
  /** A line of the table in kinds.ts, which says by which channel it goes. */
  kind: MessageKind
  /** One line; it is the letter's subject too, so it names no person. */
  title: string
  /** What happened and what to do next; an empty line parts paragraphs. */
  body: string
  /** Where it is seen and done: a path within the portal. */
  href: string
  /** What the letter's button says. */
  action?: string
  /** From whom: an organisation, «Заявка № 2026-00017». */
  sender?: string
}

export type Telling = Told & {
  accountId?: string
  accountIds?: readonly string[]
  /** The same key is told to one account once, whoever tells it again. */
  uniqueKey?: string
}

/**
 * Tells something in the cabinet and, as the person has chosen for its kind, by a letter to the confirmed e-mail; both
 * in the transaction of what happened. An account named twice is told once.
 */
export async function tell(tx: Tx, telling: Telling): Promise<void> {
  const { accountId, accountIds = [], kind, title, body, href, sender, uniqueKey } = telling
  const everyone = [...new Set([...(accountId ? [accountId] : []), ...accountIds])]
  if (everyone.length === 0) return
  const written = await insertMessages(tx, everyone, {
    kind,
    title,
    body,
    href,
    sender: sender ?? null,
    uniqueKey: uniqueKey ?? null,
    byDefault: kindOf(kind).byDefault,
    always: isAlways(kind),
  })
  await tellDevices(
    tx,
    written.map(({ accountId }) => accountId),
  )
  for (const { id, email, delivery } of written) {
    if (email && delivery === 'at-once')
      await sendLetter(tx, { ...letterOf(telling, id), to: email, uniqueKey: `message:${id}` })
  }
}

/** The letter of a message, still without its addressee. */
export const letterOf = (
  { title, body, action = 'Открыть в личном кабинете' }: Told,
  messageId: string,
): Omit<NewLetter, 'to'> => ({
  subject: title,
  paragraphs: body.split('\n\n'),
  // Through the message, so that what was read by letter is not shown as new.
  action: { text: action, url: `${inUse().baseUrl}/messages/${messageId}` },
})

export async function viewMessages(ctx: Context, { page, group, unread }: MessagesQuery) {
  const kinds = group !== undefined && isGroup(group) ? kindsOf(group) : undefined
  const found = await listMessages(ctx.db, ctx.account.id, { page, kinds, unread: unread === 'yes' })
  return { ...found, page }
}

/** @throws NotFound 404 when the message is another's */
export async function readMessage(ctx: Context, id: string): Promise<Message> {
  const message = await markRead(ctx.db, ctx.account.id, id)
  if (!message) throw new NotFound({ what: 'message' })
  return message
}

export async function readAllMessages(ctx: Context): Promise<void> {
  await markAllRead(ctx.db, ctx.account.id)
}
