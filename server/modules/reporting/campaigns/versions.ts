import type { Tx } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { findForm } from '../forms/forms.queries.ts'
import type { ReportingPeriod } from './periods.ts'

/** The form's version that a campaign of the period is filled in by. @throws NotFound 404 */
export async function versionFor(tx: Tx, formId: string, _period: ReportingPeriod): Promise<string> {
  const form = await findForm(tx, formId)
  if (!form) throw new NotFound({ what: 'form' })
  return form.versionId
}
