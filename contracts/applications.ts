import { z } from 'zod'
import { pageSize } from './organisations.ts'

/** Applications: each asks for a decision once. Every kind has its own form. */

export const applicationKinds = ['attachment'] as const
export type ApplicationKind = (typeof applicationKinds)[number]

export const applicationStates = ['waiting', 'granted', 'refused', 'withdrawn'] as const
export type ApplicationState = (typeof applicationStates)[number]

/** What a person may ask to be in an organisation; a supervisor only where others stand below. */
export const attachmentRoles = ['responsible', 'member', 'supervisor'] as const
export type AttachmentRole = (typeof attachmentRoles)[number]

/** What an application for attachment keeps as its form. */
export const AttachmentForm = z.object({
  role: z.enum(attachmentRoles, 'Выберите роль'),
  why: z
    .string()
    .trim()
    .min(3, 'Напишите, зачем вам доступ: решение принимает человек')
    .max(1000, 'Слишком длинно: можно не больше 1000 знаков')
    .meta({ description: 'Должность, приказ, зачем нужен доступ' }),
})
export type AttachmentForm = z.output<typeof AttachmentForm>

export const NewAttachment = AttachmentForm.extend({
  organisationId: z.uuid('Выберите организацию').meta({ description: 'К какой организации прикрепить' }),
})
export type NewAttachment = z.output<typeof NewAttachment>

/** ДД.ММ.ГГГГ of a form or YYYY-MM-DD of the API; an empty field says that there is none. */
const Day = z
  .string()
  .trim()
  .transform((typed, context) => {
    const match = /^(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})$/.exec(typed)
    const day = match ? `${match[3]}-${match[2]?.padStart(2, '0')}-${match[1]?.padStart(2, '0')}` : typed
    if (z.iso.date().safeParse(day).success) return day
    context.addIssue({ code: 'custom', message: 'Введите дату как ДД.ММ.ГГГГ, например 18.01.2027' })
    return z.NEVER
  })
const OptionalDay = z
  .union([z.literal('').transform(() => null), Day])
  .nullable()
  .default(null)

export const Granting = z
  .object({
    role: z.enum(attachmentRoles, 'Выберите роль'),
    startsOn: OptionalDay.meta({ description: 'С какого дня; пусто: с сегодняшнего' }),
    endsOn: OptionalDay.meta({ description: 'По какой день включительно; пусто: без срока' }),
    reason: z.string().trim().max(2000).default('').meta({ description: 'Пояснение, его увидит заявитель' }),
  })
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || endsOn >= startsOn, {
    path: ['endsOn'],
    message: 'Последний день прикрепления раньше первого',
  })
export type Granting = z.output<typeof Granting>

export const RefusalOfApplication = z.object({
  reason: z
    .string()
    .trim()
    .min(3, 'Напишите причину отказа: её увидит заявитель')
    .max(2000, 'Слишком длинно: можно не больше 2000 знаков')
    .meta({ description: 'Показывается заявителю как есть' }),
})
export type RefusalOfApplication = z.output<typeof RefusalOfApplication>

const Person = z.object({ id: z.uuid(), fullName: z.string() })

export const ApplicationLine = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.enum(applicationKinds),
  state: z.enum(applicationStates),
  applicant: Person,
  organisation: z.object({ id: z.uuid(), shortName: z.string() }),
  createdAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
})

export const Application = ApplicationLine.extend({
  form: AttachmentForm,
  decidedBy: Person.nullable(),
  reason: z.string().nullable(),
  version: z.int(),
  mayDecide: z.boolean().meta({ description: 'Можете ли вы принять по ней решение' }),
  mayWithdraw: z.boolean(),
  deciders: z
    .array(z.object({ fullName: z.string(), organisation: z.string().nullable() }))
    .meta({ description: 'У кого она сейчас' }),
})

export const applicationSides = ['own', 'queue'] as const

export const ApplicationsQuery = z.object({
  side: z
    .enum(applicationSides)
    .optional()
    .catch(undefined)
    .meta({ description: 'own: поданные вами; queue: по которым решаете вы' }),
  state: z.enum(applicationStates).optional().catch(undefined),
  q: z.string().trim().max(200).catch('').default('').meta({ description: 'Номер, заявитель или организация' }),
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .catch(1)
    .default(1)
    .meta({ description: `Страница, по ${pageSize} строк` }),
})
export type ApplicationsQuery = z.output<typeof ApplicationsQuery>

export const ApplicationList = z.object({ total: z.int(), page: z.int(), rows: z.array(ApplicationLine) })
