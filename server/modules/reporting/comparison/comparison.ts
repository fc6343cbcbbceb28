/** A report as it stands beside what was sent earlier, or beside the report of another period. */
import type { ComparedCell, Comparison, ComparisonQuery } from '../../../../contracts/history.ts'
import { carriedOver, type Form } from '../../../../engine/index.ts'
import { formatDateTime } from '../../../../web/kit/dates.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { listRenamed } from '../forms/forms.queries.ts'
import { accessReport } from '../reporting.access.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import { openReport } from '../reports/sheets.ts'
import { findSubmittedCells, listOtherPeriods, listSubmissions } from './comparison.queries.ts'
import { differencesOf, isChanged } from './differences.ts'

export const cellsOnPage = 50

type Cells = Record<string, string>
type Choice = Comparison['choices'][number]

export type ComparisonView = {
  form: Form
  /** What it is compared with; undefined when there is nothing yet. */
  chosen: Choice | undefined
  choices: Choice[]
  /** All cells that differ, or all that there are, of the section asked for. */
  cells: ComparedCell[]
  /** How many differ, in the section asked for. */
  changed: number
}

/** @throws NotFound 404 when there is no such submission, or the other report is not this organisation's */
export async function compareReport(ctx: Context, id: string, query: ComparisonQuery): Promise<ComparisonView> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const open = await openReport(ctx.db, report)
  const choices = await choicesOf(ctx, report)
  const chosen = query.with === undefined ? choices[0] : choices.find(({ value }) => value === query.with)
  if (query.with !== undefined && !chosen) throw new NotFound({ what: 'report' })
  if (!chosen) return { form: open.form, chosen, choices, cells: [], changed: 0 }
  const was = await cellsOf(ctx, report, chosen.value)
  const all = differencesOf(open.form, was, { ...open.values, ...open.sheet.computedValues() }).filter(
    ({ cell }) => query.section === undefined || cell.startsWith(`${query.section}/`),
  )
  const changed = all.filter(isChanged)
  return {
    form: open.form,
    chosen,
    choices,
    cells: query.cells === 'all' ? all : changed,
    changed: changed.length,
  }
}

/** The same for programs. */
export async function viewComparison(ctx: Context, id: string, query: ComparisonQuery): Promise<Comparison> {
  const { chosen, choices, cells, changed } = await compareReport(ctx, id, query)
  return {
    with: chosen?.value ?? null,
    title: chosen?.text ?? '',
    choices,
    changed,
    total: cells.length,
    page: query.page,
    cells: cells.slice((query.page - 1) * cellsOnPage, query.page * cellsOnPage),
  }
}

const outcomes = { accepted: ', принята', refused: ', возвращена' } as const

async function choicesOf(ctx: Context, report: ReportRow): Promise<Choice[]> {
  const [submissions, periods] = await Promise.all([
    listSubmissions(ctx.db, report.id),
    listOtherPeriods(ctx.db, report),
  ])
  return [
    ...submissions.map(({ number, sentAt, outcome }) => ({
      value: `submission:${number}`,
      text: `Отправка ${number}, ${formatDateTime(sentAt, ctx.timeZone)}${outcome ? outcomes[outcome] : ''}`,
    })),
    ...periods.map(({ id, title }) => ({ value: `report:${id}`, text: `Отчёт за ${title}` })),
  ]
}

/** Under the names that this report's version of the form gives their places. */
async function cellsOf(ctx: Context, report: ReportRow, chosen: string): Promise<Cells> {
  const [kind, which = ''] = chosen.split(':')
  if (kind === 'submission') return (await findSubmittedCells(ctx.db, report.id, Number(which))) ?? {}
  const other = await accessReport(ctx.db, ctx, which, 'report.read')
  const { values, sheet } = await openReport(ctx.db, other)
  const cells = { ...values, ...sheet.computedValues() }
  if (other.formVersionId === report.formVersionId) return cells
  const steps = await listRenamed(ctx.db, other.formVersionId, report.formVersionId)
  return steps.reduce(carriedOver, cells)
}
