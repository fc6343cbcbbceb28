import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/index.ts'

export type DueMeasure = {
  id: string
  roadmapId: string
  region: string
  regionName: string
  sectionId: string
  number: string
  title: string
  /** `YYYY-MM-DD`. */
  dueOn: string
}

/** How many days before a term it is recalled; negative: after it, while the measure is overdue. */
const plan = [14, 3, 1, -1, -8, -15, -22, -29]
/** Past this many days a reminder that could not be sent says nothing new. */
const staleAfter = 4

/** Regions of all published roadmaps. */
export const listRemindedRegions = async (db: Db): Promise<string[]> => {
  const rows = await db
    .selectFrom('roadmap_regions as taking')
    .innerJoin('roadmaps as roadmap', 'roadmap.id', 'taking.roadmap_id')
    .select('taking.region_code as region')
    .distinct()
    .where('roadmap.published_at', 'is not', null)
    .execute()
  return rows.map(({ region }) => region)
}

/**
 * Measures of these regions whose day of the plan has come, marked as told: the mark is written with the message or not
 * at all, and of two nodes the second waits for the marks of the first and gets nothing. Once anything was told on this
 * day, the rest waits for the next.
 * @param zone IANA name, that of all the regions
 * @param today `YYYY-MM-DD` there
 */
export async function takeDueMeasures(
  tx: Tx,
  { regions, zone, today, at }: { regions: readonly string[]; zone: string; today: string; at: Date },
): Promise<DueMeasure[]> {
  const { rows } = await sql<DueMeasure>`
    with due as (
      select measure.id, measure.due_on, plan.days
      from measures measure
      join roadmaps roadmap on roadmap.id = measure.roadmap_id and roadmap.published_at is not null
      cross join lateral (
        select min(days) as days from unnest(${plan}::int[]) days
        where measure.due_on - days <= ${today}::date) plan
      where measure.region_code = any(${[...regions]}::text[])
        and measure.cancelled_at is null and measure.done_on is null and plan.days is not null
        and ${today}::date - (measure.due_on - plan.days) <= ${staleAfter}
        and not exists (select from measure_reminders told where told.measure_id = measure.id
          and told.due_on = measure.due_on and told.days_before <= plan.days)
        and not exists (select from measure_reminders told join measures other on other.id = told.measure_id
          where other.region_code = any(${[...regions]}::text[])
            and (told.told_at at time zone ${zone})::date = ${today}::date)),
    told as (
      insert into measure_reminders (measure_id, due_on, days_before, told_at)
      select id, due_on, days, ${at} from due order by id
      on conflict do nothing returning measure_id)
    select measure.id, measure.roadmap_id as "roadmapId", measure.region_code as region, region.name as "regionName",
      measure.section_id as "sectionId", measure.number, measure.title, measure.due_on as "dueOn"
    from told join measures measure on measure.id = told.measure_id
    join regions region on region.code = measure.region_code
    order by measure.region_code, measure.due_on, measure.position`.execute(tx)
  return rows
}
