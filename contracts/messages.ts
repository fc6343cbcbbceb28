import { z } from 'zod'

/** What the cabinet tells a person, as it crosses the wire. */

export const pageSize = 50

/** How a letter goes: with the message, in one letter a day, or not at all. The message itself always stands in the cabinet. */
export const deliveries = ['at-once', 'daily', 'cabinet'] as const
export type Delivery = (typeof deliveries)[number]
const Delivery = z.enum(deliveries).meta({
  description: 'at-once — письмо сразу, daily — сводка раз в день, cabinet — без писем',
})

export const MessagesQuery = z.object({
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .catch(1)
    .default(1)
    .meta({ description: `Страница, по ${pageSize} сообщений` }),
  group: z
    .string()
    .max(50)
    .optional()
    .catch(undefined)
    .meta({ description: 'Только о чём: applications, reports, security' }),
  unread: z.literal('yes').optional().catch(undefined).meta({ description: 'yes — только непрочитанные' }),
})
export type MessagesQuery = z.output<typeof MessagesQuery>

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
  unread: z.int().meta({ description: 'Непрочитанных среди отобранных' }),
  page: z.int(),
  rows: z.array(Message),
})

/** What a person has chosen about letters, by kind. */
export const MessageChoices = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      kinds: z.array(
        z.object({
          kind: z.string(),
          title: z.string(),
          toWhom: z.string(),
          delivery: Delivery,
          always: z.boolean().meta({ description: 'Письмо приходит сразу и не отключается' }),
        }),
      ),
    }),
  ),
})
export type MessageChoices = z.output<typeof MessageChoices>

export const NewChoices = z
  .record(z.string().max(100), Delivery)
  .refine((choices) => Object.keys(choices).length <= 200, 'не больше 200')
  .meta({ description: 'Вид сообщения → как приходит письмо' })

export const GroupChoice = z.object({ delivery: Delivery })

/** What a browser gives for notifications (Push API): where to send them and with what to encrypt them. */
export const NewPushDevice = z.object({
  endpoint: z.string().max(1000),
  p256dh: z.string().max(200),
  auth: z.string().max(100),
})
export type NewPushDevice = z.output<typeof NewPushDevice>

export const PushDevices = z.object({
  publicKey: z.string().meta({ description: 'Ключ установки (VAPID), с которым браузер подписывается' }),
  devices: z.array(
    z.object({
      id: z.uuid(),
      endpoint: z.string(),
      device: z.string(),
      createdAt: z.iso.datetime(),
      toldAt: z.iso.datetime().nullable(),
    }),
  ),
})
export type PushDevices = z.output<typeof PushDevices>
