import { sql } from 'kysely'
import type { IndicatorFields } from '../../../../contracts/indicator-definitions.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

const columnsOf = (fields: IndicatorFields) => ({
  code: fields.code,
  title: fields.title,
  definition: fields.definition,
  unit: fields.unit,
  decimals: fields.decimals,
  better: fields.better,
  level: fields.level,
  source: fields.source,
  formula: fields.formula,
  pull: fields.pull === null ? null : JSON.stringify(fields.pull),
  periodicity: fields.periodicity,
  merging: fields.merging,
  weight_id: fields.weightId,
  breaks: fields.breaks,
  public: fields.public,
  counts_people: fields.countsPeople,
  least: fields.least,
  most: fields.most,
  jump_percent: fields.jumpPercent,
})

/** Last in the list. */
export async function insertDefinition(tx: Tx, roadmapId: string, fields: IndicatorFields): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('indicators')
    .values({ id, roadmap_id: roadmapId, position: 100_000, ...columnsOf(fields) })
    .execute()
  return id
}

export const updateDefinition = (tx: Tx, id: string, fields: IndicatorFields) =>
  tx
    .updateTable('indicators')
    .set({ ...columnsOf(fields), version: sql`version + 1` })
    .where('id', '=', id)
    .execute()

/** From 1 on, in the order of the ids. */
export const writePositions = (tx: Tx, ids: readonly string[]) =>
  sql`
    update indicators set position = told.place
    from unnest(${ids}::uuid[]) with ordinality as told (id, place)
    where indicators.id = told.id`.execute(tx)

export const markArchived = (tx: Tx, id: string, archived: boolean) =>
  tx
    .updateTable('indicators')
    .set({ archived_at: archived ? sql<Date>`now()` : null, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()

export type FiguresCount = { indicatorId: string; figures: number; publishedPeriods: number }

export const countFigures = (db: Db, indicatorIds: readonly string[]): Promise<FiguresCount[]> =>
  db
    .selectFrom('indicator_figures')
    .select([
      'indicator_id as indicatorId',
      sql<number>`count(*)::int`.as('figures'),
      sql<number>`(count(distinct period) filter (where published_at is not null))::int`.as('publishedPeriods'),
    ])
    .where('indicator_id', '=', sql<string>`any(${indicatorIds}::uuid[])`)
    .groupBy('indicator_id')
    .execute()
