/** Who reports of a measure for its region. */
import type { Db } from '../../../../kernel/db/index.ts'
import { listAnswering, sharedOut } from '../../board/reminders/answering.queries.ts'
import type { MeasureRow } from '../measures.queries.ts'

/** Operators of the region today, and helpers who may report of the measure's section; nobody for the template. */
export async function listReporters(db: Db, { region, sectionId }: Pick<MeasureRow, 'region' | 'sectionId'>) {
  if (region === null) return []
  const asked = [{ region, part: `section:${sectionId}` }]
  return sharedOut(await listAnswering(db, [region], 'plan.report'), asked).map(({ accountId }) => accountId)
}
