import { type SqlBool, sql } from 'kysely'
import { type MeasureLine, measuresOnPage, type PlanQuery } from '../../../../contracts/measures.ts'
import type { MeasureState } from '../../../../contracts/roadmaps.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { stateInSql } from './measures.queries.ts'

/** One plan: of a region, or the template; narrowed to the sections that the reader may see. */
export type PlanPlace = { roadmapId: string; region: string | null; sectionIds: readonly string[]; today: string }

type Found = {
  rows: MeasureLine[] | null
  total: number
  counts: Partial<Record<MeasureState, number>> | null
  organisations: string[] | null
}

/** A page of a plan (all of it when the query says so), with what there is to choose from: one round trip. */
export async function listPlan(db: Db, { roadmapId, region, sectionIds, today }: PlanPlace, query: PlanQuery) {
  const { section, state, organisation, q, whole, page } = query
  const conditions = [
    sql<SqlBool>`true`,
    ...(section ? [sql<SqlBool>`section_id = ${section}`] : []),
    ...(state ? [sql<SqlBool>`state = ${state}`] : []),
    ...(organisation ? [sql<SqlBool>`organisation = ${organisation}`] : []),
    ...(q
      ? [
          sql<SqlBool>`concat_ws(' ', number, title, expected_result, organisation, responsible_person)
            ilike ${`%${likePattern(q)}%`}`,
        ]
      : []),
  ]
  const { rows } = await sql<Found>`
    with plan as materialized (
      select measures.*, section.position as section_position, ${stateInSql(today)} as state,
        coalesce(organisation.short_name, measures.organisation_name) as organisation,
        measures.region_code is not null and measures.template_id is null as own
      from measures join roadmap_sections section on section.id = measures.section_id
        left join organisations organisation on organisation.id = measures.organisation_id
      where measures.roadmap_id = ${roadmapId}
        and ${region === null ? sql<SqlBool>`measures.region_code is null` : sql<SqlBool>`measures.region_code = ${region}`}
        and measures.section_id = any(${sectionIds}::uuid[])),
    found as (select * from plan where ${sql.join(conditions, sql` and `)}),
    page as (
      select * from found order by section_position, section_id, own, position, id
      limit ${whole ? null : measuresOnPage} offset ${whole ? 0 : (page - 1) * measuresOnPage})
    select
      (select json_agg(json_build_object('id', id, 'sectionId', section_id, 'number', number, 'title', title,
          'startsOn', starts_on, 'dueOn', due_on, 'state', state, 'percent', percent, 'doneOn', done_on,
          'organisation', organisation, 'responsiblePerson', responsible_person,
          'own', own)
        order by section_position, section_id, own, position, id) from page) as rows,
      (select count(*)::int from found) as total,
      (select json_object_agg(state, count) from (select state, count(*)::int as count from plan group by 1) by_state)
        as counts,
      (select json_agg(distinct organisation) from plan where organisation <> '') as organisations`.execute(db)
  const [found] = rows
  return {
    measures: found?.rows ?? [],
    total: found?.total ?? 0,
    counts: found?.counts ?? {},
    organisations: (found?.organisations ?? []).toSorted((one, other) => one.localeCompare(other, 'ru')),
  }
}

const likePattern = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
