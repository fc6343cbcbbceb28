import type { z } from 'zod'
import { MessageList, Message as MessageReply, MessagesQuery } from '../../../contracts/messages.ts'
import { routes } from '../../kernel/http/index.ts'
import type { Message } from './messages.queries.ts'
import { readAllMessages, readMessage, viewMessages } from './messages.ts'

export const messagesRoutes = routes('/messages')
  .get(
    '/',
    {
      needs: 'signed-in',
      tokens: true,
      summary: 'Ваши сообщения: сначала непрочитанные',
      query: MessagesQuery,
      replies: MessageList,
    },
    async (ctx, _params, { page }) => {
      const messages = await viewMessages(ctx, page)
      return { ...messages, rows: messages.rows.map(replyOf) }
    },
  )
  .put(
    '/reading',
    { needs: 'signed-in', tokens: true, summary: 'Отметить все сообщения прочитанными' },
    async (ctx) => {
      await readAllMessages(ctx)
      return undefined
    },
  )
  .put(
    '/{id}/reading',
    { needs: 'signed-in', tokens: true, summary: 'Отметить сообщение прочитанным', replies: MessageReply },
    async (ctx, { id }) => replyOf(await readMessage(ctx, id)),
  )

const replyOf = (message: Message): z.input<typeof MessageReply> => ({
  ...message,
  createdAt: message.createdAt.toISOString(),
  readAt: message.readAt?.toISOString() ?? null,
})
