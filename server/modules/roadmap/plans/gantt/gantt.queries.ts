import { sql } from 'kysely'
import type { MeasureState } from '../../../../../contracts/roadmaps.ts'
import type { Db } from '../../../../kernel/db/index.ts'
import { stateInSql } from '../measures.queries.ts'

export type DrawnMeasure = {
  id: string
  sectionId: string
  number: string
  title: string
  /** Days are `YYYY-MM-DD`. */
  startsOn: string | null
  dueOn: string
  doneOn: string | null
  percent: number
  state: MeasureState
  /** Those that must be done before it. */
  after: string[]
}

/** A plan is drawn as a whole: more than this would be a mistake. */
const mostDrawn = 1000

/**
 * The measures of a region's plan, or of the template when it is null, in their order.
 * @param today `YYYY-MM-DD` in the roadmap's time zone
 */
export const listDrawnMeasures = (
  db: Db,
  roadmapId: string,
  region: string | null,
  today: string,
): Promise<DrawnMeasure[]> =>
  db
    .selectFrom('measures')
    .select([
      'measures.id',
      'measures.section_id as sectionId',
      'measures.number',
      'measures.title',
      'measures.starts_on as startsOn',
      'measures.due_on as dueOn',
      'measures.done_on as doneOn',
      'measures.percent',
      stateInSql(today).as('state'),
      sql<string[]>`array(select after_id::text from measure_links where measure_id = measures.id)`.as('after'),
    ])
    .where('measures.roadmap_id', '=', roadmapId)
    .where('measures.region_code', region === null ? 'is' : '=', region)
    .orderBy('measures.position')
    .orderBy('measures.id')
    .limit(mostDrawn)
    .execute()
