import { sql } from 'kysely'
import type { OpenRemarks } from '../../../../../contracts/measure-progress.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../../kernel/db/index.ts'

export type RemarkRow = {
  id: string
  at: Date
  by: string | null
  byName: string
  text: string
  answer: string | null
  answeredAt: Date | null
  answeredBy: string | null
  answeredByName: string | null
  settledAt: Date | null
  settledByName: string | null
}

const mostRemarks = 200

/** Those that are not settled first, then the newest. */
export async function listRemarks(db: Db, measureId: string): Promise<RemarkRow[]> {
  const { rows } = await sql<RemarkRow>`
    select remark.id, remark.at, remark.by, remark.text, remark.answer, remark.answered_at as "answeredAt",
      remark.answered_by as "answeredBy", remark.settled_at as "settledAt",
      concat_ws(' ', author.surname, author.name, author.patronymic) as "byName",
      nullif(concat_ws(' ', answering.surname, answering.name, answering.patronymic), '') as "answeredByName",
      nullif(concat_ws(' ', settling.surname, settling.name, settling.patronymic), '') as "settledByName"
    from measure_remarks remark
    left join accounts author on author.id = remark.by
    left join accounts answering on answering.id = remark.answered_by
    left join accounts settling on settling.id = remark.settled_by
    where remark.measure_id = ${measureId}
    order by remark.settled_at is not null, remark.at desc, remark.id desc limit ${mostRemarks}`.execute(db)
  return rows
}

export async function insertRemark(tx: Tx, remark: { measureId: string; text: string; by: string }): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('measure_remarks')
    .values({ id, measure_id: remark.measureId, text: remark.text, by: remark.by })
    .execute()
  return id
}

export const noteAnswer = (tx: Tx, id: string, by: string, answer: string) =>
  tx
    .updateTable('measure_remarks')
    .set({ answer, answered_at: sql<Date>`now()`, answered_by: by })
    .where('id', '=', id)
    .execute()

export const noteSettled = (tx: Tx, id: string, by: string) =>
  tx.updateTable('measure_remarks').set({ settled_at: sql<Date>`now()`, settled_by: by }).where('id', '=', id).execute()

/** The answer stays to be read; it no longer counts as one. */
export const noteReopened = (tx: Tx, id: string) =>
  tx
    .updateTable('measure_remarks')
    .set({ settled_at: null, settled_by: null, answered_at: null })
    .where('id', '=', id)
    .execute()

/** Remarks that nobody has settled, of each region that has any. */
export const countOpenRemarks = (db: Db, roadmapId: string): Promise<OpenRemarks[]> =>
  db
    .selectFrom('measure_remarks as remark')
    .innerJoin('measures as measure', 'measure.id', 'remark.measure_id')
    .select([sql<string>`measure.region_code`.as('region'), sql<number>`count(*)::int`.as('count')])
    .where('measure.roadmap_id', '=', roadmapId)
    .where('measure.region_code', 'is not', null)
    .where('measure.cancelled_at', 'is', null)
    .where('remark.settled_at', 'is', null)
    .groupBy('measure.region_code')
    .orderBy('measure.region_code')
    .execute()
