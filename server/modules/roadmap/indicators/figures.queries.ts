import { sql } from 'kysely'
import type { ChangeField } from '../../../../contracts/indicators.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'

export type FigureRow = {
  indicatorId: string
  /** `*` for the whole country. */
  region: string
  /** The first day of the period. */
  period: string
  plan: string | null
  fact: string | null
  explanation: string | null
  enteredAt: Date | null
  confirmedAt: Date | null
  returnedAt: Date | null
  returnReason: string | null
  publishedPlan: string | null
  publishedFact: string | null
  publishedAt: Date | null
  version: number
}

const figureColumns = [
  'figure.indicator_id as indicatorId',
  'figure.region_code as region',
  'figure.period',
  'figure.plan',
  'figure.fact',
  'figure.explanation',
  'figure.entered_at as enteredAt',
  'figure.confirmed_at as confirmedAt',
  'figure.returned_at as returnedAt',
  'figure.return_reason as returnReason',
  'figure.published_plan as publishedPlan',
  'figure.published_fact as publishedFact',
  'figure.published_at as publishedAt',
  'figure.version',
] as const

export type FiguresWanted = {
  indicatorIds: readonly string[]
  /** All of them when absent. */
  region?: string | undefined
  /** From the first to the last, both included. */
  from?: string | undefined
  until: string
}

/** The oldest period first. */
export const listFigures = (db: Db, { indicatorIds, region, from, until }: FiguresWanted): Promise<FigureRow[]> =>
  db
    .selectFrom('indicator_figures as figure')
    .select(figureColumns)
    .where('figure.indicator_id', '=', sql<string>`any(${indicatorIds}::uuid[])`)
    .where('figure.period', '<=', until)
    .$if(region !== undefined, (query) => query.where('figure.region_code', '=', region ?? ''))
    .$if(from !== undefined, (query) => query.where('figure.period', '>=', from ?? ''))
    .orderBy('figure.period')
    .orderBy('figure.region_code')
    .execute()

/** Whoever changes figures of these regions takes its turn, in one order everywhere. */
export const lockRegions = (tx: Tx, roadmapId: string, regions: readonly string[]) =>
  tx
    .selectFrom('roadmap_regions')
    .select('region_code')
    .where('roadmap_id', '=', roadmapId)
    .where('region_code', '=', sql<string>`any(${regions}::text[])`)
    .orderBy('region_code')
    .forUpdate()
    .execute()

/** Nobody changes any figure of the roadmap until the transaction ends. */
export const lockAllRegions = (tx: Tx, roadmapId: string) =>
  tx
    .selectFrom('roadmap_regions')
    .select('region_code')
    .where('roadmap_id', '=', roadmapId)
    .orderBy('region_code')
    .forUpdate()
    .execute()

export type EnteredFigure = {
  indicatorId: string
  region: string
  period: string
  plan: string | null
  fact: string | null
  explanation: string | null
  version: number
  /** Its plan or fact is another: whoever has confirmed it has not seen this one. */
  unconfirms: boolean
  /** Of the whole country: who enters it is who would confirm it. */
  confirms: boolean
}

export async function writeFigure(tx: Tx, figure: EnteredFigure, by: string): Promise<void> {
  const values = {
    plan: figure.plan,
    fact: figure.fact,
    explanation: figure.explanation,
    entered_at: sql<Date>`now()`,
    entered_by: by,
    returned_at: null,
    returned_by: null,
    return_reason: null,
    version: figure.version,
    ...(figure.unconfirms ? { confirmed_at: null, confirmed_by: null } : {}),
    ...(figure.confirms ? { confirmed_at: sql<Date>`now()`, confirmed_by: by } : {}),
  }
  await tx
    .insertInto('indicator_figures')
    .values({ indicator_id: figure.indicatorId, region_code: figure.region, period: figure.period, ...values })
    .onConflict((conflict) => conflict.columns(['indicator_id', 'region_code', 'period']).doUpdateSet(values))
    .execute()
}

