/** What crosses the wire about tokens, by which programs act in a person's name. */
import { z } from 'zod'

const name = z
  .string()
  .trim()
  .min(1, 'Назовите токен: по названию вы узнаете программу, которой он выдан')
  .max(100, 'Можно не больше 100 знаков')

/** At most a year: a token that nobody remembers must end by itself. */
export const tokenDays = [30, 90, 180, 365] as const

const somePermission = {
  path: ['permissions'],
  message: 'Отметьте хотя бы одно право',
}

export const NewApiToken = z
  .object({
    name,
    permissions: z.array(z.string().max(60)).max(100),
    own: z.boolean().default(false).meta({ description: 'Открыть программе сообщения и заявки владельца' }),
    days: z
      .int()
      .min(1, 'Не меньше одного дня')
      .max(365, 'Не больше года')
      .meta({ description: 'Сколько дней действует' }),
  })
  .refine(({ permissions, own }) => own || permissions.length > 0, somePermission)
export type NewApiToken = z.output<typeof NewApiToken>

/** The same, as the page posts it: one ticked box comes as a text, several as a list. */
export const NewApiTokenForm = z
  .object({
    name,
    permissions: z.union([z.string(), z.array(z.string())]).optional(),
    own: z.literal('on').optional(),
    days: z.enum(tokenDays.map(String), 'Выберите срок'),
  })
  .refine(({ permissions, own }) => own || permissions !== undefined, somePermission)
  .transform(({ permissions, own, days, ...rest }) => ({
    ...rest,
    permissions: [permissions ?? []].flat(),
    own: own === 'on',
    days: Number(days),
  }))

export const ApiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  permissions: z.array(z.object({ permission: z.string(), name: z.string() })),
  own: z.boolean().meta({ description: 'Открыты ли программе сообщения и заявки владельца' }),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  lastAddress: z.string().nullable(),
  state: z.enum(['works', 'expired', 'revoked']),
})
export type ApiToken = z.output<typeof ApiToken>

export const IssuedApiToken = ApiToken.extend({
  token: z.string().meta({ description: 'Показывается один раз: в базе остаётся только его отпечаток' }),
})
export type IssuedApiToken = z.output<typeof IssuedApiToken>
