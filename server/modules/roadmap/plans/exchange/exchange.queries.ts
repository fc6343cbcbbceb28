import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../../kernel/db/index.ts'
import type { GivenPlan } from './given.ts'

export type PlannedMeasure = {
  id: string
  sectionId: string
  number: string
  title: string
  /** `YYYY-MM-DD`. */
  startsOn: string | null
  dueOn: string
  organisationId: string | null
  organisation: string
  responsiblePerson: string
  coExecutors: { organisationId: string | null; name: string }[]
  expectedResult: string
  evidenceKinds: string[]
  indicatorId: string | null
  after: string[]
  copy: boolean
  cancelled: boolean
  version: number
}

/** Every measure of a region's plan, or of the template when it is null, with all that a table may say of it. */
export async function listWholePlan(db: Db, roadmapId: string, region: string | null): Promise<PlannedMeasure[]> {
  const { rows } = await sql<PlannedMeasure>`
    select measure.id, measure.section_id as "sectionId", measure.number, measure.title,
      measure.starts_on as "startsOn", measure.due_on as "dueOn", measure.organisation_id as "organisationId",
      coalesce(organisation.short_name, measure.organisation_name) as organisation,
      measure.responsible_person as "responsiblePerson", measure.expected_result as "expectedResult",
      measure.evidence_kinds as "evidenceKinds", measure.indicator_id as "indicatorId",
      measure.template_id is not null as copy, measure.cancelled_at is not null as cancelled, measure.version,
      array(select after_id::text from measure_links where measure_id = measure.id) as after,
      coalesce((
        select json_agg(json_build_object('organisationId', taking.organisation_id,
          'name', coalesce(named.short_name, taking.name)) order by taking.position)
        from measure_co_executors taking left join organisations named on named.id = taking.organisation_id
        where taking.measure_id = measure.id), '[]') as "coExecutors"
    from measures measure left join organisations organisation on organisation.id = measure.organisation_id
    where measure.roadmap_id = ${roadmapId} and measure.region_code is not distinct from ${region}
    order by measure.position, measure.id`.execute(db)
  return rows
}

export const listNamedIndicators = (db: Db, roadmapId: string) =>
  db
    .selectFrom('indicators')
    .select(['id', 'code', 'title'])
    .where('roadmap_id', '=', roadmapId)
    .where('archived_at', 'is', null)
    .execute()

export type NewImport = { roadmapId: string; region: string | null; fileName: string; given: GivenPlan; by: string }

export async function insertImport(tx: Tx, { roadmapId, region, fileName, given, by }: NewImport): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('measure_imports')
    .values({
      id,
      roadmap_id: roadmapId,
      region_code: region,
      file_name: fileName,
      given: JSON.stringify(given),
      created_by: by,
    })
    .execute()
  return id
}

export type ImportRow = NonNullable<Awaited<ReturnType<typeof findImport>>>

/** Somebody else's does not exist. */
export const findImport = (db: Db, { id, roadmapId, by }: { id: string; roadmapId: string; by: string }) =>
  db
    .selectFrom('measure_imports')
    .select(['id', 'region_code as region', 'file_name as fileName', 'given', 'applied_at as appliedAt'])
    .where('id', '=', id)
    .where('roadmap_id', '=', roadmapId)
    .where('created_by', '=', by)
    .executeTakeFirst()

/** Whether it is the first: two clicks apply a table once. */
export async function markApplied(tx: Tx, id: string, by: string): Promise<boolean> {
  const done = await tx
    .updateTable('measure_imports')
    .set({ applied_at: sql<Date>`now()`, applied_by: by })
    .where('id', '=', id)
    .where('applied_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** What was given and looked at, but not applied, is of no use the day after; what was applied stands in the history. */
export const dropOldImports = (db: Db) =>
  db.deleteFrom('measure_imports').where('created_at', '<', sql<Date>`now() - interval '2 days'`).execute()
