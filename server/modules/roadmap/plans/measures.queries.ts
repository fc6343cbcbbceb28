import { type RawBuilder, sql } from 'kysely'
import type { MeasureState } from '../../../../contracts/roadmaps.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

/**
 * The same as `stateOf`, in SQL, of the table or alias `measures`: lists are filtered and counted by it. A test holds the
 * two together.
 * @param today `YYYY-MM-DD` in the roadmap's time zone
 */
export const stateInSql = (today: string): RawBuilder<MeasureState> => stateWhen(sql`${today}::date`)

/** The same, with the day as an expression: of several roadmaps each has its own. */
export const stateWhen = (today: RawBuilder<unknown>): RawBuilder<MeasureState> => sql<MeasureState>`
  case
    when measures.cancelled_at is not null then 'cancelled'
    when measures.done_on <= measures.due_on then 'done'
    when measures.done_on is not null then 'done-late'
    when ${today} > measures.due_on then 'overdue'
    when measures.reported_at is not null or measures.starts_on <= ${today} then 'going'
    else 'planned'
  end`

export type StateCount = { region: string; state: MeasureState; count: number }

/** How many measures of each region are in each state; cancelled ones too. */
export const countStates = (db: Db, roadmapId: string, today: string): Promise<StateCount[]> =>
  db
    .selectFrom('measures')
    .select([
      sql<string>`measures.region_code`.as('region'),
      stateInSql(today).as('state'),
      sql<number>`count(*)::int`.as('count'),
    ])
    .where('measures.roadmap_id', '=', roadmapId)
    .where('measures.region_code', 'is not', null)
    .groupBy(['region', 'state'])
    .orderBy('region')
    .execute()

const selectMeasures = (db: Db) =>
  db
    .selectFrom('measures')
    .innerJoin('roadmaps as roadmap', 'roadmap.id', 'measures.roadmap_id')
    .innerJoin('roadmap_sections as section', 'section.id', 'measures.section_id')
    .leftJoin('regions as region', 'region.code', 'measures.region_code')
    .leftJoin('organisations as organisation', 'organisation.id', 'measures.organisation_id')
    .select([
      'measures.id',
      'measures.roadmap_id as roadmapId',
      'roadmap.time_zone as timeZone',
      'roadmap.published_at as publishedAt',
      'measures.section_id as sectionId',
      'section.number as sectionNumber',
      'section.title as sectionTitle',
      'measures.region_code as region',
      'region.name as regionName',
      'measures.template_id as templateId',
      'measures.position',
      'measures.number',
      'measures.title',
      'measures.expected_result as expectedResult',
      'measures.starts_on as startsOn',
      'measures.due_on as dueOn',
      'measures.organisation_id as organisationId',
      sql<string>`coalesce(organisation.short_name, measures.organisation_name)`.as('organisationName'),
      'measures.responsible_person as responsiblePerson',
      'measures.indicator_id as indicatorId',
      'measures.evidence_kinds as evidenceKinds',
      'measures.done_on as doneOn',
      'measures.percent',
      'measures.reported_at as reportedAt',
      'measures.cancelled_at as cancelledAt',
      'measures.cancel_reason as cancelReason',
      'measures.version',
    ])

export type MeasureRow = {
  id: string
  roadmapId: string
  /** IANA name; days of the measure are those of this zone. */
  timeZone: string
  /** Of the roadmap. */
  publishedAt: Date | null
  sectionId: string
  sectionNumber: string
  sectionTitle: string
  /** Null: one of the federal template. */
  region: string | null
  regionName: string | null
  /** The measure of the template that this one is a copy of. */
  templateId: string | null
  position: number
  number: string
  title: string
  expectedResult: string
  /** `YYYY-MM-DD`, as all days here. */
  startsOn: string | null
  dueOn: string
  organisationId: string | null
  /** As the registry has it, else as it stands in the plan. */
  organisationName: string
  responsiblePerson: string
  indicatorId: string | null
  evidenceKinds: string[]
  doneOn: string | null
  percent: number
  reportedAt: Date | null
  cancelledAt: Date | null
  cancelReason: string | null
  version: number
}

export const findMeasure = (db: Db, id: string): Promise<MeasureRow | undefined> =>
  selectMeasures(db).where('measures.id', '=', id).executeTakeFirst()

/** Others who would change it wait until the transaction ends. */
export const lockMeasure = (tx: Tx, id: string): Promise<MeasureRow | undefined> =>
  selectMeasures(tx).where('measures.id', '=', id).forUpdate('measures').executeTakeFirst()

/** The highest place of a plan; 0 in an empty one. */
export async function lastPosition(db: Db, roadmapId: string, region: string | null): Promise<number> {
  const found = await db
    .selectFrom('measures')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('roadmap_id', '=', roadmapId)
    .where('region_code', region === null ? 'is' : '=', region)
    .executeTakeFirst()
  return found?.last ?? 0
}

export type NewMeasureRow = {
  roadmapId: string
  sectionId: string
  region: string | null
  templateId: string | null
  position: number
  number: string
  title: string
  expectedResult: string
  startsOn: string | null
  dueOn: string
  organisationId: string | null
  organisationName: string
  responsiblePerson: string
  indicatorId: string | null
  evidenceKinds: readonly string[]
}

/** @returns the ids, in the order of the rows */
export async function insertMeasures(tx: Tx, rows: readonly NewMeasureRow[], by: string | null): Promise<string[]> {
  const ids = rows.map(() => randomUUIDv7())
  for (let from = 0; from < rows.length; from += 1000)
    await tx
      .insertInto('measures')
      .values(rows.slice(from, from + 1000).map((row, index) => columnsOf(row, ids[from + index] ?? '', by)))
      .execute()
  return ids
}

const columnsOf = (row: NewMeasureRow, id: string, by: string | null) => ({
  id,
  roadmap_id: row.roadmapId,
  section_id: row.sectionId,
  region_code: row.region,
  template_id: row.templateId,
  position: row.position,
  number: row.number,
  title: row.title,
  expected_result: row.expectedResult,
  starts_on: row.startsOn,
  due_on: row.dueOn,
  organisation_id: row.organisationId,
  organisation_name: row.organisationName,
  responsible_person: row.responsiblePerson,
  indicator_id: row.indicatorId,
  evidence_kinds: [...row.evidenceKinds],
  created_by: by,
})
