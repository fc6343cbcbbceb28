/** The history of a whole report, a line for each changed cell; and a report set beside another. */
import { z } from 'zod'
import { ChangeSource } from './reporting.ts'

const Id = z.uuid()
const Moment = z.iso.datetime().meta({ description: 'Момент по Гринвичу' })
/** As pages write it, 31.01.2026, or as programs do, 2026-01-31. */
const Day = z
  .string()
  .transform((text) => text.replace(/^(\d\d?)\.(\d\d?)\.(\d{4})$/, (_, day, month, year) => isoDay(year, month, day)))
  .pipe(z.iso.date())
const isoDay = (year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

export const changesOnPage = 50

export const HistoryQuery = z.object({
  person: Id.optional().catch(undefined).meta({ description: 'Кто менял' }),
  section: z.string().min(1).max(60).optional().catch(undefined),
  from: Day.optional().catch(undefined).meta({ description: 'С какого дня, включительно' }),
  to: Day.optional().catch(undefined).meta({ description: 'По какой день, включительно' }),
  since: z.coerce.number().int().min(0).optional().catch(undefined).meta({ description: 'После какой версии отчёта' }),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
})
export type HistoryQuery = z.output<typeof HistoryQuery>

export const ReportChange = z.object({
  number: z.int().meta({ description: 'Версия отчёта после этого сохранения' }),
  at: Moment,
  by: z.string(),
  source: ChangeSource,
  cell: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string().nullable(),
})
export type ReportChange = z.output<typeof ReportChange>

export const ReportHistory = z.object({ total: z.int(), page: z.int(), changes: z.array(ReportChange) })
export type ReportHistory = z.output<typeof ReportHistory>

/** `submission:2` — what was sent the second time; `report:<id>` — the same organisation's report of another period. */
export const ComparisonQuery = z.object({
  with: z
    .string()
    .regex(/^(submission:\d{1,6}|report:[0-9a-f-]{36})$/)
    .optional()
    .catch(undefined),
  section: z.string().min(1).max(60).optional().catch(undefined),
  cells: z.enum(['changed', 'all']).default('changed').catch('changed'),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
})
export type ComparisonQuery = z.output<typeof ComparisonQuery>

export const ComparedCell = z.object({
  cell: z.string(),
  was: z.string().nullable(),
  is: z.string().nullable(),
  difference: z.string().nullable().meta({ description: 'Для чисел; пустое считается нулём' }),
  percent: z.number().nullable().meta({ description: 'На сколько процентов; null: не от чего считать' }),
})
export type ComparedCell = z.output<typeof ComparedCell>

export const Comparison = z.object({
  with: z.string().nullable(),
  title: z.string(),
  choices: z.array(z.object({ value: z.string(), text: z.string() })),
  changed: z.int(),
  total: z.int(),
  page: z.int(),
  cells: z.array(ComparedCell),
})
export type Comparison = z.output<typeof Comparison>
