import { sql } from 'kysely'
import type { ReportState } from '../../../contracts/reporting.ts'
import type { Tx } from '../../kernel/db/index.ts'
import type { StandingLevel } from './reports/reports.queries.ts'

export const findReportId = async (tx: Tx, campaignId: string, organisationId: string): Promise<string | undefined> =>
  (
    await tx
      .selectFrom('reports')
      .select('id')
      .where('campaign_id', '=', campaignId)
      .where('organisation_id', '=', organisationId)
      .executeTakeFirst()
  )?.id

export type Past = {
  state: ReportState
  sentAt: Date | null
  sentBy: string | null
  decidedAt: Date | null
  decidedBy: string | null
  reason: string | null
  checkedAt: Date | null
  errors: number | null
  warnings: number | null
}

/** Writes what happened to a report, and when, as if it had happened then. */
export async function writePast(tx: Tx, id: string, past: Past): Promise<void> {
  const decided = (state: ReportState) => past.state === state
  await tx
    .updateTable('reports')
    .set({
      state: past.state,
      checked_at: past.checkedAt,
      errors: past.errors,
      warnings: past.warnings,
      sent_at: past.sentAt,
      sent_by: past.sentBy,
      reason: past.reason,
      accepted_at: decided('accepted') ? past.decidedAt : null,
      accepted_by: decided('accepted') ? past.decidedBy : null,
      refused_at: decided('refused') ? past.decidedAt : null,
      refused_by: decided('refused') ? past.decidedBy : null,
    })
    .where('id', '=', id)
    .execute()
  await tx
    .updateTable('submissions')
    .set({
      sent_at: past.sentAt ?? sql<Date>`now()`,
      outcome: decided('accepted') ? 'accepted' : decided('refused') ? 'refused' : null,
      reason: past.reason,
      decided_at: past.decidedAt,
      decided_by: past.decidedBy,
    })
    .where('report_id', '=', id)
    .execute()
  if (past.decidedAt)
    await sql`
      insert into report_decisions (id, submission_id, number, outcome, reason, at, by)
      select gen_random_uuid(), id, 1, outcome, reason, decided_at, decided_by
      from submissions where report_id = ${id} and outcome is not null`.execute(tx)
  if (past.decidedAt)
    await tx
      .updateTable('report_comments')
      .set({ at: past.decidedAt })
      .where('report_id', '=', id)
      .where('kind', '=', 'refusal')
      .execute()
}

/** At which step of acceptance it waits. */
export const writeLevel = (tx: Tx, id: string, level: StandingLevel) =>
  tx
    .updateTable('reports')
    .set({ level_code: level.code, level_name: level.name, level_organisation_id: level.organisationId })
    .where('id', '=', id)
    .execute()

/** Decisions about the report were made then. */
export const writeDecided = (tx: Tx, id: string, at: Date) =>
  sql`
    update report_decisions set at = ${at}
    where submission_id in (select id from submissions where report_id = ${id})`.execute(tx)