export type NewChange = {
  indicatorId: string
  region: string
  period: string
  version: number
  field: ChangeField
  old: string | null
  new: string | null
  reason: string | null
}

export const insertChanges = (tx: Tx, changes: readonly NewChange[], by: string) =>
  tx
    .insertInto('indicator_changes')
    .values(
      changes.map((change) => ({
        indicator_id: change.indicatorId,
        region_code: change.region,
        period: change.period,
        version: change.version,
        field: change.field,
        old_value: change.old,
        new_value: change.new,
        reason: change.reason,
        by,
      })),
    )
    .execute()

export type ChangeRow = {
  indicatorId: string
  period: string
  version: number
  at: Date
  by: string | null
  field: ChangeField
  old: string | null
  new: string | null
  reason: string | null
}

const changesOf = (db: Db) =>
  db
    .selectFrom('indicator_changes as change')
    .leftJoin('accounts as author', 'author.id', 'change.by')
    .select([
      'change.indicator_id as indicatorId',
      'change.period',
      'change.version',
      'change.at',
      sql<string | null>`author.surname || ' ' || author.name || coalesce(' ' || author.patronymic, '')`.as('by'),
      sql<ChangeField>`change.field`.as('field'),
      'change.old_value as old',
      'change.new_value as new',
      'change.reason',
    ])

/** The oldest first: what has been changed in a region and a period. */
export const listChangesIn = (
  db: Db,
  { indicatorIds, region, period }: { indicatorIds: readonly string[]; region: string; period: string },
): Promise<ChangeRow[]> =>
  changesOf(db)
    .where('change.indicator_id', '=', sql<string>`any(${indicatorIds}::uuid[])`)
    .where('change.region_code', '=', region)
    .where('change.period', '=', period)
    .orderBy('change.id')
    .execute()

/** The latest first. */
export const listChangesOf = (
  db: Db,
  { indicatorId, region, period }: { indicatorId: string; region: string; period?: string | undefined },
): Promise<ChangeRow[]> =>
  changesOf(db)
    .where('change.indicator_id', '=', indicatorId)
    .where('change.region_code', '=', region)
    .$if(period !== undefined, (query) => query.where('change.period', '=', period ?? ''))
    .orderBy('change.id', 'desc')
    .execute()

export type PublishedFact = { indicatorId: string; region: string; period: string; fact: string }

/**
 * What all regions but one have published, of the latest period so published that is no later than this one and of the
 * period before it: what a figure is compared with. Nothing unpublished is looked at.
 */
export const listPublishedByOthers = (
  db: Db,
  { indicatorIds, except, until }: { indicatorIds: readonly string[]; except: string | null; until: string },
): Promise<PublishedFact[]> =>
  db
    .with('latest', (query) =>
      query
        .selectFrom('indicator_figures')
        .select(['indicator_id', 'period'])
        .where('indicator_id', '=', sql<string>`any(${indicatorIds}::uuid[])`)
        .where('published_fact', 'is not', null)
        .where('period', '<=', until)
        .groupBy(['indicator_id', 'period']),
    )
    .with('ranked', (query) =>
      query
        .selectFrom('latest')
        .selectAll()
        .select(sql<number>`row_number() over (partition by indicator_id order by period desc)`.as('place')),
    )
    .selectFrom('indicator_figures as figure')
    .innerJoin('ranked', (join) =>
      join.onRef('ranked.indicator_id', '=', 'figure.indicator_id').onRef('ranked.period', '=', 'figure.period'),
    )
    .select([
      'figure.indicator_id as indicatorId',
      'figure.region_code as region',
      'figure.period',
      sql<string>`figure.published_fact`.as('fact'),
    ])
    .where('ranked.place', '<=', 2)
    .where('figure.published_fact', 'is not', null)
    .$if(except !== null, (query) => query.where('figure.region_code', '<>', except ?? ''))
    .execute()
