/**
 * Checks of a report on the wire: what fails and how both sides came about, explanations of warnings, what is worth a
 * second look, and cells pulled from other reports.
 */
import { z } from 'zod'

const Moment = z.iso.datetime().meta({ description: 'Момент по Гринвичу' })

/** A cell that a number is worked out from. */
export const ExplainedCell = z.object({
  address: z.string(),
  previous: z.boolean().meta({ description: 'Из отчёта за прошлый период' }),
  name: z.string(),
  value: z.string().nullable(),
  text: z.string(),
  elsewhere: z
    .object({ title: z.string(), href: z.string().optional() })
    .optional()
    .meta({ description: 'Отчёт другой формы, из которого ячейка' }),
})
export type ExplainedCell = z.output<typeof ExplainedCell>

export const ExplainedSide = z.object({
  value: z.string(),
  text: z.string().meta({ description: 'Как получилось число, словами' }),
  cells: z.array(ExplainedCell),
  more: z.int().meta({ description: 'Сколько ещё слагаемых, кроме перечисленных' }),
})

/** Why a warning may stand, in the words of the organisation. */
export const Explanation = z.object({
  text: z.string(),
  by: z.string(),
  at: Moment,
  holds: z.boolean().meta({ description: 'false: числа с тех пор изменились, пояснение нужно подтвердить' }),
})
export type Explanation = z.output<typeof Explanation>

/** A failed check as the engine tells it. */
export const ReportProblem = z.object({
  stage: z.enum(['attributes', 'title', 'format', 'control']),
  code: z.string(),
  control: z.string(),
  level: z.enum(['error', 'warning']),
  section: z.string(),
  row: z.string(),
  column: z.string(),
  left: z.string(),
  operator: z.string(),
  right: z.string(),
  difference: z.string(),
  name: z.string().meta({ description: 'Что не так, без места и чисел' }),
  sums: z.string().meta({ description: 'Числа: «274 ≠ 276, разница −2»' }),
  text: z.string().meta({ description: 'Место, что не так и числа одной строкой' }),
  cells: z.array(z.string()).meta({ description: 'Ячейки, о которых речь; к первой ведёт ссылка' }),
  sides: z
    .object({ left: ExplainedSide, right: ExplainedSide })
    .optional()
    .meta({ description: 'Как получилась каждая сторона; у первых ста контролей' }),
  explanation: Explanation.optional().meta({ description: 'Пояснение к предупреждению' }),
})
export type ReportProblem = z.output<typeof ReportProblem>

export const CheckOutcome = z.object({
  checkedAt: Moment,
  version: z.int(),
  errors: z.int(),
  warnings: z.int(),
  unexplained: z.int().meta({ description: 'Предупреждений без пояснения: с ними отчёт не отправить' }),
  controls: z.int().meta({ description: 'Сколько контролей в форме' }),
  problems: z.array(ReportProblem),
  waiting: z
    .array(
      z.object({
        control: z.string(),
        name: z.string(),
        missing: z
          .array(z.object({ form: z.string().nullable(), previous: z.boolean() }))
          .meta({ description: 'Каких отчётов нет; form: null — этой же формы' }),
      }),
    )
    .meta({ description: 'Контроли, которые не выполнялись: отчёта, на который они смотрят, ещё нет' }),
})
export type CheckOutcome = z.output<typeof CheckOutcome>

export const NewExplanation = z.object({
  problem: z.string().min(1).max(500).meta({ description: 'Ключ: вид|контроль|первая ячейка|знак|последняя ячейка' }),
  text: z
    .string('Напишите, почему число верное')
    .trim()
    .min(3, 'Напишите, почему число верное')
    .max(1000, 'Не длиннее 1000 знаков'),
})
export type NewExplanation = z.output<typeof NewExplanation>

/** «Почему это число». */
export const CellExplanation = z.object({
  address: z.string(),
  kind: z.enum(['computed', 'pulled']),
  value: z.string().nullable(),
  text: z.string(),
  control: z.object({ id: z.string(), name: z.string() }),
  cells: z.array(ExplainedCell),
})
export type CellExplanation = z.output<typeof CellExplanation>

/** A cell that the form pulls: its value, and where it is from. */
export const PulledCell = z.object({
  value: z.string().nullable(),
  from: z.string().meta({ description: 'Откуда, словами: «85-К за 2025 год, раздел 7, строка 701, графа 3»' }),
  kind: z.enum(['form', 'subordinates', 'organisation']),
  reportId: z.string().nullable().meta({ description: 'Отчёт, из которого значение, если он один' }),
  version: z.int().nullable().meta({ description: 'Версия этого отчёта' }),
  cell: z.string().nullable(),
  was: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'Прежнее значение, если источник изменился, а человек этого ещё не видел' }),
})
export type PulledCell = z.output<typeof PulledCell>
export const PulledCells = z.record(z.string(), PulledCell)
export type PulledCells = z.output<typeof PulledCells>

export const PullsSeen = z.object({ seen: z.int().meta({ description: 'Сколько изменений просмотрено' }) })

/** Where a pulled number is from, as far as one's rights reach. */
export const PullTrace = z.object({
  cell: z.string(),
  value: z.string().nullable(),
  from: z.string(),
  source: z.object({ title: z.string(), href: z.string().nullable() }).nullable(),
  reports: z
    .array(
      z.object({
        organisation: z.string(),
        value: z.string().nullable(),
        counted: z.boolean().meta({ description: 'false: отчёт ещё не отправлен и в сумму не входит' }),
        href: z.string().nullable().meta({ description: 'null: нет доступа' }),
      }),
    )
    .meta({ description: 'Отчёты подведомственных организаций' }),
})
export type PullTrace = z.output<typeof PullTrace>

export type OtherReports = {
  form: string
  previous: boolean
  title: string
  values: Record<string, string>
  href?: string
}[]

/** What is worth a second look: no error and no warning. */
export const Hint = z.object({
  kind: z.enum(['past', 'peers']),
  cell: z.string(),
  value: z.string(),
  text: z.string(),
  dismissed: z.string().nullable().meta({ description: 'Почему так и должно быть' }),
})
export type Hint = z.output<typeof Hint>
export const Hints = z.object({ hints: z.array(Hint) })

export const HintDismissal = z.object({
  kind: z.enum(['past', 'peers']),
  cell: z.string().min(3).max(120),
  text: z.string('Напишите хотя бы слово').trim().min(2, 'Напишите хотя бы слово').max(500, 'Не длиннее 500 знаков'),
})
export type HintDismissal = z.output<typeof HintDismissal>
