/** Reports that go out as files and come in by them, and values of many reports in one call. */
import { z } from 'zod'
import { CellConflict, ReportState } from './reporting.ts'

const reportFileFormats = ['xlsx', 'csv', 'xml', 'pdf'] as const
export const ReportFileFormat = z.object({ format: z.enum(reportFileFormats).default('xlsx') })
export type ReportFileFormat = z.output<typeof ReportFileFormat>['format']

export const largestReportFile = 10 * 1_048_576

export const ReportUpload = z.object({
  file: z
    .instanceof(File, { message: 'Выберите файл' })
    .refine((file) => file.size > 0, 'Выберите файл, в котором что-то есть')
    .meta({ description: 'XLSX, CSV или XML отчёта', type: 'string', format: 'binary' }),
})

/** What a given file would do to the report as it stands now. */
export const ReportImport = z.object({
  id: z.uuid(),
  fileName: z.string(),
  format: z.enum(['xlsx', 'csv', 'xml']),
  createdAt: z.iso.datetime(),
  appliedAt: z.iso.datetime().nullable(),
  since: z.int().meta({ description: 'Версия отчёта, с которой сделан файл' }),
  changes: z.array(z.object({ cell: z.string(), old: z.string().nullable(), new: z.string().nullable() })),
  refused: z.array(z.object({ cell: z.string(), given: z.string(), text: z.string() })),
  conflicts: z.array(CellConflict),
  same: z.int().meta({ description: 'Сколько ячеек файла уже стоят в отчёте такими' }),
})
export type ReportImport = z.output<typeof ReportImport>

const Period = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/, 'Период: 2026, 2026-H1, 2026-Q3 или 2026-09')

const Value = z.union([z.string().max(4000), z.number(), z.null()])

/** One line of a bulk call. */
export const ValueLine = z.object({
  organisation: z.string().min(1).max(60).meta({ description: 'ОГРН или id организации' }),
  form: z.string().min(1).max(60).meta({ description: 'Код формы, например 0609506' }),
  period: Period.meta({ description: '2026, 2026-H1, 2026-Q3 или 2026-09' }),
  cell: z.string().min(3).max(120).meta({ description: '7/701/3, 2/201#1/4 или title/okpo' }),
  value: Value.meta({ description: 'null и пустой текст очищают' }),
  base: Value.optional().meta({
    description:
      'Что, по-вашему, стоит в ячейке сейчас, как это отдаёт GET /values; null и пустой текст — она пуста. Стоит другое — ' +
      'строка не вносится: conflict и что там стоит. Без base вносится поверх того, что есть',
  }),
})
export type ValueLine = z.output<typeof ValueLine>

const valueStates = ['saved', 'unchanged', 'refused', 'conflict'] as const
export const ValueOutcome = z.object({
  line: z.int(),
  state: z.enum(valueStates),
  reason: z.string().optional(),
  stands: z.string().nullable().optional().meta({ description: 'При conflict: что стоит в ячейке сейчас' }),
})
export type ValueOutcome = z.output<typeof ValueOutcome>

export const ValuesQuery = z.object({
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
  form: z.string().min(1).max(60).optional(),
  period: Period.optional(),
  organisation: z.uuid().optional().meta({ description: 'id организации; с ней и все, что ниже её' }),
  state: ReportState.optional(),
})
export type ValuesQuery = z.output<typeof ValuesQuery>
