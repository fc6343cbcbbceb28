import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { MeasureState, RoadmapToDo } from '../../../../contracts/roadmaps.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { stateInSql } from '../plans/measures.queries.ts'
import type { Reach } from './reach.ts'

/** Sections and indicators of the roadmaps that these regions take part in, a row for each region. */
export async function listPlaces(db: Db, regions: readonly string[], roadmapId?: string) {
  const { rows } = await sql<{ region: string; kind: 'section' | 'indicator'; id: string }>`
    select taking.region_code as region, part.kind, part.id
    from roadmap_regions taking join roadmaps on roadmaps.id = taking.roadmap_id
    join lateral (
      select 'section' as kind, id from roadmap_sections where roadmap_id = taking.roadmap_id
      union all
      select 'indicator', id from indicators where roadmap_id = taking.roadmap_id and level = 'region'
    ) as part on true
    where taking.region_code = any(${regions}::text[]) and ${ofRoadmaps(roadmapId)}`.execute(db)
  return rows
}

const ofRoadmaps = (roadmapId: string | undefined): RawBuilder<SqlBool> =>
  roadmapId === undefined ? sql<SqlBool>`roadmaps.published_at is not null` : sql<SqlBool>`roadmaps.id = ${roadmapId}`

/** @param region and `id`: names of columns */
export const within = (pairs: Reach['sections'], region: string, id: string): RawBuilder<SqlBool> =>
  pairs === 'all'
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(${sql.ref(region)}, ${sql.ref(id)}) in (
        select * from unnest(${pairs.map((pair) => pair.region)}::text[], ${pairs.map((pair) => pair.id)}::uuid[]))`

/** How many measures of each region are in each state, of the sections that one reaches. */
export async function countStatesWithin(db: Db, roadmapId: string, today: string, { sections }: Reach) {
  const { rows } = await sql<{ region: string; state: MeasureState; count: number }>`
    select region_code as region, ${stateInSql(today)} as state, count(*)::int as count from measures
    where roadmap_id = ${roadmapId} and region_code is not null and ${within(sections, 'region_code', 'section_id')}
    group by 1, 2`.execute(db)
  return rows
}

export type ToDoChoice = {
  roadmapId?: string
  /** Of whose work: overdue measures, remarks, figures that are not entered. Undefined: of nobody's. */
  doing: Reach | undefined
  /** Whose figures one confirms, and whose remarks one has written. */
  coordinating: Reach | undefined
  /** How many of each are listed. */
  first: number
}

const nowhere: Reach = { sections: [], indicators: [] }

/** All of it in one round trip. Days and periods are those of each roadmap's time zone. */
export async function findToDo(db: Db, { roadmapId, doing, coordinating, first }: ToDoChoice): Promise<RoadmapToDo> {
  const own = doing ?? nowhere
  const confirmed = coordinating ?? nowhere
  const { rows } = await sql<{ found: RoadmapToDo }>`
    with looked as materialized (
      select roadmaps.id, starts_on, (now() at time zone time_zone)::date as today from roadmaps
      where ${ofRoadmaps(roadmapId)}),
    measure as not materialized (
      select m.*, looked.today, region.name as region_name from measures m join looked on looked.id = m.roadmap_id
      join regions region on region.code = m.region_code where m.cancelled_at is null),
    overdue as materialized (
      select id as "measureId", roadmap_id as "roadmapId", number, title, region_code as region,
        region_name as "regionName", due_on as "dueOn", today - due_on as days
      from measure where done_on is null and due_on < today and ${within(own.sections, 'region_code', 'section_id')}),
    remarks as materialized (
      select m.id as "measureId", m.roadmap_id as "roadmapId", m.number, m.title, m.region_code as region,
        m.region_name as "regionName", remark.text, coalesce(remark.answered_at, remark.at) as at
      from measure_remarks remark join measure m on m.id = remark.measure_id
      where remark.settled_at is null and (
        (remark.answered_at is null and ${within(own.sections, 'm.region_code', 'm.section_id')})
        or (remark.answered_at is not null and ${within(confirmed.sections, 'm.region_code', 'm.section_id')}))),
    indicator as materialized (
      select i.id, i.roadmap_id, i.periodicity, i.source, i.level, i.position, looked.starts_on, ended.period
      from indicators i join looked on looked.id = i.roadmap_id, ${lastEnded} as ended
      where i.archived_at is null),
    missing as materialized (
      select i.roadmap_id as "roadmapId", taking.region_code as region, region.name as "regionName", i.periodicity,
        i.period::date::text as period, count(*)::int as missing
      from indicator i join roadmap_regions taking on taking.roadmap_id = i.roadmap_id
      join regions region on region.code = taking.region_code
      where i.level = 'region' and i.source = 'entered' and i.period >= date_trunc('month', i.starts_on::timestamp)
        and ${within(own.indicators, 'taking.region_code', 'i.id')}
        and not exists (
          select from indicator_figures f where f.indicator_id = i.id and f.region_code = taking.region_code
            and f.period = i.period::date and f.fact is not null and f.returned_at is null)
      group by 1, 2, 3, 4, 5),
    confirming as materialized (
      select i.roadmap_id as "roadmapId", i.periodicity, f.period::text as period,
        count(*) filter (where f.confirmed_at is null)::int as waiting,
        count(*) filter (where f.confirmed_at is not null)::int as confirmed
      from indicator i join indicator_figures f on f.indicator_id = i.id
      where f.entered_at is not null and f.returned_at is null and (f.confirmed_at is null or f.published_at is null)
        and ${within(confirmed.indicators, 'f.region_code', 'i.id')}
      group by 1, 2, 3)
    select json_build_object(
      'overdue', json_build_object('total', (select count(*)::int from overdue), 'first', coalesce((
        select json_agg(row) from (select * from overdue order by "dueOn", number limit ${first}) as row), '[]')),
      'remarks', json_build_object('total', (select count(*)::int from remarks), 'first', coalesce((
        select json_agg(row) from (select * from remarks order by at limit ${first}) as row), '[]')),
      'figures', json_build_object('total', (select coalesce(sum(missing), 0)::int from missing), 'first', coalesce((
        select json_agg(row) from (
          select * from missing order by missing desc, region, period limit ${first}) as row), '[]')),
      'confirming', json_build_object(
        'total', (select coalesce(sum(waiting), 0)::int from confirming), 'first', coalesce((
        select json_agg(row) from (select * from confirming order by period desc limit ${first}) as row), '[]'))
    ) as found`.execute(db)
  const [row] = rows
  if (!row) throw new Error('Nothing was counted')
  return row.found
}

/** The first day of the last period that has ended, of the indicator `i` on the day `looked.today`. */
const lastEnded = sql`lateral (
  select case i.periodicity
    when 'month' then date_trunc('month', looked.today::timestamp) - interval '1 month'
    when 'quarter' then date_trunc('quarter', looked.today::timestamp) - interval '3 months'
    when 'half' then date_trunc('year', looked.today::timestamp)
      + case when extract(month from looked.today) > 6 then interval '0' else interval '-6 months' end
    else date_trunc('year', looked.today::timestamp) - interval '1 year'
  end as period)`
