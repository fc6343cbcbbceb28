import { sql } from 'kysely'
import type { NewRoadmap, RoadmapChange } from '../../../../contracts/roadmaps.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

/** Undefined when its address is taken. */
export async function insertDraft(tx: Tx, roadmap: NewRoadmap, by: string): Promise<string | undefined> {
  const id = randomUUIDv7()
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('roadmaps')
    .values({ id, ...columnsOf(roadmap), created_by: by })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows ? id : undefined
}

/** The roadmap is locked. */
export const isCodeTaken = async (tx: Tx, code: string, by: string): Promise<boolean> =>
  (await tx.selectFrom('roadmaps').select('id').where('code', '=', code).where('id', '<>', by).executeTakeFirst()) !==
  undefined

export const writeSettings = (tx: Tx, id: string, change: RoadmapChange) =>
  tx
    .updateTable('roadmaps')
    .set({ ...columnsOf(change), version: change.version + 1 })
    .where('id', '=', id)
    .execute()

const columnsOf = (roadmap: NewRoadmap) => ({
  code: roadmap.code,
  title: roadmap.title,
  short_title: roadmap.shortTitle,
  purpose: roadmap.purpose,
  starts_on: roadmap.startsOn,
  deadline: roadmap.deadline,
  time_zone: roadmap.timeZone,
})

export const raiseVersion = (tx: Tx, id: string) =>
  tx.updateTable('roadmaps').set({ version: sql`version + 1` }).where('id', '=', id).execute()

export const markUnpublished = (tx: Tx, id: string) =>
  tx.updateTable('roadmaps').set({ published_at: null, published_by: null }).where('id', '=', id).execute()

/** What a roadmap has of all that it needs. */
export async function countParts(db: Db, id: string): Promise<{ sections: number; measures: number; regions: number }> {
  const { rows } = await sql<{ sections: number; measures: number; regions: number }>`
    select (select count(*)::int from roadmap_sections where roadmap_id = ${id}) as sections,
      (select count(*)::int from measures
        where roadmap_id = ${id} and region_code is null and cancelled_at is null) as measures,
      (select count(*)::int from roadmap_regions where roadmap_id = ${id}) as regions`.execute(db)
  const [counts] = rows
  return counts ?? { sections: 0, measures: 0, regions: 0 }
}

export const listAllRegions = (db: Db): Promise<{ code: string; name: string }[]> =>
  db.selectFrom('regions').select(['code', 'name']).orderBy('code').execute()

/** Of these regions those that have reported on a measure, entered a figure or added a measure of their own. */
export async function listRegionsWithFacts(
  db: Db,
  roadmapId: string,
  codes: readonly string[],
): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from regions where code = any(${codes}::text[]) and (
      exists (
        select from measures m where m.roadmap_id = ${roadmapId} and m.region_code = code
          and (m.template_id is null or m.reported_at is not null or m.cancelled_at is not null
            or exists (select from measure_reports r where r.measure_id = m.id)
            or exists (select from measure_remarks r where r.measure_id = m.id)))
      or exists (
        select from indicator_figures f join indicators i on i.id = f.indicator_id
        where i.roadmap_id = ${roadmapId} and f.region_code = code))
    order by code`.execute(db)
  return rows
}

/** With the copies of the template that they have done nothing about. */
export async function deleteRegions(tx: Tx, roadmapId: string, codes: readonly string[]): Promise<void> {
  await tx.deleteFrom('measures').where('roadmap_id', '=', roadmapId).where('region_code', 'in', codes).execute()
  await tx.deleteFrom('roadmap_regions').where('roadmap_id', '=', roadmapId).where('region_code', 'in', codes).execute()
}

export const writeSection = (tx: Tx, id: string, section: { number: string; title: string }) =>
  tx.updateTable('roadmap_sections').set(section).where('id', '=', id).execute()

/** In this order from 1 on. */
export const writeSectionOrder = (tx: Tx, ids: readonly string[]) =>
  sql`
    update roadmap_sections set position = place
    from unnest(${ids}::uuid[]) with ordinality as ordered (section_id, place) where id = section_id`.execute(tx)

export const deleteSection = (tx: Tx, id: string) => tx.deleteFrom('roadmap_sections').where('id', '=', id).execute()

/** What refers to each section: measures of the template and of regions, indicators. */
export async function countInSections(
  db: Db,
  roadmapId: string,
): Promise<Map<string, { template: number; measures: number; indicators: number }>> {
  const { rows } = await sql<{ id: string; template: number; measures: number; indicators: number }>`
    select s.id, coalesce(m.template, 0) as template, coalesce(m.measures, 0) as measures,
      (select count(*)::int from indicators i where i.section_id = s.id) as indicators
    from roadmap_sections s
    left join (
      select section_id, count(*) filter (where region_code is null)::int as template, count(*)::int as measures
      from measures where roadmap_id = ${roadmapId} group by section_id
    ) m on m.section_id = s.id
    where s.roadmap_id = ${roadmapId}`.execute(db)
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}
