/** Letters that ask for access, and what an operator makes of them. */
import { z } from 'zod'
import { AccountEmail } from './identity.ts'
import { Email, Phone } from './requisites.ts'

export const letterStates = ['waiting', 'opened', 'entered', 'refused', 'closed', 'machine'] as const
export type LetterState = (typeof letterStates)[number]

export const letterViews = ['waiting', 'decided', 'machine'] as const
export const lettersPageSize = 50
export const LettersQuery = z.object({
  view: z.enum(letterViews).default('waiting').catch('waiting'),
  q: z.string().trim().max(200).default('').catch(''),
  page: z.coerce.number().int().min(1).max(2000).default(1).catch(1),
})
export type LettersQuery = z.output<typeof LettersQuery>

const Moment = z.iso.datetime()
const Text = z.string().nullable()
const person = { fullName: Text, position: Text, email: Text, phone: Text }

/** What was understood, field by field sure or unsure. */
export const LetterUnderstanding = z.object({
  kind: z.enum(['application', 'request', 'reply-to-thread', 'auto-reply', 'bounce', 'unparseable']),
  category: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).nullable(),
  restore: z.boolean(),
  persons: z.array(z.object(person)),
  organisation: z.object({ short: Text, full: Text, district: Text }),
  systems: z.array(z.string()),
  senderAllowed: z.boolean(),
  sure: z.record(z.string(), z.boolean()),
  adding: z
    .object({ details: z.record(z.string(), z.string()), sure: z.record(z.string(), z.boolean()) })
    .optional()
    .meta({ description: 'Письмо просит добавить организацию: её реквизиты' }),
})

export const LetterLine = z.object({
  id: z.uuid(),
  kind: LetterUnderstanding.shape.kind,
  category: LetterUnderstanding.shape.category,
  asksToAdd: z.boolean().meta({ description: 'Просит добавить организацию, а не открыть доступ' }),
  state: z.enum(letterStates),
  sender: Text,
  senderName: Text,
  senderAllowed: z.boolean(),
  subject: z.string(),
  organisation: Text,
  people: z.string(),
  receivedAt: Moment,
})
export type LetterLine = z.output<typeof LetterLine>
export const LetterList = z.object({ total: z.int(), page: z.int(), letters: z.array(LetterLine) })

export const LetterView = z.object({
  id: z.uuid(),
  state: z.enum(letterStates),
  sender: Text,
  senderName: Text,
  subject: z.string(),
  body: z.string(),
  attachments: z.array(z.object({ name: z.string(), size: z.int() })),
  receivedAt: Moment,
  erased: z.boolean().meta({ description: 'Содержание удалено вместе с учётной записью отправителя' }),
  understanding: LetterUnderstanding,
  /** The kept letter that this one answers. */
  answers: z.object({ id: z.uuid(), subject: z.string() }).nullable(),
  /** Accounts that already have an address named in it. */
  known: z.array(z.object({ id: z.uuid(), fullName: z.string(), email: z.string() })),
  accounts: z.array(z.object({ id: z.uuid(), fullName: z.string() })),
  application: z
    .object({ id: z.uuid(), number: z.string() })
    .nullable()
    .meta({ description: 'Заявка, которая подана по этому письму' }),
  decidedAt: Moment.nullable(),
  decidedBy: Text,
  reason: Text,
})
export type LetterView = z.output<typeof LetterView>

const emptyAsNull = <S extends z.ZodType>(contract: S) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), contract.nullable())

const LetterPerson = z.object({
  fullName: z
    .string('Введите фамилию, имя и отчество')
    .trim()
    .min(1, 'Введите фамилию, имя и отчество')
    .max(300, 'Слишком длинно: можно не больше 300 знаков')
    .refine((name) => name === '' || /\S\s+\S/.test(name), 'Введите фамилию и имя'),
  position: emptyAsNull(z.string().trim().max(300, 'Слишком длинно: можно не больше 300 знаков')),
  email: AccountEmail,
  phone: emptyAsNull(Phone),
})

export const LetterOpening = z.object({
  persons: z.array(LetterPerson).min(1, 'Назовите хотя бы одного человека').max(20, 'Не больше 20 человек'),
  organisation: emptyAsNull(z.string().trim().max(1000, 'Слишком длинно: можно не больше 1000 знаков')),
  organisationId: emptyAsNull(z.uuid('Выберите организацию')).meta({
    description: 'К какой организации реестра прикрепить; null: ни к какой',
  }),
})
export type LetterOpening = z.output<typeof LetterOpening>

/** The form names its fields `persons.0.email`; a person of whom nothing is typed is left out. */
export const LetterOpeningForm = z.preprocess((given) => nested(given), LetterOpening)

function nested(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given
  const persons: Record<string, unknown>[] = []
  for (const [name, value] of Object.entries(given)) {
    const [, at, field] = /^persons\.(\d{1,2})\.(fullName|position|email|phone)$/.exec(name) ?? []
    if (at === undefined || field === undefined) continue
    const person = persons[Number(at)] ?? {}
    person[field] = value
    persons[Number(at)] = person
  }
  const typed = persons.filter((person) => Object.values(person).some((value) => String(value).trim() !== ''))
  return { ...given, persons: typed.length > 0 || persons.length === 0 ? typed : persons.slice(0, 1) }
}

const applicant = {
  applicantName: z
    .string('Напишите, кто просит')
    .trim()
    .min(3, 'Напишите, кто просит')
    .max(200, 'Слишком длинно: можно не больше 200 знаков'),
  applicantEmail: Email.meta({ description: 'Сюда придут ответы по заявке' }),
  outcome: z
    .enum(['granting', 'submission'], 'Выберите, что сделать')
    .meta({ description: 'granting: сразу добавить в реестр; submission: подать заявку, решат те, кому положено' }),
}

/** The details as the kind «organisation-adding» takes them: its own contract reads them. */
export const LetterEntering = z.object({ ...applicant, form: z.record(z.string(), z.unknown()) })
export type LetterEntering = z.output<typeof LetterEntering>

/** The page sends the details beside who asks. */
export const LetterEnteringForm = z.looseObject(applicant).transform(
  ({ applicantName, applicantEmail, outcome, ...form }): LetterEntering => ({
    applicantName,
    applicantEmail,
    outcome,
    form,
  }),
)

export const LetterRefusal = z.object({
  reason: z
    .string('Напишите причину: её увидит отправитель')
    .trim()
    .min(3, 'Напишите причину: её увидит отправитель')
    .max(2000, 'Слишком длинно: можно не больше 2000 знаков')
    .meta({ description: 'Уходит отправителю как есть, если его адрес разрешён' }),
})
export type LetterRefusal = z.output<typeof LetterRefusal>

export const LetterFiles = z.object({
  files: z.preprocess(
    (given) => (given === undefined ? [] : Array.isArray(given) ? given : [given]),
    z
      .array(z.instanceof(File, { message: 'Выберите файлы' }))
      .transform((files) => files.filter(({ size }) => size > 0))
      .pipe(z.array(z.instanceof(File)).min(1, 'Выберите хотя бы один файл').max(200, 'Не больше 200 файлов')),
  ),
})
