/** Opens a stored report with the engine: its form compiled once for each version, its cells, the previous period's. */
import type { OtherReports, PulledCells } from '../../../../contracts/checks.ts'
import { titleKey } from '../../../../contracts/reporting.ts'
import {
  carriedOver,
  compileForm,
  type Fill,
  type Form,
  openSheet,
  type Period,
  type Sheet,
} from '../../../../engine/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { readAllCells, readCells } from '../cells/cells.queries.ts'
import { getTemplate, listRenamed } from '../forms/forms.queries.ts'
import { readSources } from '../pulls/pulls.ts'
import { findPreviousReport, findReport, type ReportRow } from './reports.queries.ts'

export type OpenReport = {
  report: ReportRow
  form: Form
  sheet: Sheet
  /** Everything stored, title items too. */
  values: Record<string, string>
  title: Record<string, string>
  previous: Record<string, string>
  period: Period
  /** What the form pulls from elsewhere, with where it is from. */
  pulled: PulledCells
  /** Reports of other forms that controls look at. */
  others: OtherReports
  /** Pulled cells that nobody has seen yet. */
  unseen: string[]
}

const titlePrefix = 'title/'

// A published version never changes, so a compiled form is good for as long as the program runs.
const compiled = new Map<string, Form>()
const mostCompiled = 40

export async function formOfVersion(db: Db, versionId: string): Promise<Form> {
  const known = compiled.get(versionId)
  if (known) return known
  const form = compileForm(await getTemplate(db, versionId))
  const [oldest] = compiled.keys()
  if (compiled.size >= mostCompiled && oldest) compiled.delete(oldest)
  compiled.set(versionId, form)
  return form
}

/** The form of a report that is known to be seen. */
export async function formOfReport(db: Db, reportId: string): Promise<Form> {
  const report = await findReport(db, reportId)
  if (!report) throw new NotFound({ what: 'report' })
  return formOfVersion(db, report.formVersionId)
}

/** @param expected addresses about to be entered: rows that repeat are opened for them */
export async function openReport(db: Db, report: ReportRow, expected: Iterable<string> = []): Promise<OpenReport> {
  const form = await formOfVersion(db, report.formVersionId)
  const values = await readCells(db, report.id)
  const before = await findPreviousReport(db, report)
  const previous = before ? await valuesBefore(db, report, before) : {}
  const { cells, title } = parted(values)
  for (const address of expected) if (address.includes('#')) cells[address] ??= ''
  const period: Period = { kind: report.periodKind, number: report.periodNumber, year: report.year }
  const elsewhere = await readSources(db, report, form, (versionId) => formOfVersion(db, versionId))
  const { pulled, others } = elsewhere
  const sheet = openSheet(form, cells, {
    previous: before ? parted(previous).cells : undefined,
    period,
    pulled,
    others,
  })
  return { report, form, sheet, values, title, previous, period, ...elsewhere }
}

/** Values of the period before, under the names that this report's version of the form gives their places. */
async function valuesBefore(
  db: Db,
  report: ReportRow,
  before: { id: string; formVersionId: string },
): Promise<Record<string, string>> {
  const values = await readAllCells(db, before.id)
  if (before.formVersionId === report.formVersionId) return values
  const steps = await listRenamed(db, before.formVersionId, report.formVersionId)
  return steps.reduce(carriedOver, values)
}

function parted(values: Record<string, string>): { cells: Record<string, string>; title: Record<string, string> } {
  const cells: Record<string, string> = {}
  const title: Record<string, string> = {}
  for (const address of Object.keys(values)) {
    const part = address.startsWith(titlePrefix) ? title : cells
    part[address] = values[address] ?? ''
  }
  return { cells, title }
}

export const isTitleKey = (address: string): boolean => address.startsWith(titlePrefix)

/** How much is filled, the title page first. */
export function fillOf(form: Form, sheet: Sheet, title: Record<string, string>): Fill[] {
  const items = form.template.title
  const filled = items.filter(({ field }) => title[titleKey(field)]).length
  return [...(items.length > 0 ? [{ section: 'title', filled, total: items.length }] : []), ...sheet.fill()]
}

export const fillTotal = (fill: readonly Fill[]): { filled: number; total: number } => ({
  filled: fill.reduce((sum, section) => sum + section.filled, 0),
  total: fill.reduce((sum, section) => sum + section.total, 0),
})
