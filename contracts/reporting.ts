/**
 * Reporting on the wire: forms, campaigns, reports and their cells, checks. Addresses of cells are those of
 * the engine: "7/701/3", "2/201#1/4"; items of the title page stand beside them as "title/okpo".
 */
import { z } from 'zod'
import { type OtherReports, PulledCells, type ReportProblem } from './checks.ts'
import type { CellThread } from './discussion.ts'

const Id = z.uuid()
const Moment = z.iso.datetime().meta({ description: 'Момент по Гринвичу' })

export const ReportState = z.enum(['draft', 'sent', 'accepted', 'refused'])
export type ReportState = z.output<typeof ReportState>

/** A cell's address, or `title/<field>` of the title page. */
export const CellKey = z
  .string()
  .min(3)
  .max(120)
  .regex(/^[^/\s]+\/[^/\s]+(\/[^/\s]+)?$/, 'Адрес ячейки: раздел/строка/графа, например 7/701/3')
  .meta({ description: 'Адрес ячейки «раздел/строка/графа», например 7/701/3, или title/okpo' })

export const titleKey = (field: string): string => `title/${field.toLowerCase()}`

/** What a person typed; the server reads it by the rules of the engine. `null` and '' empty the cell. */
export const Typed = z.string().max(4000).nullable()

export const mostCells = 50_000

const cellsOf = <Value extends z.ZodType>(value: Value) =>
  z
    .record(z.string().max(120), value) // an address that the form lacks is refused by itself, with the reason
    .refine((cells) => Object.keys(cells).length <= mostCells, `За один раз — не больше ${mostCells} ячеек`)

export const ChangeSource = z.enum(['page', 'paste', 'api', 'import'])
export type ChangeSource = z.output<typeof ChangeSource>

export const CellChanges = z.object({
  changes: cellsOf(Typed).meta({ description: 'Что введено, по адресу ячейки; null делает ячейку пустой' }),
  base: cellsOf(Typed)
    .optional()
    .meta({ description: 'Что стояло в этих ячейках, когда их начали менять; без этого чужая правка заменяется' }),
  source: ChangeSource.default('api'),
  reason: z
    .string()
    .trim()
    .max(500, 'Причина — не длиннее 500 знаков')
    .optional()
    .meta({ description: 'Почему изменено: для отчёта, который вернули' }),
  person: Id.optional().meta({ description: 'Кто вводил: сохранить это может только он сам' }),
})
export type CellChanges = z.output<typeof CellChanges>
export type CellChangesSent = z.input<typeof CellChanges>

export const Fill = z.object({ section: z.string(), filled: z.int(), total: z.int() })
export type Fill = z.output<typeof Fill>

/** A cell that somebody else has changed meanwhile: it is left as it stands, and the person chooses. */
export const CellConflict = z.object({
  cell: z.string(),
  yours: z.string().nullable(),
  theirs: z.string().nullable(),
  by: z.string().meta({ description: 'Кто изменил: фамилия и инициалы' }),
  at: Moment.nullable(),
})
export type CellConflict = z.output<typeof CellConflict>

export const CellsSaved = z.object({
  version: z.int(),
  savedAt: Moment,
  saved: z.int().meta({ description: 'Сколько ячеек изменилось' }),
  computed: z
    .record(z.string(), z.string())
    .meta({ description: 'Все непустые рассчитанные и подтянутые ячейки после сохранения' }),
  conflicts: z.array(CellConflict),
  refused: z.array(z.object({ cell: z.string(), text: z.string() })).meta({ description: 'Что не принято и почему' }),
  fill: z.array(Fill),
  pulled: PulledCells.meta({ description: 'Подтянутые ячейки и откуда они' }),
})
export type CellsSaved = z.output<typeof CellsSaved>

export const ReportCells = z.object({
  version: z.int(),
  values: z.record(z.string(), z.string()),
  computed: z.record(z.string(), z.string()),
  fill: z.array(Fill),
})
export type ReportCells = z.output<typeof ReportCells>

