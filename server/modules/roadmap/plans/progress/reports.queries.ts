import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../../kernel/db/index.ts'

export type ReportRow = {
  id: string
  at: Date
  by: string | null
  /** Full name. */
  byName: string
  text: string
  percent: number
  /** `YYYY-MM-DD`. */
  doneOn: string | null
  returnedAt: Date | null
  returnedByName: string | null
  returnReason: string | null
  files: ReportFile[]
}
export type ReportFile = { id: string; name: string; size: number; kind: string | null }

const mostReports = 200

/** The newest first, with their files. */
export async function listReports(db: Db, measureId: string): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select report.id, report.at, report.by, report.text, report.percent, report.done_on as "doneOn",
      concat_ws(' ', author.surname, author.name, author.patronymic) as "byName",
      report.returned_at as "returnedAt", report.return_reason as "returnReason",
      case when report.returned_at is not null
        then concat_ws(' ', returner.surname, returner.name, returner.patronymic) end as "returnedByName",
      coalesce((
        select json_agg(json_build_object('id', file.id, 'name', file.name, 'size', file.size, 'kind', put.kind)
          order by put.kind nulls last, file.name)
        from measure_report_files put join files file on file.id = put.file_id
        where put.report_id = report.id), '[]') as files
    from measure_reports report
    left join accounts author on author.id = report.by
    left join accounts returner on returner.id = report.returned_by
    where report.measure_id = ${measureId}
    order by report.at desc, report.id desc limit ${mostReports}`.execute(db)
  return rows
}

/** What stands for the measure now. */
export const findLastReport = (db: Db, measureId: string) =>
  db
    .selectFrom('measure_reports as report')
    .leftJoin('accounts as author', 'author.id', 'report.by')
    .select([
      'report.id',
      'report.by',
      'report.returned_at as returnedAt',
      sql<string>`concat_ws(' ', author.surname, author.name, author.patronymic)`.as('byName'),
    ])
    .where('report.measure_id', '=', measureId)
    .orderBy('report.at', 'desc')
    .orderBy('report.id', 'desc')
    .limit(1)
    .executeTakeFirst()

export type NewReportRow = { measureId: string; text: string; percent: number; doneOn: string | null; by: string }

export async function insertReport(tx: Tx, report: NewReportRow): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('measure_reports')
    .values({
      id,
      measure_id: report.measureId,
      // Not the beginning of the transaction: one that waited for another must stand after it.
      at: sql<Date>`clock_timestamp()`,
      by: report.by,
      text: report.text,
      percent: report.percent,
      done_on: report.doneOn,
    })
    .execute()
  return id
}

export const insertReportFile = (tx: Tx, file: { reportId: string; fileId: string; kind: string | null }) =>
  tx
    .insertInto('measure_report_files')
    .values({ report_id: file.reportId, file_id: file.fileId, kind: file.kind })
    .execute()

/** Of these the files that stand with any report of the measure, for the new report to have too. */
export async function keepFiles(tx: Tx, measureId: string, reportId: string, fileIds: readonly string[]) {
  if (fileIds.length === 0) return
  await sql`
    insert into measure_report_files (report_id, file_id, kind)
    select distinct on (put.file_id) ${reportId}::uuid, put.file_id, put.kind
    from measure_report_files put join measure_reports report on report.id = put.report_id
    where report.measure_id = ${measureId} and put.file_id = any(${[...fileIds]}::uuid[])
    on conflict do nothing`.execute(tx)
}

/** The kinds of evidence that reports which were not returned hold. */
export const listEvidence = async (db: Db, measureId: string): Promise<Set<string>> => {
  const rows = await db
    .selectFrom('measure_report_files as put')
    .innerJoin('measure_reports as report', 'report.id', 'put.report_id')
    .select('put.kind')
    .distinct()
    .where('report.measure_id', '=', measureId)
    .where('report.returned_at', 'is', null)
    .where('put.kind', 'is not', null)
    .execute()
  return new Set(rows.flatMap(({ kind }) => kind ?? []))
}

/** The last report that was not returned says how far the measure is. */
export const followReports = (tx: Tx, measureId: string) =>
  sql`
    update measures set done_on = last.done_on, percent = coalesce(last.percent, 0), reported_at = last.at
    from (select measure.id, report.done_on, report.percent, report.at
      from measures measure left join lateral (
        select * from measure_reports where measure_id = measure.id and returned_at is null
        order by at desc, id desc limit 1) report on true
      where measure.id = ${measureId}) last
    where measures.id = last.id`.execute(tx)

export const markReturned = (tx: Tx, reportId: string, by: string, reason: string) =>
  tx
    .updateTable('measure_reports')
    .set({ returned_at: sql<Date>`now()`, returned_by: by, return_reason: reason })
    .where('id', '=', reportId)
    .execute()

export const deleteReport = (tx: Tx, reportId: string) =>
  tx.deleteFrom('measure_reports').where('id', '=', reportId).execute()

export const findReportFile = (db: Db, measureId: string, reportId: string, fileId: string) =>
  db
    .selectFrom('measure_report_files as put')
    .innerJoin('measure_reports as report', 'report.id', 'put.report_id')
    .innerJoin('files as file', 'file.id', 'put.file_id')
    .select(['file.name', 'file.size', 'file.media_type as mediaType', 'file.sha256'])
    .where('report.measure_id', '=', measureId)
    .where('report.id', '=', reportId)
    .where('file.id', '=', fileId)
    .executeTakeFirst()

export type NotedChange = { field: string; oldValue: string | null; newValue: string | null; reason?: string | null }

/** For the history of the measure. */
export async function noteProgress(tx: Tx, measureId: string, by: string, changes: readonly NotedChange[]) {
  if (changes.length === 0) return
  await tx
    .insertInto('measure_changes')
    .values(
      changes.map(({ field, oldValue, newValue, reason = null }) => ({
        measure_id: measureId,
        by,
        field,
        old_value: oldValue,
        new_value: newValue,
        reason,
      })),
    )
    .execute()
}
