/** A plan of measures as a table: given, looked at, applied; and given out. */
import { z } from 'zod'
import { RegionCode } from './roadmaps.ts'

const Id = z.uuid()

/** In bytes. */
export const largestPlanFile = 5 * 1_048_576
export const mostPlanLines = 1000

const Region = RegionCode.meta({ description: 'Код региона или template: шаблон плана' })

export const PlanFile = z
  .object({
    region: Region,
    file: z.instanceof(File).optional().meta({ description: 'Книга Excel (.xlsx) или CSV' }),
    text: z
      .string()
      .max(1_000_000, 'Слишком длинная таблица: загрузите её файлом')
      .default('')
      .meta({ description: 'Или таблица, скопированная из Word или Excel: столбцы через табуляцию' }),
  })
  .refine(({ file, text }) => (file !== undefined && file.size > 0) || text.trim() !== '', {
    path: ['file'],
    message: 'Выберите файл или вставьте таблицу',
  })
export type PlanFile = z.output<typeof PlanFile>

export const planLineOutcomes = ['added', 'changed', 'same', 'wrong'] as const
export type PlanLineOutcome = (typeof planLineOutcomes)[number]

export const PlanImportLine = z.object({
  line: z.int().meta({ description: 'Номер строки таблицы' }),
  number: z.string(),
  title: z.string(),
  section: z.string(),
  outcome: z.enum(planLineOutcomes),
  measureId: Id.nullable(),
  unsure: z.boolean().meta({ description: 'Стоит посмотреть: понято не всё' }),
  doubts: z.array(z.string()),
  changes: z.array(z.object({ field: z.string(), was: z.string(), becomes: z.string() })),
})
export type PlanImportLine = z.output<typeof PlanImportLine>

export const PlanImport = z.object({
  id: Id,
  fileName: z.string(),
  region: RegionCode.nullable(),
  applied: z.boolean(),
  columns: z.array(z.object({ heading: z.string(), taken: z.string().nullable() })),
  left: z.array(z.object({ line: z.int(), text: z.string() })),
  counts: z.object({ added: z.int(), changed: z.int(), same: z.int(), wrong: z.int(), unsure: z.int() }),
  lines: z.array(PlanImportLine),
})
export type PlanImport = z.output<typeof PlanImport>

export const PlanImportApplication = z.object({
  unsure: z.boolean().default(false).meta({ description: 'Внести и строки, которые понято не всё' }),
})
