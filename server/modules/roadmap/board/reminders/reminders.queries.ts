import { sql } from 'kysely'
import type { LateFilter } from '../../../../../contracts/roadmap-board.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../../kernel/db/index.ts'
import { isLate, type LatePlace, matches } from '../late.queries.ts'

export type LateToRemind = { id: string; region: string; part: string; remindedToday: boolean }
export type Narrowing = {
  measures?: readonly string[] | undefined
  regions?: readonly string[] | undefined
  filter?: LateFilter | undefined
}

const among = (column: string, chosen: readonly string[] | undefined, type: 'uuid' | 'text') =>
  chosen === undefined ? sql`true` : sql`${sql.ref(column)} = any(${[...chosen]}::${sql.raw(type)}[])`

/** Those of the chosen measures that are late on this day. */
export async function listToRemind(
  db: Db,
  place: LatePlace,
  { measures, regions, filter = {} }: Narrowing,
): Promise<LateToRemind[]> {
  const { rows } = await sql<LateToRemind>`
    select measures.id, measures.region_code as region, 'section:' || measures.section_id as part,
      exists (select from measure_nudges told where told.measure_id = measures.id
        and told.asked_on = ${place.today}::date) as "remindedToday"
    from measures left join organisations organisation on organisation.id = measures.organisation_id
    where ${isLate(place)} and ${matches(filter)} and ${among('measures.id', measures, 'uuid')}
      and ${among('measures.region_code', regions, 'text')}
    order by measures.id`.execute(db)
  return rows
}

export async function insertNudge(
  tx: Tx,
  { roadmapId, by, words }: { roadmapId: string; by: string; words: string | null },
): Promise<string> {
  const id = randomUUIDv7()
  await tx.insertInto('roadmap_nudges').values({ id, roadmap_id: roadmapId, asked_by: by, words }).execute()
  return id
}

export const deleteNudge = (tx: Tx, id: string) => tx.deleteFrom('roadmap_nudges').where('id', '=', id).execute()

/**
 * Marks measures as reminded of on this day, in the order of their ids, so that two at once do not wait for each other.
 * @returns those that nobody had marked before
 */
export async function markMeasures(
  tx: Tx,
  nudgeId: string,
  { ids, today }: { ids: readonly string[]; today: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into measure_nudges (measure_id, asked_on, nudge_id)
    select id, ${today}::date, ${nudgeId}::uuid from unnest(${[...ids]}::uuid[]) id order by id
    on conflict do nothing returning measure_id as id`.execute(tx)
  return rows.map(({ id }) => id)
}

export type TakenNudge = { roadmapId: string; shortTitle: string; timeZone: string; words: string | null }

/** Marks it as sent; undefined when it was, whoever did it. */
export async function takeNudge(tx: Tx, id: string): Promise<TakenNudge | undefined> {
  const { rows } = await sql<TakenNudge>`
    update roadmap_nudges nudge set sent_at = now() from roadmaps roadmap
    where nudge.id = ${id} and nudge.sent_at is null and roadmap.id = nudge.roadmap_id
    returning nudge.roadmap_id as "roadmapId", roadmap.short_title as "shortTitle", roadmap.time_zone as "timeZone",
      nudge.words`.execute(tx)
  return rows[0]
}

export type RemindedMeasure = {
  id: string
  region: string
  regionName: string
  part: string
  number: string
  title: string
  dueOn: string
  daysLate: number
}

/** What of a reminder is still late: something may have been reported meanwhile. */
export async function listReminded(tx: Tx, nudgeId: string, today: string): Promise<RemindedMeasure[]> {
  const { rows } = await sql<RemindedMeasure>`
    select measures.id, measures.region_code as region, region.name as "regionName",
      'section:' || measures.section_id as part, measures.number, measures.title, measures.due_on as "dueOn",
      ${today}::date - measures.due_on as "daysLate"
    from measure_nudges nudge
    join measures on measures.id = nudge.measure_id
    join regions region on region.code = measures.region_code
    join roadmap_sections section on section.id = measures.section_id
    where nudge.nudge_id = ${nudgeId} and measures.done_on is null and measures.cancelled_at is null
      and measures.due_on < ${today}::date
    order by region.name, region.code, section.position, measures.position, measures.id`.execute(tx)
  return rows
}
