import { sql } from 'kysely'
import type { Periodicity } from '../../../../contracts/indicators.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'

/** What is confirmed becomes what everybody sees, and the history notes it. @returns how many are new or other */
export async function publishConfirmed(
  tx: Tx,
  { indicatorIds, period, by }: { indicatorIds: readonly string[]; period: string; by: string },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with published as (
      update indicator_figures
      set published_plan = plan, published_fact = fact, published_at = now()
      where indicator_id = any(${indicatorIds}::uuid[]) and period = ${period}
        and confirmed_at is not null and returned_at is null and fact is not null
        and (published_at is null or (plan, fact) is distinct from (published_plan, published_fact))
      returning indicator_id, region_code, period, version, fact),
    noted as (
      insert into indicator_changes (indicator_id, region_code, period, version, by, field, new_value)
      select indicator_id, region_code, period, version, ${by}, 'published', fact::text from published)
    select count(*)::int as count from published`.execute(tx)
  return rows[0]?.count ?? 0
}

export type StoredFigure = {
  indicatorId: string
  region: string
  period: string
  plan: string | null
  fact: string | null
  publishedAt: Date
}

/** Figures that were worked out from published ones; they have nothing that was entered. */
export async function writeWorkedOut(tx: Tx, figures: readonly StoredFigure[]): Promise<void> {
  await sql`
    insert into indicator_figures (indicator_id, region_code, period, published_plan, published_fact, published_at)
    select "indicatorId", region, period, plan, fact, case when fact is not null then "publishedAt" end
    from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb)
      as f ("indicatorId" uuid, region text, period date, plan numeric, fact numeric, "publishedAt" timestamptz)
    on conflict (indicator_id, region_code, period) do update
      set published_plan = excluded.published_plan, published_fact = excluded.published_fact,
        published_at = excluded.published_at`.execute(tx)
}

export const writePublication = (
  tx: Tx,
  { roadmapId, periodicity, period, by }: { roadmapId: string; periodicity: Periodicity; period: string; by: string },
) =>
  tx
    .insertInto('roadmap_publications')
    .values({ roadmap_id: roadmapId, periodicity, period, published_by: by })
    .onConflict((conflict) =>
      conflict
        .columns(['roadmap_id', 'periodicity', 'period'])
        .doUpdateSet({ published_at: sql<Date>`now()`, published_by: by }),
    )
    .execute()

export const findPublication = (db: Db, roadmapId: string, periodicity: Periodicity, period: string) =>
  db
    .selectFrom('roadmap_publications')
    .select('published_at as publishedAt')
    .where('roadmap_id', '=', roadmapId)
    .where('periodicity', '=', periodicity)
    .where('period', '=', period)
    .executeTakeFirst()

/** Published periods of a rhythm from this one on: figures that look back at it follow from it. */
export async function listPublishedFrom(
  db: Db,
  { roadmapId, periodicity, period }: { roadmapId: string; periodicity: Periodicity; period: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('roadmap_publications')
    .select('period')
    .where('roadmap_id', '=', roadmapId)
    .where('periodicity', '=', periodicity)
    .where('period', '>=', period)
    .execute()
  return rows.map((row) => row.period)
}
