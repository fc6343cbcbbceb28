import { z } from 'zod'

/** What the cabinet tells a person, as it crosses the wire. */

export const pageSize = 50

export const MessagesQuery = z.object({
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .catch(1)
    .default(1)
    .meta({ description: `Страница, по ${pageSize} сообщений` }),
})

export const Message = z.object({
  id: z.uuid(),
  kind: z.string().meta({ description: 'О чём: report.refused, application.waiting' }),
  title: z.string(),
  body: z.string(),
  href: z.string().meta({ description: 'Страница портала, о которой речь' }),
  sender: z.string().nullable(),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
})

export const MessageList = z.object({
  total: z.int(),
  unread: z.int(),
  page: z.int(),
  rows: z.array(Message),
})
