/** Consolidated figures on the wire: which totals are asked for, the totals, what stands behind them, corrections, summaries. */
import { z } from 'zod'
import { CellKey } from './reporting.ts'

const Id = z.uuid()
/** A filter that was left empty is none. */
const chosen = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((given) => (given === '' ? undefined : given), value.optional())

export const behindOnPage = 50

/** Accepted reports alone, or those that are sent and wait for a decision too. */
export const CountedStates = z.enum(['accepted', 'sent'])
export type CountedStates = z.output<typeof CountedStates>

/** «2026-1-1»: year, how many periods a year has, which of them. */
export const PeriodKey = z.string().regex(/^\d{4}-\d{1,3}-\d{1,3}$/, 'Период: год-вид-номер, например 2026-1-1')

export const ConsolidationQuery = z.object({
  form: chosen(z.string().max(60)).meta({ description: 'Код формы' }),
  period: chosen(PeriodKey).meta({ description: 'Период: год-вид-номер, например 2026-1-1' }),
  territory: chosen(Id).meta({ description: 'Организация, с которой начинается поддерево' }),
  region: chosen(z.string().max(3)).meta({ description: 'Код региона' }),
  kind: chosen(z.string().max(40)).meta({ description: 'Тип организаций' }),
  states: CountedStates.catch('sent').default('sent').meta({ description: 'Принятые или отправленные и принятые' }),
  section: chosen(z.string().max(60)),
})
export type ConsolidationQuery = z.output<typeof ConsolidationQuery>

export const BehindQuery = ConsolidationQuery.extend({
  cell: CellKey,
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
})
export type BehindQuery = z.output<typeof BehindQuery>

const ListedValue = z.object({ value: z.string(), reports: z.int() })

export const Consolidation = z.object({
  form: z.string(),
  period: z.string(),
  territory: z.string(),
  asOf: z.iso.datetime(),
  counted: z.int().meta({ description: 'Сколько отчётов учтено' }),
  asked: z.int().meta({ description: 'Сколько отчётов в сборе' }),
  waiting: z.int().meta({ description: 'Сколько отправленных отчётов ещё не вошло в свод' }),
  done: z.int().meta({ description: 'Какая часть отчётов уже в своде, в процентах' }),
  totals: z.record(z.string(), z.string()).meta({ description: 'Итоги по адресу ячейки, с исправлениями' }),
  lists: z
    .record(z.string(), z.array(ListedValue))
    .meta({ description: 'Ячейки, которые сводятся перечнем: значения и сколько отчётов с каждым' }),
  corrected: z.array(z.string()).meta({ description: 'Ячейки, в которых есть исправления свода' }),
})
export type Consolidation = z.output<typeof Consolidation>

const Amount = z.string().regex(/^-?\d+(\.\d+)?$/)

export const Behind = z.object({
  total: Amount.nullable(),
  listed: z.array(ListedValue).meta({ description: 'Значения ячейки, которая сводится перечнем' }),
  specifics: z
    .array(z.object({ name: z.string(), address: z.string(), value: Amount, reports: z.int() }))
    .meta({ description: 'Итоги повторяющейся строки по каждой специфике' }),
  groups: z.array(z.object({ id: z.string(), name: z.string(), reports: z.int(), value: Amount, share: z.string() })),
  reports: z.array(
    z.object({
      id: Id,
      organisation: z.string(),
      state: z.enum(['sent', 'accepted']),
      value: Amount,
      listed: z.string().nullable(),
      share: z.string(),
      outlier: z.boolean(),
    }),
  ),
  count: z.int(),
  missing: z.array(z.object({ id: Id, organisation: z.string(), state: z.string() })),
  missingCount: z.int(),
})
export type Behind = z.output<typeof Behind>

const Reason = z.string().trim().min(3, 'Напишите причину').max(1000, 'Слишком длинно: можно не больше 1000 знаков')

