/** What regions report of their measures, and what the coordinator remarks, on the wire. */
import { z } from 'zod'
import { RegionCode } from './roadmaps.ts'

const Id = z.uuid()
const Day = z.iso.date()
const Moment = z.iso.datetime().meta({ description: 'Момент по Гринвичу' })

/** In bytes. */
export const largestEvidence = 5 * 1_048_576
export const mostEvidence = 10
/** All files of one report together, in bytes. */
export const largestReport = 5 * largestEvidence

/** One field of a posted form comes as a value, several as a list. */
const several = <T extends z.ZodType>(one: T) =>
  z.preprocess((given) => (given === undefined ? [] : Array.isArray(given) ? given : [given]), z.array(one).max(50))

export const NewMeasureReport = z.object({
  text: z
    .string('Напишите, что сделано')
    .trim()
    .min(3, 'Напишите, что сделано')
    .max(5000, 'Слишком длинно: можно не больше 5000 знаков'),
  percent: z.coerce
    .number('Сделано — целое число от 0 до 100')
    .int('Сделано — целое число от 0 до 100')
    .min(0, 'Сделано — целое число от 0 до 100')
    .max(100, 'Сделано — целое число от 0 до 100')
    .default(0)
    .meta({ description: 'Сколько сделано, в процентах; когда назван день выполнения, считается 100' }),
  doneOn: Day.optional().meta({ description: 'День выполнения, если мероприятие выполнено' }),
  // A field in which no file was chosen keeps its place.
  file: several(z.instanceof(File).optional().catch(undefined)).meta({
    description: 'Файлы, не больше 10, каждый не больше 5 МБ',
  }),
  kind: several(z.string().max(500).optional()).meta({
    description: 'Вид подтверждения каждого файла, по их порядку; пустой: файл прилагается сверх них',
  }),
  kept: several(Id).meta({ description: 'Файлы прежнего, возвращённого отчёта, которые остаются' }),
  after: z
    .union([Id, z.literal('')])
    .optional()
    .meta({ description: 'Последний отчёт, который видел отправитель; пусто: отчётов не было' }),
})
export type NewMeasureReport = z.output<typeof NewMeasureReport>

export const MeasureReportFile = z.object({
  id: Id,
  name: z.string(),
  size: z.int(),
  kind: z.string().nullable().meta({ description: 'Вид подтверждения; null: сверх них' }),
})
export type MeasureReportFile = z.output<typeof MeasureReportFile>

export const MeasureReport = z.object({
  id: Id,
  at: Moment,
  by: z.string(),
  text: z.string(),
  percent: z.int(),
  doneOn: Day.nullable(),
  files: z.array(MeasureReportFile),
  returnedAt: Moment.nullable(),
  returnedBy: z.string().nullable(),
  returnReason: z.string().nullable(),
  withdrawable: z.boolean().meta({ description: 'Последний, свой и не возвращён: его можно отозвать' }),
  returnable: z.boolean().meta({ description: 'Последний из невозвращённых: координатор может вернуть его' }),
})
export type MeasureReport = z.output<typeof MeasureReport>
export const MeasureReports = z.object({ reports: z.array(MeasureReport).meta({ description: 'Новые раньше' }) })

export const ReportReturn = z.object({
  reason: z
    .string('Напишите, что нужно исправить')
    .trim()
    .min(3, 'Напишите, что нужно исправить')
    .max(2000, 'Слишком длинно: можно не больше 2000 знаков')
    .meta({ description: 'Регион увидит её как есть' }),
})

const RemarkText = z
  .string('Напишите замечание')
  .trim()
  .min(3, 'Напишите хотя бы несколько слов')
  .max(2000, 'Слишком длинно: можно не больше 2000 знаков')
export const NewRemark = z.object({ text: RemarkText })
export const RemarkAnswer = z.object({ answer: RemarkText })
export const RemarkSettlement = z.object({ settled: z.boolean().meta({ description: 'false: открыть снова' }) })

export const remarkStates = ['open', 'answered', 'settled'] as const
export type MeasureRemarkState = (typeof remarkStates)[number]

export const MeasureRemark = z.object({
  id: Id,
  at: Moment,
  by: z.string(),
  text: z.string(),
  state: z.enum(remarkStates),
  answer: z.string().nullable(),
  answeredAt: Moment.nullable(),
  answeredBy: z.string().nullable(),
  settledAt: Moment.nullable(),
  settledBy: z.string().nullable(),
})
export type MeasureRemark = z.output<typeof MeasureRemark>
export const MeasureRemarks = z.object({ remarks: z.array(MeasureRemark) })

export const OpenRemarks = z.object({ region: RegionCode, count: z.int() })
export type OpenRemarks = z.output<typeof OpenRemarks>
