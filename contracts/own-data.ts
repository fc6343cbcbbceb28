/** A person's own copy of what is kept about it, and the deletion of its account. */
import { z } from 'zod'

/** From the asking to the erasing, during which the person may think again. */
export const erasureDays = 10

const Password = z.string().max(1000).optional().meta({ description: 'Нужен, если у учётной записи есть пароль' })

export const OwnCopyAsked = z.object({ password: Password })

export const ErasureAsked = z.object({
  password: Password,
  confirmation: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Слово «удалить», если пароля у учётной записи нет' }),
})
export type ErasureAsked = z.infer<typeof ErasureAsked>

export const ErasureView = z.object({
  mustHandOver: z.array(z.string()).meta({ description: 'Что сначала передать другим; пустой список: ничего' }),
  hasPassword: z.boolean(),
  days: z.int(),
})
export type ErasureView = z.infer<typeof ErasureView>

export const WaitingErasure = z.object({
  until: z.string().meta({ description: 'До этого момента удаление можно отменить' }),
  cancelling: z
    .string()
    .nullable()
    .meta({ description: 'Код отмены, если письмо со ссылкой отправить некуда; иначе null' }),
})
export type WaitingErasure = z.infer<typeof WaitingErasure>

export const ErasureCancelling = z.object({ token: z.string().min(1).max(200) })
