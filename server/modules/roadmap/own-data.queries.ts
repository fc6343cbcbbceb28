/** What roadmaps keep about one person: what it has reported, remarked, answered and entered. */
import { sql } from 'kysely'
import type { Context } from '../../kernel/http/index.ts'

export async function exportOwn({ db, account }: Context): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ found: Record<string, unknown> }>`
    select json_build_object(
      'measureReports', (
        select coalesce(json_agg(json_build_object('measure', m.title, 'region', m.region_code, 'at', r.at,
          'text', r.text, 'percent', r.percent, 'doneOn', r.done_on) order by r.at), '[]')
        from measure_reports r join measures m on m.id = r.measure_id where r.by = ${account.id}),
      'measureRemarks', (
        select coalesce(json_agg(json_build_object('measure', m.title, 'region', m.region_code, 'at', r.at,
          'text', case when r.by = ${account.id} then r.text end,
          'answer', case when r.answered_by = ${account.id} then r.answer end) order by r.at), '[]')
        from measure_remarks r join measures m on m.id = r.measure_id
        where ${account.id} in (r.by, r.answered_by)),
      'measureChanges', (
        select coalesce(json_agg(json_build_object('measure', m.title, 'region', m.region_code, 'at', c.at,
          'field', c.field, 'reason', c.reason) order by c.id), '[]')
        from measure_changes c join measures m on m.id = c.measure_id where c.by = ${account.id}),
      'figureChanges', (
        select coalesce(json_agg(json_build_object('indicator', i.title, 'region', c.region_code, 'period', c.period,
          'at', c.at, 'field', c.field, 'was', c.old_value, 'is', c.new_value, 'reason', c.reason) order by c.id), '[]')
        from indicator_changes c join indicators i on i.id = c.indicator_id where c.by = ${account.id})
    ) as found`.execute(db)
  return rows[0]?.found ?? {}
}
