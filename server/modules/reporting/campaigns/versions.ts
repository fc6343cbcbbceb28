import type { Tx } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { findForm, findVersionOn } from '../forms/forms.queries.ts'
import { NoVersion } from '../reporting.errors.ts'
import { periodTitle, type ReportingPeriod } from './periods.ts'

/**
 * The form's version that a campaign of the period is filled in by: the newest that is in force on the period's last day.
 * @throws NotFound 404, NoVersion 409
 */
export async function versionFor(tx: Tx, formId: string, period: ReportingPeriod): Promise<string> {
  const form = await findForm(tx, formId)
  if (!form) throw new NotFound({ what: 'form' })
  const version = await findVersionOn(tx, formId, lastDay(period))
  if (!version) throw new NoVersion({ form: form.cipher, period: periodTitle(period) })
  return version.id
}

/** The last day of a year, half-year, quarter or month: "2026-03-31". */
export function lastDay({ year, periodKind, periodNumber }: ReportingPeriod): string {
  const month = Math.round((12 / Math.max(periodKind, 1)) * periodNumber)
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}
