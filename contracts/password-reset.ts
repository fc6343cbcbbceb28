/** What crosses the wire when a password is set anew. */
import { z } from 'zod'
import { NewPassword } from './identity.ts'
import { readEmail, readPhone } from './requisites.ts'

/** Where the link or the code goes: an e-mail in lower case, or `+7XXXXXXXXXX`. */
export type ResetAddress = { channel: 'email' | 'sms'; to: string }

const Contact = z
  .string()
  .max(300, 'Слишком длинное значение')
  .transform((typed, context): ResetAddress => {
    const phone = !typed.includes('@') && /\d/.test(typed)
    const { value, problem } = phone ? readPhone(typed) : readEmail(typed)
    if (problem === undefined) return { channel: phone ? 'sms' : 'email', to: value.toLowerCase() }
    context.addIssue({ code: 'custom', message: typed.trim() === '' ? 'Введите почту или телефон' : problem })
    return z.NEVER
  })
  .meta({ description: 'Почта или подтверждённый телефон учётной записи' })

export const ResetRequest = z.object({
  contact: Contact,
  way: z.enum(['link', 'code']).default('link').meta({ description: 'На телефон всегда приходит код' }),
})
export type ResetRequest = z.infer<typeof ResetRequest>

export const ResetAsked = z.object({
  number: z.string().meta({ description: 'Номер заявки на восстановление: его спросит поддержка' }),
})

const Code = z
  .string()
  .trim()
  .regex(/^\d[\d\s-]{4,10}\d$/, 'Введите 6 цифр из сообщения')
  .meta({ description: '6 цифр из SMS или письма' })

export const NewPasswordByCode = z.object({ contact: Contact, code: Code, password: NewPassword })

const again = {
  check: (form: { password?: unknown; passwordAgain?: unknown }) => form?.password === form?.passwordAgain,
  told: { path: ['passwordAgain'], message: 'Пароли не совпадают: введите их ещё раз', when: () => true },
}

/** The ticket holds the address sealed, so that it stands in no address line and no log. */
export const ResetTicket = z.object({ ticket: z.string().max(1000).catch('') })
export const NewPasswordByCodeForm = z
  .object({ ticket: z.string().max(1000), code: Code, password: NewPassword, passwordAgain: z.string() })
  .refine(again.check, again.told)

/** Instead of a temporary password, at the first sign-in. */
export const OwnPassword = z.object({ password: NewPassword })
export const OwnPasswordForm = z
  .object({ password: NewPassword, passwordAgain: z.string(), next: z.string().max(2000).optional().catch(undefined) })
  .refine(again.check, again.told)
