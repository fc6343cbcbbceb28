import { sql } from 'kysely'
import type { Db } from '../../../kernel/db/index.ts'
import type { LatePlace } from './late.queries.ts'

/** `due` and `done` of the month alone; `settled`: both due and done by its end, and not by the end of the one before. */
export type MonthOfRegion = { region: string; month: string; due: number; done: number; settled: number }

/** Months in which something was due or done, region by region; in order. Cancelled measures are left out. */
export async function listMonths(
  db: Db,
  { roadmapId, codes }: Pick<LatePlace, 'roadmapId' | 'codes'>,
  section?: string,
): Promise<MonthOfRegion[]> {
  const { rows } = await sql<MonthOfRegion>`
    select region, to_char(month, 'YYYY-MM') as month, count(*) filter (where what = 'due')::int as due,
      count(*) filter (where what = 'done')::int as done, count(*) filter (where what = 'settled')::int as settled
    from (
      select measures.region_code as region, date_trunc('month', moment.day) as month, moment.what
      from measures cross join lateral (values
        ('due', measures.due_on), ('done', measures.done_on),
        ('settled', case when measures.done_on is not null then greatest(measures.due_on, measures.done_on) end))
        moment (what, day)
      where measures.roadmap_id = ${roadmapId} and measures.region_code = any(${[...codes]}::text[])
        and measures.cancelled_at is null and moment.day is not null
        and (${section ?? null}::uuid is null or measures.section_id = ${section ?? null}::uuid)) moments
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}
