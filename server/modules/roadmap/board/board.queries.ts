import { sql } from 'kysely'
import type { MeasureState } from '../../../../contracts/roadmaps.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { stateInSql } from '../plans/measures.queries.ts'

export type TemplateMeasure = { id: string; sectionId: string; number: string; title: string; dueOn: string }

/** The measures of the template in the order of the plan; cancelled ones are of no region any more. */
export const listTemplate = (db: Db, roadmapId: string): Promise<TemplateMeasure[]> =>
  db
    .selectFrom('measures')
    .innerJoin('roadmap_sections as section', 'section.id', 'measures.section_id')
    .select([
      'measures.id',
      'measures.section_id as sectionId',
      'measures.number',
      'measures.title',
      'measures.due_on as dueOn',
    ])
    .where('measures.roadmap_id', '=', roadmapId)
    .where('measures.region_code', 'is', null)
    .where('measures.cancelled_at', 'is', null)
    .orderBy('section.position')
    .orderBy('measures.position')
    .orderBy('measures.id')
    .execute()

export type StateOfMeasure = {
  region: string
  sectionId: string
  /** Null: the region's own. */
  templateId: string | null
  state: MeasureState
}

export const listStates = (
  db: Db,
  { roadmapId, codes, today }: { roadmapId: string; codes: readonly string[]; today: string },
): Promise<StateOfMeasure[]> =>
  db
    .selectFrom('measures')
    .select([
      sql<string>`measures.region_code`.as('region'),
      'measures.section_id as sectionId',
      'measures.template_id as templateId',
      stateInSql(today).as('state'),
    ])
    .where('measures.roadmap_id', '=', roadmapId)
    .where(sql<boolean>`measures.region_code = any(${[...codes]}::text[])`)
    .execute()

/** Those of regions, in their order: of which a coordinator chooses one for a meeting. */
export const listIndicatorTitles = (db: Db, roadmapId: string): Promise<{ id: string; title: string }[]> =>
  db
    .selectFrom('indicators')
    .select(['id', 'title'])
    .where('roadmap_id', '=', roadmapId)
    .where('level', '=', 'region')
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()

/**
 * A region's copy of a measure of the template.
 * @param ending the last eight signs of the template measure's id
 */
export const findCopy = (
  db: Db,
  { roadmapId, region, ending }: { roadmapId: string; region: string; ending: string },
): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('measures')
    .select('id')
    .where('roadmap_id', '=', roadmapId)
    .where('region_code', '=', region)
    .where(sql<boolean>`right(template_id::text, 8) = ${ending}`)
    .orderBy('id')
    .executeTakeFirst()
