import type { z } from 'zod'
import {
  MessageChoices,
  MessageList,
  Message as MessageReply,
  MessagesQuery,
  NewChoices,
  NewPushDevice,
  PushDevices,
} from '../../../contracts/messages.ts'
import { routes } from '../../kernel/http/index.ts'
import { chooseDeliveries, viewChoices } from './choices.ts'
import type { Message } from './messages.queries.ts'
import { readAllMessages, readMessage, viewMessages } from './messages.ts'
import { subscribeDevice, unsubscribeDevice, viewDevices } from './push/push.ts'

export const messagesRoutes = routes('/messages')
  .get(
    '/',
    {
      needs: 'signed-in',
      tokens: 'own',
      summary: 'Ваши сообщения: сначала непрочитанные',
      query: MessagesQuery,
      replies: MessageList,
    },
    async (ctx, _params, query) => {
      const messages = await viewMessages(ctx, query)
      return { ...messages, rows: messages.rows.map(replyOf) }
    },
  )
  .put(
    '/reading',
    { needs: 'signed-in', tokens: 'own', summary: 'Отметить все сообщения прочитанными' },
    async (ctx) => {
      await readAllMessages(ctx)
      return undefined
    },
  )
  .put(
    '/{id}/reading',
    { needs: 'signed-in', tokens: 'own', summary: 'Отметить сообщение прочитанным', replies: MessageReply },
    async (ctx, { id }) => replyOf(await readMessage(ctx, id)),
  )

export const choicesRoutes = routes('/profile/message-choices')
  .get(
    '/',
    {
      needs: 'signed-in',
      summary: 'О чём и как кабинет пишет вам: письмо сразу, сводка, без писем',
      replies: MessageChoices,
    },
    (ctx) => viewChoices(ctx),
  )
  .put(
    '/',
    { needs: 'signed-in', summary: 'Выбрать, как приходят письма', body: NewChoices, replies: MessageChoices },
    async (ctx, _params, choices) => {
      await chooseDeliveries(ctx, choices)
      return viewChoices(ctx)
    },
  )

export const devicesRoutes = routes('/profile/push-devices')
  .get(
    '/',
    { needs: 'signed-in', summary: 'Устройства, на которые приходят уведомления', replies: PushDevices },
    (ctx) => viewDevices(ctx),
  )
  .post(
    '/',
    { needs: 'signed-in', summary: 'Включить уведомления в этом браузере', body: NewPushDevice },
    async (ctx, _params, device) => {
      await subscribeDevice(ctx, device)
    },
  )
  .delete('/{id}', { needs: 'signed-in', summary: 'Отключить уведомления на устройстве' }, (ctx, { id }) =>
    unsubscribeDevice(ctx, id),
  )

const replyOf = (message: Message): z.input<typeof MessageReply> => ({
  ...message,
  createdAt: message.createdAt.toISOString(),
  readAt: message.readAt?.toISOString() ?? null,
})
