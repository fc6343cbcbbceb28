/** What crosses the wire about a person's e-mail and telephone: confirming them, and changing confirmed ones. */
import { z } from 'zod'
import { Email, Phone } from './requisites.ts'

export const ContactKind = z.enum(['email', 'phone'])
export type ContactKind = z.infer<typeof ContactKind>

export const Contacts = z.object({
  email: z.string(),
  emailConfirmed: z.boolean(),
  phone: z.string().nullable(),
  phoneConfirmed: z.boolean(),
  demanded: z.enum(['email', 'sms', 'either']).meta({ description: 'Что нужно подтвердить, чтобы войти полностью' }),
  changes: z.array(
    z.object({
      kind: ContactKind,
      newValue: z.string(),
      oldConfirmed: z.boolean(),
      newConfirmed: z.boolean(),
      expiresAt: z.string(),
    }),
  ),
})
export type Contacts = z.infer<typeof Contacts>

const TypedCode = z
  .string()
  .trim()
  .regex(/^\d[\d\s-]{4,10}\d$/, 'Введите 6 цифр из сообщения')

export const ContactConfirmation = z.object({
  way: z.enum(['link', 'code']).default('code').meta({ description: 'Ссылка бывает только в письме' }),
})
export const ContactCode = z.object({ code: TypedCode })

/** An e-mail in lower case or a telephone; which of them, the address of the call tells. */
export const NewContact = z.object({ value: z.string().max(300, 'Слишком длинное значение') })
export const readers: Record<ContactKind, z.ZodType<string, string>> = {
  email: Email.pipe(z.string().toLowerCase()),
  phone: Phone,
}

const OptionalCode = z
  .string()
  .trim()
  .transform((typed) => typed || undefined)
  .pipe(TypedCode.optional())
  .optional()

/** Both at once, or one after the other. */
export const ContactChangeCodes = z.object({
  oldCode: OptionalCode.meta({ description: 'Из сообщения на прежний контакт' }),
  newCode: OptionalCode.meta({ description: 'Из сообщения на новый контакт' }),
})
export type ContactChangeCodes = z.infer<typeof ContactChangeCodes>
