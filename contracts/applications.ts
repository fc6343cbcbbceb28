import { z } from 'zod'
import { pageSize } from './organisations.ts'
import { Email } from './requisites.ts'

/** Applications: each asks for a decision once. Every kind has its own form. */

/** Which kinds there are, the rooms say: `GET /applications/kinds` lists them. */
export const ApplicationKind = z
  .string()
  .regex(/^[a-z][a-z-]{1,40}$/)
  .meta({ description: 'Вид заявки, см. GET /applications/kinds' })

export const applicationStates = [
  'unconfirmed',
  'waiting',
  'asked',
  'granted',
  'refused',
  'withdrawn',
  'closed',
] as const
export type ApplicationState = (typeof applicationStates)[number]

export const applicationStepKinds = [
  'submitted',
  'confirmed',
  'taken',
  'passed',
  'released',
  'asked',
  'answered',
  'agreed',
  'granted',
  'refused',
  'withdrawn',
  'closed',
  'reminded',
  'escalated',
] as const
export type ApplicationStepKind = (typeof applicationStepKinds)[number]

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

const Version = z
  .int()
  .optional()
  .meta({ description: 'Та, которую вы читали: если заявка с тех пор изменилась, ответ 409' })

/** What a decider adds to the granting of an attachment. */
export const AttachmentGranting = z
  .object({
    role: z.enum(attachmentRoles, 'Выберите роль'),
    startsOn: OptionalDay.meta({ description: 'С какого дня; пусто: с сегодняшнего' }),
    endsOn: OptionalDay.meta({ description: 'По какой день включительно; пусто: без срока' }),
  })
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || endsOn >= startsOn, {
    path: ['endsOn'],
    message: 'Последний день прикрепления раньше первого',
  })
export type AttachmentGranting = z.output<typeof AttachmentGranting>

/** Of any kind: what the kind itself asks of its decider is checked by it. */
export const Granting = z.looseObject({
  reason: z.string().trim().max(2000).default('').meta({ description: 'Пояснение, его увидит заявитель' }),
  version: Version,
})
export type Granting = z.output<typeof Granting>

const words = (least: string) =>
  z.string(least).trim().min(3, least).max(2000, 'Слишком длинно: можно не больше 2000 знаков')

export const RefusalOfApplication = z.object({
  reason: words('Напишите причину отказа: её увидит заявитель').meta({
    description: 'Показывается заявителю как есть',
  }),
  version: Version,
})
export type RefusalOfApplication = z.output<typeof RefusalOfApplication>

export const ApplicationQuestion = z.object({
  text: words('Напишите, что нужно уточнить').meta({ description: 'Вопрос заявителю: пока он не ответит, срок стоит' }),
})
export const ApplicationAnswer = z.object({ text: words('Напишите ответ') })

export const ApplicationAssignment = z.object({
  accountId: z.uuid().optional().meta({ description: 'Кому передать; без него заявку берёте вы' }),
})

/** Many at once with one reason. */
export const BulkDecision = z.object({
  ids: z.array(z.uuid()).min(1, 'Отметьте заявки').max(200, 'За один раз можно решить не больше 200 заявок'),
  outcome: z.enum(['granting', 'refusal', 'assignment'], 'Выберите решение'),
  reason: z.string().trim().max(2000).default(''),
})
export type BulkDecision = z.output<typeof BulkDecision>
export const BulkOutcome = z.object({
  done: z.array(z.uuid()),
  failed: z.array(z.object({ id: z.uuid(), number: z.string(), problem: z.string() })),
})
export type BulkOutcome = z.output<typeof BulkOutcome>

export const NewApplication = z.object({
  kind: ApplicationKind,
  organisationId: z.uuid().nullable().default(null).meta({ description: 'О какой организации, если вид о ней' }),
  form: z.record(z.string(), z.unknown()).meta({ description: 'Поля вида заявки, см. GET /applications/kinds' }),
})
export type NewApplication = z.output<typeof NewApplication>

/** Who asks without an account; the address is confirmed by a letter before anybody decides. */
export const ApplicationVisitor = z.object({
  visitorName: z
    .string('Напишите, как вас зовут')
    .trim()
    .min(5, 'Напишите фамилию, имя и отчество')
    .max(200, 'Слишком длинно'),
  visitorEmail: Email,
})
export const VisitorsApplication = ApplicationVisitor.extend({ kind: ApplicationKind, form: NewApplication.shape.form })
export type VisitorsApplication = z.output<typeof VisitorsApplication>

export const FollowingKey = z.string().regex(/^[\w-]{43}$/, 'Ссылка неполная: откройте её из письма целиком')
export const ApplicationConfirmation = z.object({ token: FollowingKey })

const Person = z.object({ id: z.uuid().nullable(), fullName: z.string() })

export const ApplicationLine = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: ApplicationKind,
  title: z.string().meta({ description: 'Вид заявки словами' }),
  state: z.enum(applicationStates),
  applicant: Person.meta({ description: 'id пуст у того, кто просит без учётной записи' }),
  organisation: z.object({ id: z.uuid(), shortName: z.string() }).nullable(),
  subject: z.string().meta({ description: 'О чём или о ком она' }),
  assignee: Person.nullable(),
  createdAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  overdue: z.boolean(),
  decidedAt: z.iso.datetime().nullable(),
})

const Step = z.object({
  kind: z.enum(applicationStepKinds),
  at: z.iso.datetime(),
  by: z.string().nullable(),
  to: z.string().nullable(),
  text: z.string().nullable(),
})

export const ApplicationFile = z.object({ id: z.uuid(), name: z.string(), size: z.int(), addedAt: z.iso.datetime() })

export const Application = ApplicationLine.extend({
  form: z.unknown(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  differences: z.array(z.object({ label: z.string(), before: z.string(), after: z.string() })),
  decidedBy: Person.nullable(),
  reason: z.string().nullable(),
  version: z.int(),
  stage: z.object({ number: z.int(), of: z.int(), title: z.string() }),
  steps: z.array(Step).meta({ description: 'История, вопросы и ответы' }),
  files: z.array(ApplicationFile),
  mayDecide: z.boolean().meta({ description: 'Можете ли вы принять по ней решение' }),
  mayAnswer: z.boolean(),
  mayWithdraw: z.boolean(),
  deciders: z
    .array(z.object({ fullName: z.string(), organisation: z.string().nullable() }))
    .meta({ description: 'У кого она сейчас' }),
})

export const ApplicationKindView = z.object({
  kind: ApplicationKind,
  title: z.string(),
  told: z.string(),
  about: z.enum(['organisation', 'region']),
  byVisitors: z.boolean(),
  form: z.unknown().meta({ description: 'JSON Schema полей' }),
})

export const applicationSides = ['own', 'queue'] as const
const choice = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values).optional().catch(undefined)

export const applicationSorts = ['due', '-due', 'created', '-created', 'number', '-number'] as const
export const applicationHands = ['mine', 'nobody', 'others'] as const

export const ApplicationsQuery = z.object({
  side: choice(applicationSides).meta({ description: 'own: поданные вами; queue: по которым решаете вы' }),
  state: choice(applicationStates),
  kind: ApplicationKind.optional().catch(undefined),
  overdue: z.literal('yes').optional().catch(undefined).meta({ description: 'yes: только просроченные' }),
  hands: choice(applicationHands).meta({ description: 'mine: в работе у вас; nobody: ни у кого; others: у других' }),
  region: z.string().trim().max(20).optional().catch(undefined).meta({ description: 'Код региона' }),
  sort: choice(applicationSorts),
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