/** A number as a person types it. */
export const TypedAmount = z
  .string()
  .transform((typed) =>
    typed
      .replaceAll(/[\s\u00a0\u2009\u202f]/g, '')
      .replace('−', '-')
      .replace(',', '.'),
  )
  .pipe(z.string().regex(/^-?\d{1,30}(\.\d{1,10})?$/, 'Введите число'))

export const NewCorrection = z.object({
  form: z.string().min(1).max(60),
  period: PeriodKey,
  territory: Id,
  cell: CellKey,
  states: CountedStates.default('sent'),
  becomes: TypedAmount,
  reason: Reason,
})
export type NewCorrection = z.output<typeof NewCorrection>

export const Withdrawal = z.object({ reason: Reason })
export type Withdrawal = z.output<typeof Withdrawal>

export const Correction = z.object({
  id: Id,
  cell: z.string(),
  territory: z.string(),
  was: Amount,
  becomes: Amount,
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  withdrawn: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
})
export type Correction = z.output<typeof Correction>

export const ChartKind = z.enum(['bar', 'line', 'table'])
export type ChartKind = z.output<typeof ChartKind>

const Cells = z
  .string()
  .transform((typed) => [...new Set(typed.split(/[\s,;]+/).filter(Boolean))])
  .pipe(z.array(CellKey).min(1, 'Укажите хотя бы одну ячейку').max(12, 'Не больше 12 ячеек'))

export const NewSummary = z.object({
  name: z.string().trim().min(3, 'Назовите сводку').max(200, 'Слишком длинно: можно не больше 200 знаков'),
  form: z.string().min(1, 'Выберите форму').max(60),
  period: PeriodKey,
  territory: chosen(Id),
  territories: z
    .preprocess(
      (given) => (typeof given === 'string' ? given.split(/[\s,;]+/).filter(Boolean) : given),
      z.array(Id).max(10, 'Не больше 10 территорий'),
    )
    .optional()
    .meta({ description: 'Территории, которые сравниваются строка за строкой' }),
  region: chosen(z.string().max(3)),
  states: CountedStates.default('accepted'),
  cells: z.union([Cells, z.array(CellKey).min(1).max(12)]),
  grouping: z.enum(['none', 'children']).default('none'),
  periods: z.coerce.number().int().min(1).max(12).default(1),
  chart: ChartKind.default('bar'),
  minimum: z.coerce.number().int().min(1).max(100).default(3),
  sharedWith: chosen(Id),
})
export type NewSummary = z.output<typeof NewSummary>

export type SummaryChoice = Omit<NewSummary, 'name' | 'form' | 'sharedWith'>

/** What a summary showed when it was published; `null` is hidden: fewer organisations than the least stand behind it. */
export type PublishedSummary = {
  name: string
  form: string
  territory: string
  asOf: string
  chart: ChartKind
  minimum: number
  /** Whether a row is a place or a period; absent of summaries published before there was a choice. */
  across?: 'places' | 'periods'
  cells?: string[]
  periods?: string[]
  columns: string[]
  rows: { name: string; values: (string | null)[] }[]
}

export const Summary = z.object({
  id: Id,
  name: z.string(),
  form: z.string().meta({ description: 'Код формы' }),
  mine: z.boolean(),
  publicKey: z
    .string()
    .nullable()
    .meta({ description: 'Ключ публичного адреса /public/summaries/{key}; null — не опубликована' }),
  publishedAt: z.iso.datetime().nullable(),
})
export type Summary = z.output<typeof Summary>

export const SummaryList = z.object({ summaries: z.array(Summary) })
export type SummaryList = z.output<typeof SummaryList>

export const SummaryWithTable = Summary.extend({
  territory: z.string(),
  asOf: z.iso.datetime(),
  columns: z.array(z.string()),
  rows: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ value: Amount.nullable(), reports: z.int() })),
    }),
  ),
})
export type SummaryWithTable = z.output<typeof SummaryWithTable>
