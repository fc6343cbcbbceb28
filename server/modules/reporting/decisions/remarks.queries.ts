import { sql } from 'kysely'
import type { RemarkState } from '../../../../contracts/decisions.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { fullNameOf } from '../../organisations/index.ts'

/** To a cell of the newest submission, with what stood in it; one person's note to a cell stands once until it is issued. */
export async function putRemark(
  tx: Tx,
  remark: { reportId: string; cell: string; text: string; by: string },
): Promise<void> {
  await sql`
    delete from report_remarks m using submissions s
    where s.id = m.submission_id and s.report_id = ${remark.reportId} and m.issued_at is null
      and m.cell = ${remark.cell} and m.written_by = ${remark.by}`.execute(tx)
  await sql`
    insert into report_remarks (id, submission_id, cell, text, value, written_by)
    select ${randomUUIDv7()}::uuid, s.id, ${remark.cell}, ${remark.text}, s.cells ->> ${remark.cell}, ${remark.by}::uuid
    from submissions s where s.report_id = ${remark.reportId} order by s.number desc limit 1`.execute(tx)
}

/** Gives the organisation what was written to the newest submission. Returns how many there are. */
export async function issueWritten(tx: Tx, reportId: string): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update report_remarks set issued_at = now()
    where issued_at is null and submission_id = (
      select id from submissions where report_id = ${reportId} order by number desc limit 1)`.execute(tx)
  return Number(numAffectedRows)
}

/** A note that has not been issued. Returns whether there was one. */
export async function deleteRemark(tx: Tx, reportId: string, id: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from report_remarks m using submissions s
    where s.id = m.submission_id and s.report_id = ${reportId} and m.id = ${id} and m.issued_at is null`.execute(tx)
  return numAffectedRows > 0n
}

export async function settle(
  tx: Tx,
  reportId: string,
  id: string,
  { state, answer, by }: { state: RemarkState; answer: string | null; by: string },
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update report_remarks m set state = ${state}, answer = ${answer}, settled_at = now(), settled_by = ${by}::uuid
    from submissions s
    where s.id = m.submission_id and s.report_id = ${reportId} and m.id = ${id} and m.issued_at is not null`.execute(tx)
  return numAffectedRows > 0n
}

/** Those that are not issued yet, and those of the newest submission that has issued ones: what is to be worked off. */
export const listRemarkRows = (db: Db, reportId: string) =>
  db
    .selectFrom('report_remarks as m')
    .innerJoin('submissions as s', 's.id', 'm.submission_id')
    .leftJoin('accounts as author', 'author.id', 'm.written_by')
    .select([
      'm.id',
      's.number as submission',
      'm.cell',
      'm.text',
      'm.value',
      'm.state',
      'm.answer',
      'm.issued_at as issuedAt',
      fullNameOf('author').as('author'),
    ])
    .where('s.report_id', '=', reportId)
    .where(
      sql<boolean>`s.number = case when m.issued_at is null
        then (select max(number) from submissions where report_id = ${reportId})
        else (select max(n.number) from report_remarks i join submissions n on n.id = i.submission_id
              where n.report_id = ${reportId} and i.issued_at is not null) end`,
    )
    .orderBy('m.cell')
    .orderBy('m.id')
    .limit(1000)
    .execute()