export const Report = z.object({
  id: Id,
  version: z.int(),
  state: ReportState,
  form: z.object({ code: z.string(), cipher: z.string(), name: z.string() }),
  campaign: z.object({ id: Id, title: z.string(), year: z.int(), deadline: Moment }),
  organisation: z.object({ id: Id, shortName: z.string() }),
  filled: z.int(),
  total: z.int(),
  errors: z.int().nullable().meta({ description: 'null: ещё не проверен' }),
  warnings: z.int().nullable(),
  checkedAt: Moment.nullable().meta({ description: 'null: после проверки ячейки менялись, или её не было' }),
  sentAt: Moment.nullable(),
  acceptedAt: Moment.nullable(),
  refusedAt: Moment.nullable(),
  reason: z.string().nullable().meta({ description: 'Почему отклонён в последний раз' }),
  level: z
    .object({ code: z.string(), name: z.string() })
    .nullable()
    .meta({ description: 'На каком уровне приёмки отчёт ждёт решения или отклонён; null: у формы один шаг' }),
})
export type Report = z.output<typeof Report>

export const reportSorts = [
  'deadline',
  '-deadline',
  'organisation',
  '-organisation',
  'sent',
  '-sent',
  'errors',
  '-errors',
] as const
export const reportsOnPage = 50

export const ReportQuery = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  state: ReportState.optional().catch(undefined),
  form: z.string().max(60).optional().catch(undefined),
  year: z.coerce.number().int().min(1990).max(2200).optional().catch(undefined),
  sort: z.enum(reportSorts).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
})
export type ReportQuery = z.output<typeof ReportQuery>

export const ReportList = z.object({ total: z.int(), page: z.int(), reports: z.array(Report) })
export type ReportList = z.output<typeof ReportList>

export const CellQuery = z.object({ cell: CellKey })

export const CellHistory = z.object({
  cell: z.string(),
  value: z.string().nullable(),
  changes: z.array(
    z.object({
      at: Moment,
      by: z.string(),
      source: ChangeSource,
      from: z.string().nullable(),
      to: z.string().nullable(),
      reason: z.string().nullable().meta({ description: 'Почему: если отчёт был возвращён и причину назвали' }),
    }),
  ),
})
export type CellHistory = z.output<typeof CellHistory>

/**
 * What the report page gives its grid, as JSON in the text of the hidden element `#report-data`. `values` holds entered cells
 * of the whole report (title items too), `previous` the entered cells of the previous period's report, `template` what
 * `compileForm` takes (the engine's `Template`).
 */
export type ReportData<FormTemplate = unknown> = {
  reportId: string
  version: number
  /** Code of the section on the page; 'title' for the title page. */
  section: string
  state: ReportState
  formVersion: string
  /** Account of who looks. */
  person: string
  readOnly: boolean
  /** In which times are told. */
  timeZone: string
  /** Threads of comments at cells, and whether one may write there. */
  threads: CellThread[]
  mayComment: boolean
  template: FormTemplate
  values: Record<string, string>
  previous: Record<string, string>
  period: { kind: number; number: number; year: number }
  /** `PATCH` of `CellChanges` here, with an Idempotency-Key; answers `CellsSaved`. */
  saveAddress: string
  /** `GET ?since=&section=&cell=` answers `ReportNews`. */
  newsAddress: string
  presenceAddress: string
  commentsAddress: string
  /** `PUT` with an empty object; answers `CheckOutcome`. */
  checkAddress: string
  /** `GET ?cell=` answers `CellHistory`. */
  historyAddress: string
  /** Problems of the last check when it is of this very version. */
  problems: ReportProblem[]
  /** What the form pulls from other reports, by address, and the reports of other forms that its controls look at. */
  pulled: PulledCells
  others: OtherReports
}

/** In the page's form without scripts: fields of cells are named by their addresses, and this one holds the version shown. */
export const versionField = 'version'
