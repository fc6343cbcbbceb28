/** «Синхронизация с Госуслугами»: how an account is tied to a person at ЕСИА. */
import { z } from 'zod'

export const EsiaTie = z.object({
  available: z.boolean().meta({ description: 'Портал подключён к Госуслугам, и правило аудитории их допускает' }),
  tied: z
    .object({
      since: z.string(),
      refreshedAt: z.string().nullable(),
      organisation: z
        .string()
        .nullable()
        .meta({ description: 'От имени какой организации человек вошёл последний раз' }),
      refreshable: z.boolean().meta({ description: 'Данные можно обновить, не входя заново' }),
    })
    .nullable(),
})
export type EsiaTie = z.infer<typeof EsiaTie>

/** Where the browser is to go; its answer comes back to the portal by itself. */
export const EsiaWay = z.object({ location: z.string() })
