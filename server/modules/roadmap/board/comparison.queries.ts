import { sql } from 'kysely'
import type { Periodicity } from '../../../../contracts/indicators.ts'
import type { Db } from '../../../kernel/db/index.ts'

export type PublishedIndicator = {
  id: string
  title: string
  unit: string
  decimals: number
  periodicity: Periodicity
  /** The last period of which anything was published. */
  period: string
  /** Exact decimals by region. */
  facts: Record<string, string | null>
}

/** What everybody may see of these regions: of each indicator its last published period. */
export async function listPublished(
  db: Db,
  { roadmapId, codes }: { roadmapId: string; codes: readonly string[] },
): Promise<PublishedIndicator[]> {
  const { rows } = await sql<PublishedIndicator>`
    with latest as (
      select indicator.id, max(figure.period) as period
      from indicators indicator join indicator_figures figure on figure.indicator_id = indicator.id
      where indicator.roadmap_id = ${roadmapId} and indicator.level = 'region' and indicator.archived_at is null
        and figure.published_at is not null
      group by indicator.id)
    select indicator.id, indicator.title, indicator.unit, indicator.decimals, indicator.periodicity, latest.period,
      coalesce(json_object_agg(figure.region_code, figure.published_fact::text)
        filter (where figure.region_code is not null), '{}') as facts
    from latest
    join indicators indicator on indicator.id = latest.id
    left join indicator_figures figure on figure.indicator_id = latest.id and figure.period = latest.period
      and figure.published_at is not null and figure.region_code = any(${[...codes]}::text[])
    group by indicator.id, latest.period order by indicator.position, indicator.id`.execute(db)
  return rows
}
