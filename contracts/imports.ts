import { z } from 'zod'
import { OrganisationsQuery } from './organisations.ts'

/** Organisations that come in a file and go out in one. */

export const tableFormats = ['xlsx', 'csv'] as const
export type TableFormat = (typeof tableFormats)[number]

export const importStates = [
  'reading',
  'checking',
  'ready',
  'applying',
  'applied',
  'undoing',
  'undone',
  'cancelled',
  'unreadable',
] as const
export type ImportState = (typeof importStates)[number]

export const importOutcomes = ['add', 'change', 'same', 'wrong'] as const
export type ImportOutcome = (typeof importOutcomes)[number]

export const largestImport = 20 * 1_048_576
export const mostImportLines = 100_000

export const ImportUpload = z.object({
  file: z
    .instanceof(File, { message: 'Выберите файл' })
    .refine((file) => file.size > 0, 'Выберите файл')
    .meta({ description: 'Книга Excel (.xlsx) или CSV', type: 'string', format: 'binary' }),
})

/** Bytes sent as a program sends them: in a form with a file. */
export const ImportCounts = z.object({
  add: z.int(),
  change: z.int(),
  same: z.int(),
  wrong: z.int(),
  applied: z.int(),
  failed: z.int(),
  undone: z.int(),
  notUndone: z.int(),
})
export type ImportCounts = z.output<typeof ImportCounts>

export const OrganisationImport = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    state: z.enum(importStates),
    problem: z.string().nullable().meta({ description: 'Почему файл не прочитан или работа остановилась' }),
    lines: z.int(),
    done: z.int().meta({ description: 'Сколько строк пройдено на этом шаге' }),
    of: z.int().meta({ description: 'Сколько строк на этом шаге всего; 0, пока неизвестно' }),
    secondsLeft: z.int().nullable(),
    stopped: z.boolean().meta({ description: 'Работа остановилась: её можно продолжить' }),
    counts: ImportCounts,
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ description: 'Импорт организаций' })
export type OrganisationImport = z.output<typeof OrganisationImport>

export const importPageSize = 50

export const ImportLinesQuery = z.object({
  outcome: z
    .enum([...importOutcomes, 'failed', 'not-undone'])
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})
export type ImportLinesQuery = z.output<typeof ImportLinesQuery>

export const ImportLine = z.object({
  number: z.int().meta({ description: 'Номер строки в файле' }),
  name: z.string(),
  inn: z.string(),
  outcome: z.enum(importOutcomes).nullable(),
  problems: z.array(z.string()),
  changes: z.array(z.object({ field: z.string(), was: z.string(), becomes: z.string() })),
  organisationId: z.uuid().nullable(),
  applied: z.boolean(),
  failed: z.string().nullable(),
  undone: z.boolean(),
  undoProblem: z.string().nullable(),
})
export type ImportLine = z.output<typeof ImportLine>

export const ImportLines = z.object({ total: z.int(), page: z.int(), rows: z.array(ImportLine) })

export const FileFormat = z.object({ format: z.enum(tableFormats).catch('xlsx').default('xlsx') })

export const OrganisationsExport = OrganisationsQuery.omit({ page: true }).extend(FileFormat.shape)
export type OrganisationsExport = z.output<typeof OrganisationsExport>
