/** Decisions about reports on the wire: acceptance by levels, refusal with remarks, what was sent, signatures, handovers. */
import { z } from 'zod'
import { CellKey } from './reporting.ts'

const Id = z.uuid()
const Moment = z.iso.datetime().meta({ description: 'Момент по Гринвичу' })

/** What the decider had before their eyes: another submission or level by now, and nothing is decided. */
const expected = {
  submission: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: 'Номер представления, о котором решение; другое к этому времени — ответ 409' }),
  level: z
    .string()
    .max(100)
    .optional()
    .meta({
      description:
        'Код уровня, на котором решение; другой к этому времени — ответ 409. Чтобы принять отчёт формы с несколькими ' +
        'уровнями, он обязателен: без него повторный вызов принял бы отчёт и на следующем',
    }),
}
export const Acceptance = z.object(expected).default({})
export type Acceptance = z.output<typeof Acceptance>
export const AcceptanceForm = z.object(expected)

export const CellRemark = z.object({
  cell: CellKey,
  text: z
    .string('Напишите, что не так с ячейкой')
    .trim()
    .min(1, 'Напишите, что не так с ячейкой')
    .max(500, 'Не длиннее 500 знаков'),
})
export type CellRemark = z.output<typeof CellRemark>

export const Refusal = z.object({
  reason: z
    .string('Напишите причину: её увидит организация')
    .trim()
    .min(3, 'Напишите причину: её увидит организация')
    .max(2000, 'Причина — не длиннее 2000 знаков')
    .meta({ description: 'Организация увидит её такой, как она написана' }),
  remarks: z
    .array(CellRemark)
    .max(500)
    .default([])
    .meta({ description: 'Кроме них организация получит замечания, записанные к ячейкам раньше' }),
  ...expected,
})
export type Refusal = z.output<typeof Refusal>

export const decisionOutcomes = ['accepted', 'refused', 'passed', 'returned'] as const
export const DecisionOutcome = z.enum(decisionOutcomes)
export type DecisionOutcome = z.output<typeof DecisionOutcome>

export const Decision = z.object({
  outcome: DecisionOutcome.meta({ description: 'passed: уровень пропущен, решать на нём некому' }),
  level: z.string().nullable().meta({ description: 'null: у формы один шаг приёмки' }),
  organisation: z.string().nullable(),
  reason: z.string().nullable(),
  at: Moment,
  by: z.string(),
  onBehalfOf: z.string().nullable().meta({ description: 'Чьё решение принял тот, кому передана проверка' }),
})
export type Decision = z.output<typeof Decision>

export const Signature = z.object({
  subject: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  validFrom: Moment,
  validTo: Moment,
  signedAt: Moment.nullable().meta({ description: 'Как сказано в самой подписи' }),
  putAt: Moment,
  putBy: z.string(),
})
export type Signature = z.output<typeof Signature>

export const Submission = z.object({
  id: Id,
  number: z.int(),
  contentHash: z.string(),
  sentAt: Moment,
  sentBy: z.string(),
  outcome: z.enum(['accepted', 'refused']).nullable(),
  reason: z.string().nullable(),
  decidedAt: Moment.nullable(),
})
export type Submission = z.output<typeof Submission>
export const Submissions = z.object({ submissions: z.array(Submission) })

export const CellDifference = z.object({ cell: z.string(), was: z.string().nullable(), is: z.string().nullable() })
export type CellDifference = z.output<typeof CellDifference>

export const WholeSubmission = Submission.extend({
  cells: z.record(z.string(), z.string()),
  decisions: z.array(Decision),
  signatures: z.array(Signature),
  explanations: z.array(z.object({ cell: z.string(), name: z.string(), explanation: z.string() })),
  before: z.int().nullable().meta({ description: 'Представление, с которым сравнено: принятое раньше или прошлое' }),
  differences: z.array(CellDifference),
})
export type WholeSubmission = z.output<typeof WholeSubmission>

export const Verification = z.object({
  number: z.int(),
  contentHash: z.string().meta({ description: 'Записан при отправке' }),
  computedHash: z.string().meta({ description: 'Вычислен сейчас по хранимым ячейкам' }),
  intact: z.boolean(),
  signatures: z.array(z.object({ subject: z.string(), intact: z.boolean() })),
})
export type Verification = z.output<typeof Verification>

export const remarkStates = ['open', 'mended', 'answered'] as const
export const RemarkState = z.enum(remarkStates)
export type RemarkState = z.output<typeof RemarkState>

export const Remark = z.object({
  id: Id,
  submission: z.int(),
  cell: z.string(),
  text: z.string(),
  author: z.string(),
  issued: z.boolean().meta({ description: 'false: пока видно только проверяющим' }),
  was: z.string().nullable().meta({ description: 'Что стояло в ячейке отправленного отчёта' }),
  is: z.string().nullable().meta({ description: 'Что стоит теперь' }),
  state: RemarkState,
  answer: z.string().nullable(),
})
export type Remark = z.output<typeof Remark>
export const Remarks = z.object({ remarks: z.array(Remark) })

export const RemarkSettled = z
  .object({
    state: z.enum(['open', 'mended', 'answered'], 'Выберите, что сделано по замечанию'),
    answer: z
      .string()
      .trim()
      .max(500, 'Не длиннее 500 знаков')
      .optional()
      .transform((text) => text || undefined),
  })
  .refine(({ state, answer }) => state !== 'answered' || answer !== undefined, {
    path: ['answer'],
    message: 'Напишите ответ: его прочитает проверяющий',
  })
export type RemarkSettled = z.output<typeof RemarkSettled>

export const NewSignature = z.object({
  file: z.file('Выберите файл подписи').meta({ description: 'Отсоединённая подпись CMS (.sig, .p7s), DER или PEM' }),
})

const Day = z.iso.date('Укажите день')
export const NewHandover = z.object({
  toId: z.uuid('Выберите, кому передать'),
  formId: z
    .union([z.uuid(), z.literal('')])
    .optional()
    .transform((id) => id || undefined)
    .meta({ description: 'Только отчёты этой формы' }),
  organisationId: z
    .union([z.uuid('Выберите организацию'), z.literal('')])
    .optional()
    .transform((id) => id || undefined)
    .meta({ description: 'Только отчёты этой организации' }),
  startsOn: Day,
  endsOn: Day,
  reason: z
    .string()
    .trim()
    .max(300, 'Не длиннее 300 знаков')
    .optional()
    .transform((text) => text || undefined),
})
export type NewHandover = z.output<typeof NewHandover>

export const Handover = z.object({
  id: Id,
  from: z.string(),
  to: z.string(),
  mine: z.boolean().meta({ description: 'true: передано мной; false: передано мне' }),
  form: z.string().nullable(),
  organisation: z.string().nullable(),
  startsOn: z.string(),
  endsOn: z.string(),
  reason: z.string().nullable(),
  active: z.boolean(),
})
export type Handover = z.output<typeof Handover>
export const Handovers = z.object({ handovers: z.array(Handover) })
