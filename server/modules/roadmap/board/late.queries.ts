import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { LateFilter, LateMeasure, LateReason, LateSort } from '../../../../contracts/roadmap-board.ts'
import type { Db } from '../../../kernel/db/index.ts'

export type LatePlace = { roadmapId: string; codes: readonly string[]; today: string }

/** Those whose term has passed: neither done nor cancelled. The same as the state `overdue`, in a form an index serves. */
export const isLate = ({ roadmapId, codes, today }: LatePlace) => sql<SqlBool>`
  measures.roadmap_id = ${roadmapId} and measures.region_code = any(${[...codes]}::text[])
  and measures.done_on is null and measures.cancelled_at is null and measures.due_on < ${today}::date`

/** What it waits for and is not done. */
const waiting = sql`
  from measure_links link join measures before on before.id = link.after_id
  where link.measure_id = measures.id and before.done_on is null and before.cancelled_at is null`
const openRemarks = sql`from measure_remarks remark where remark.measure_id = measures.id and remark.settled_at is null`

const reasons: Record<LateReason, RawBuilder<SqlBool>> = {
  silent: sql<SqlBool>`not exists (select from measure_reports told where told.measure_id = measures.id
    and told.returned_at is null)`,
  remarks: sql<SqlBool>`exists (select ${openRemarks})`,
  waits: sql<SqlBool>`exists (select ${waiting})`,
}

/** Of `measures` and `organisation`. */
export function matches({ q, region, section, measure, why }: LateFilter): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [sql<SqlBool>`true`]
  if (q) {
    const words = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`
    conditions.push(
      sql<SqlBool>`(measures.number = ${q} or measures.title ilike ${words} or measures.responsible_person ilike ${words}
        or coalesce(organisation.short_name, measures.organisation_name) ilike ${words})`,
    )
  }
  if (region) conditions.push(sql<SqlBool>`measures.region_code = ${region}`)
  if (section) conditions.push(sql<SqlBool>`measures.section_id = ${section}`)
  if (measure) conditions.push(sql<SqlBool>`measures.template_id = ${measure}`)
  if (why) conditions.push(reasons[why])
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

const inPlan = sql`section.position, measures.position, region.name, measures.id`
const orders: Record<LateSort, RawBuilder<unknown>> = {
  due: sql`measures.due_on, region.name, ${inPlan}`,
  '-due': sql`measures.due_on desc, region.name, ${inPlan}`,
  region: sql`region.name, ${inPlan}`,
  '-region': sql`region.name desc, ${inPlan}`,
  measure: inPlan,
  '-measure': sql`section.position desc, measures.position desc, region.name, measures.id`,
  percent: sql`measures.percent, measures.due_on, ${inPlan}`,
  '-percent': sql`measures.percent desc, measures.due_on, ${inPlan}`,
}

type Page = { sort: LateSort | undefined; limit: number; offset: number }

export async function listLate(db: Db, place: LatePlace, filter: LateFilter, page: Page): Promise<LateMeasure[]> {
  const { rows } = await sql<LateMeasure>`
    select measures.id, measures.region_code as region, region.name as "regionName", section.number as "sectionNumber",
      measures.number, measures.title, coalesce(organisation.short_name, measures.organisation_name) as organisation,
      measures.responsible_person as person, measures.due_on as "dueOn", ${place.today}::date - measures.due_on as "daysLate",
      measures.percent,
      (select json_build_object('text', told.text, 'at', to_char(told.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        from measure_reports told where told.measure_id = measures.id and told.returned_at is null
        order by told.at desc, told.id desc limit 1) as report,
      (select count(*)::int ${openRemarks}) as remarks,
      coalesce((select json_agg(json_build_object('id', before.id, 'number', before.number, 'title', before.title,
        'overdue', before.due_on < ${place.today}::date) order by before.position) ${waiting}), '[]') as "waitsFor",
      (select max(nudge.asked_on) from measure_nudges nudge where nudge.measure_id = measures.id) as "remindedOn"
    from measures
    join regions region on region.code = measures.region_code
    join roadmap_sections section on section.id = measures.section_id
    left join organisations organisation on organisation.id = measures.organisation_id
    where ${isLate(place)} and ${matches(filter)}
    order by ${orders[page.sort ?? 'due']} limit ${page.limit} offset ${page.offset}`.execute(db)
  return rows
}

export async function countLate(db: Db, place: LatePlace, filter: LateFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from measures
    left join organisations organisation on organisation.id = measures.organisation_id
    where ${isLate(place)} and ${matches(filter)}`.execute(db)
  return rows[0]?.count ?? 0
}
