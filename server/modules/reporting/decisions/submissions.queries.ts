import { sql } from 'kysely'
import type { Decision } from '../../../../contracts/decisions.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { fullNameOf } from '../../organisations/index.ts'

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

export async function findLastNumber(db: Db, reportId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('submissions')
    .select('number')
    .where('report_id', '=', reportId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.number
}

const selectSubmissions = (db: Db, reportId: string) =>
  db
    .selectFrom('submissions as s')
    .leftJoin('accounts as sender', 'sender.id', 's.sent_by')
    .select([
      's.id',
      's.number',
      's.content_hash as contentHash',
      's.sent_at as sentAt',
      fullNameOf('sender').as('sentBy'),
      's.outcome',
      's.reason',
      's.decided_at as decidedAt',
    ])
    .where('s.report_id', '=', reportId)

/** The newest first. */
export const listSubmissionRows = (db: Db, reportId: string) =>
  selectSubmissions(db, reportId).orderBy('s.number', 'desc').execute()

export const findSubmission = (db: Db, reportId: string, number: number) =>
  selectSubmissions(db, reportId).select('s.cells').where('s.number', '=', number).executeTakeFirst()

/** What a submission is compared with: the accepted one before it, or else the one just before. */
export const findBaseOf = (db: Db, reportId: string, number: number) =>
  db
    .selectFrom('submissions')
    .select(['number', 'cells'])
    .where('report_id', '=', reportId)
    .where('number', '<', number)
    .orderBy(sql`outcome = 'accepted'`, 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

export type DecisionRow = Omit<Decision, 'at'> & { at: Date; submission: number; levelCode: string | null }

/** Of every submission of a report, in the order in which they were made. */
export async function listDecisionRows(db: Db, reportId: string): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select s.number as submission, d.outcome, d.level_code as "levelCode", d.level_name as level,
      o.short_name as organisation, d.reason, d.at,
      concat_ws(' ', person.surname, person.name, person.patronymic) as by,
      nullif(concat_ws(' ', other.surname, other.name, other.patronymic), '') as "onBehalfOf"
    from report_decisions d
    join submissions s on s.id = d.submission_id
    left join organisations o on o.id = d.organisation_id
    left join accounts person on person.id = d.by
    left join accounts other on other.id = d.on_behalf_of
    where s.report_id = ${reportId} order by s.number, d.number`.execute(db)
  return rows
}

export async function findExplanations(
  db: Db,
  submissionId: string,
): Promise<{ cell: string; name: string; explanation: string }[]> {
  const { rows } = await sql<{ explanations: { cell?: string; name?: string; explanation?: string | null }[] }>`
    select explanations from submission_sources where submission_id = ${submissionId}`.execute(db)
  return (rows[0]?.explanations ?? []).map(({ cell = '', name = '', explanation }) => ({
    cell,
    name,
    explanation: explanation ?? '',
  }))
}
