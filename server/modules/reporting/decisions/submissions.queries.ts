import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

/** Puts by the frozen copy of what is sent. */
export async function insertSubmission(
  tx: Tx,
  submission: { reportId: string; cells: Record<string, string>; contentHash: string; by: string },
): Promise<void> {
  await sql`
    insert into submissions (id, report_id, number, cells, content_hash, sent_by)
    select ${randomUUIDv7()}::uuid, ${submission.reportId}::uuid, coalesce(max(number), 0) + 1,
      ${JSON.stringify(submission.cells)}::jsonb, ${submission.contentHash}, ${submission.by}::uuid
    from submissions where report_id = ${submission.reportId}`.execute(tx)
}

export const noteOutcome = (
  tx: Tx,
  reportId: string,
  decision: { outcome: 'accepted' | 'refused'; reason: string | null; by: string },
) =>
  tx
    .updateTable('submissions')
    .set({
      outcome: decision.outcome,
      reason: decision.reason,
      decided_at: sql<Date>`now()`,
      decided_by: decision.by,
    })
    .where('report_id', '=', reportId)
    .where('outcome', 'is', null)
    .execute()

/** What became of the report when it was sent last; nothing yet when it waits. */
export const findLastDecision = (db: Db, reportId: string) =>
  db
    .selectFrom('submissions as s')
    .leftJoin('accounts as a', 'a.id', 's.decided_by')
    .select(['s.outcome', 's.reason', 's.decided_at as decidedAt', 'a.surname', 'a.name', 'a.patronymic'])
    .where('s.report_id', '=', reportId)
    .orderBy('s.number', 'desc')
    .limit(1)
    .executeTakeFirst()

export const listSubmissionRows = (db: Db, reportId: string) =>
  db
    .selectFrom('submissions')
    .select([
      'id',
      'number',
      'content_hash as contentHash',
      'sent_at as sentAt',
      'outcome',
      'reason',
      'decided_at as decidedAt',
    ])
    .where('report_id', '=', reportId)
    .orderBy('number', 'desc')
    .execute()
