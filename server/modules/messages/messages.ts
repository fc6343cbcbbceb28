import type { Tx } from '../../kernel/db/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { sendLetter } from '../../kernel/mail/index.ts'
import { insertMessages, listMessages, type Message, markAllRead, markRead } from './messages.queries.ts'

export type Telling = {
  accountId?: string
  accountIds?: readonly string[]
  /** For what it is told: `report.refused`, `application.waiting`. */
  kind: string
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
  /** The same key is told to one account once, whoever tells it again. */
  uniqueKey?: string
  /** `false` keeps it to the cabinet. */
  letter?: boolean
}

const settings: { baseUrl: string | undefined } = { baseUrl: undefined }

/** Said once by the composition: letters lead to the portal by its own address, never by that of a request. */
export function configureMessages({ baseUrl }: { baseUrl: string }): void {
  settings.baseUrl = baseUrl
}

/**
 * Tells something in the cabinet and, unless `letter` is false, by a letter to the confirmed e-mail; both in the
 * transaction of what happened. An account named twice is told once.
 */
export async function tell(tx: Tx, telling: Telling): Promise<void> {
  const { accountId, accountIds = [], kind, title, body, href, sender, uniqueKey } = telling
  const everyone = [...new Set([...(accountId ? [accountId] : []), ...accountIds])]
  if (everyone.length === 0) return
  const message = { kind, title, body, href, sender: sender ?? null, uniqueKey: uniqueKey ?? null }
  const written = await insertMessages(tx, everyone, message)
  if (telling.letter === false) return
  for (const { id, email } of written) {
    if (email) await sendLetter(tx, letterOf(telling, id, email))
  }
}

function letterOf({ title, body, action = 'Открыть в личном кабинете' }: Telling, messageId: string, to: string) {
  if (!settings.baseUrl) throw new Error('configureMessages has not been called')
  return {
    to,
    subject: title,
    paragraphs: body.split('\n\n'),
    // Through the message, so that what was read by letter is not shown as new.
    action: { text: action, url: `${settings.baseUrl}/messages/${messageId}` },
    uniqueKey: `message:${messageId}`,
  }
}

export async function viewMessages(ctx: Context, page: number) {
  const { rows, total, unread } = await listMessages(ctx.db, ctx.account.id, page)
  return { rows, total, unread, page }
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
