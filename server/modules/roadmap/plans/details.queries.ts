/** What belongs to one measure: co-executors, what it waits for, its indicator, its history. */
import { sql } from 'kysely'
import type { LinkedMeasure } from '../../../../contracts/measures.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { type MeasureRow, stateInSql } from './measures.queries.ts'

export type CoExecutor = { organisationId: string | null; name: string }

export const listCoExecutors = (db: Db, measureId: string): Promise<CoExecutor[]> =>
  db
    .selectFrom('measure_co_executors as taking')
    .leftJoin('organisations as organisation', 'organisation.id', 'taking.organisation_id')
    .select([
      'taking.organisation_id as organisationId',
      sql<string>`coalesce(organisation.short_name, taking.name)`.as('name'),
    ])
    .where('taking.measure_id', '=', measureId)
    .orderBy('taking.position')
    .execute()

/** What it is done after, and what is done after it. */
export async function listLinked(db: Db, measureId: string, today: string) {
  const { rows } = await sql<LinkedMeasure & { direction: 'after' | 'before' }>`
    select link.direction, measures.id, measures.number, measures.title, measures.due_on as "dueOn",
      ${stateInSql(today)} as state
    from (
      select 'after' as direction, after_id as id from measure_links where measure_id = ${measureId}
      union all select 'before', measure_id from measure_links where after_id = ${measureId}) link
    join measures on measures.id = link.id
    order by measures.position, measures.id`.execute(db)
  const of = (direction: 'after' | 'before'): LinkedMeasure[] =>
    rows.filter((row) => row.direction === direction).map(({ direction: _, ...linked }) => linked)
  return { after: of('after'), before: of('before') }
}

export type MeasuredIndicator = {
  id: string
  title: string
  unit: string
  decimals: number
  period: string | null
  plan: string | null
  fact: string | null
}

/** The indicator that a measure moves, with the latest figure that its region has entered. */
export const findMeasured = (
  db: Db,
  { indicatorId, region }: Pick<MeasureRow, 'indicatorId' | 'region'>,
): Promise<MeasuredIndicator | undefined> =>
  db
    .selectFrom('indicators as indicator')
    .leftJoin('indicator_figures as figure', (join) =>
      join
        .onRef('figure.indicator_id', '=', 'indicator.id')
        .on('figure.region_code', '=', region ?? '*')
        .on('figure.fact', 'is not', null),
    )
    .select([
      'indicator.id',
      'indicator.title',
      'indicator.unit',
      'indicator.decimals',
      'figure.period',
      'figure.plan',
      'figure.fact',
    ])
    .where('indicator.id', '=', indicatorId)
    .orderBy('figure.period', (order) => order.desc().nullsLast())
    .limit(1)
    .executeTakeFirst()

export type ChangeRow = {
  id: number
  at: Date
  by: string | null
  field: string
  oldValue: string | null
  newValue: string | null
  reason: string | null
}

/** The latest first. */
export const listChanges = (db: Db, measureId: string, limit: number, offset = 0): Promise<ChangeRow[]> =>
  db
    .selectFrom('measure_changes as change')
    .leftJoin('accounts as account', 'account.id', 'change.by')
    .select([
      'change.id',
      'change.at',
      sql<string | null>`concat_ws(' ', account.surname, account.name, account.patronymic)`.as('by'),
      'change.field',
      'change.old_value as oldValue',
      'change.new_value as newValue',
      'change.reason',
    ])
    .where('change.measure_id', '=', measureId)
    .orderBy('change.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

export async function countChanges(db: Db, measureId: string): Promise<number> {
  const { count } = await db
    .selectFrom('measure_changes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('measure_id', '=', measureId)
    .executeTakeFirstOrThrow()
  return count
}
