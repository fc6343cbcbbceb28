import { sql } from 'kysely'
import type { MeasureState } from '../../../../contracts/roadmaps.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { stateWhen } from '../plans/measures.queries.ts'
import type { Reach } from './reach.ts'
import { within } from './to-do.queries.ts'

export type OrganisationMeasure = {
  id: string
  number: string
  title: string
  regionName: string
  roadmap: string
  dueOn: string
  state: MeasureState
}

/** What is not done yet first, by term. */
export async function listMeasuresOf(db: Db, organisationId: string, { sections }: Reach, limit: number) {
  const { rows } = await sql<OrganisationMeasure & { total: number }>`
    select measures.id, measures.number, measures.title, region.name as "regionName",
      roadmaps.short_title as roadmap, measures.due_on as "dueOn", ${stateWhen(sql`looked.today`)} as state,
      count(*) over ()::int as total
    from measures join roadmaps on roadmaps.id = measures.roadmap_id and roadmaps.published_at is not null
    join regions region on region.code = measures.region_code
    join lateral (select (now() at time zone roadmaps.time_zone)::date as today) as looked on true
    where (measures.organisation_id = ${organisationId} or exists (
        select from measure_co_executors c where c.measure_id = measures.id and c.organisation_id = ${organisationId}))
      and measures.cancelled_at is null and ${within(sections, 'measures.region_code', 'measures.section_id')}
    order by measures.done_on is not null, measures.due_on, measures.number limit ${limit}`.execute(db)
  return { measures: rows, total: rows[0]?.total ?? 0 }
}

/** Measures not done yet that an organisation answers for, and those that it helps with. */
export async function countMeasuresOf(db: Db, organisationId: string): Promise<{ open: number; shared: number }> {
  const { rows } = await sql<{ open: number; shared: number }>`
    select (select count(*)::int from measures
        where organisation_id = ${organisationId} and region_code is not null and done_on is null
          and cancelled_at is null) as open,
      (select count(*)::int from measure_co_executors c join measures m on m.id = c.measure_id
        where c.organisation_id = ${organisationId} and m.region_code is not null and m.done_on is null
          and m.cancelled_at is null) as shared`.execute(db)
  return rows[0] ?? { open: 0, shared: 0 }
}
