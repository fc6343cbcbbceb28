import { sql } from 'kysely'
import { behindOnPage } from '../../../../contracts/consolidation.ts'
import type { Total } from '../../../../engine/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { type Selection, statesOf, withinSelection } from './totals.queries.ts'

/** Where the cell's figure stands in each campaign (from 1), and how it adds up. */
export type Source = {
  total: Total
  weighted?: boolean
  parts: {
    campaignId: string
    place: number
    /** Of a weighted average; else 0, where nothing stands. */
    product: number
    weight: number
    /** Of a listed cell, its address among the entries. */
    listed: string | null
  }[]
}

export type GroupRow = { id: string; name: string; reports: number; value: string; share: string }
export type ReportBehind = {
  id: string
  organisation: string
  state: 'sent' | 'accepted'
  value: string
  /** What stands in the cell, where its values are listed. */
  listed: string | null
  share: string
  outlier: boolean
}

const figuresOf = ({ parts }: Source, selection: Selection) => sql`
  select f.report_id, f.state, o.id as organisation_id, o.short_name, o.lineage, o.region_code,
    f.figures[part.place] as value, f.figures[part.product] as product, f.figures[part.weight] as weight,
    (select e->>1 from jsonb_array_elements(f.entries) as e where e->>0 = part.listed limit 1) as listed
  from unnest(${parts.map(({ campaignId }) => campaignId)}::uuid[], ${parts.map(({ place }) => place)}::int[],
    ${parts.map(({ product }) => product)}::int[], ${parts.map(({ weight }) => weight)}::int[],
    ${parts.map(({ listed }) => listed)}::text[]) as part (campaign_id, place, product, weight, listed)
  join report_figures f on f.campaign_id = part.campaign_id
  join reports r on r.id = f.report_id
  join organisations o on o.id = r.organisation_id
  where f.state = any(${statesOf(selection.states)}::text[])
    and f.figures[part.place] is not null and ${withinSelection(selection)}`

/** By the same rule as the total itself. */
function totalOf({ total, weighted }: Source) {
  switch (total) {
    case 'maximum':
      return sql`max(value)`
    case 'minimum':
      return sql`min(value)`
    case 'average':
      return weighted ? sql`round(sum(product) / nullif(sum(weight), 0), 2)` : sql`round(avg(value), 2)`
    case 'count':
    case 'list':
      return sql`count(*)::numeric`
    case 'sum':
    case 'none':
      return sql`sum(value)`
    default:
      return total satisfies never
  }
}

const share = sql`coalesce(round(100 * value / nullif(sum(value) over (), 0), 1), 0)::text`

/** What each part of the territory gives: the organisations right below it, or regions where no territory is chosen. */
export async function listGroups(db: Db, source: Source, selection: Selection): Promise<GroupRow[]> {
  const { territory } = selection
  const key = territory
    ? sql`coalesce(lineage[array_position(lineage, ${territory}::uuid) + 1], ${territory}::uuid)::text`
    : selection.region
      ? sql`coalesce(lineage[2], lineage[1])::text`
      : sql`region_code`
  const { rows } = await sql<GroupRow>`
    with figures as materialized (${figuresOf(source, selection)}),
    grouped as (select ${key} as id, count(*)::int as reports, ${totalOf(source)} as value from figures group by 1)
    select grouped.id, coalesce(o.short_name, g.name, grouped.id) as name, reports, coalesce(value, 0)::text as value, ${share} as share
    from grouped
    left join organisations o on o.id::text = grouped.id
    left join regions g on g.code = grouped.id
    order by grouped.value desc nulls last, name limit 200`.execute(db)
  return rows
}

/** Reports with their values, the largest first. An outlier lies farther than three spans of the middle half from it. */
export async function listReportsBehind(
  db: Db,
  source: Source,
  selection: Selection,
  page: number,
): Promise<{ rows: ReportBehind[]; count: number }> {
  const { rows } = await sql<ReportBehind & { count: number }>`
    with figures as materialized (${figuresOf(source, selection)}),
    middle as (
      select percentile_cont(0.25) within group (order by value) as low,
        percentile_cont(0.75) within group (order by value) as high, count(*)::int as count, sum(value) as total
      from figures
    )
    select report_id as id, short_name as organisation, state, value::text as value, listed,
      coalesce(round(100 * value / nullif(middle.total, 0), 1), 0)::text as share, middle.count,
      (middle.count >= 8 and high > low
        and (value > high + 3 * (high - low) or value < low - 3 * (high - low))) as outlier
    from figures cross join middle
    order by figures.value desc, short_name, report_id
    limit ${behindOnPage} offset ${(page - 1) * behindOnPage}`.execute(db)
  return { rows: rows.map(({ count: _count, ...row }) => row), count: rows[0]?.count ?? 0 }
}

export type MissingRow = { id: string; organisation: string; state: string }

/** Reports of the campaigns that the totals do not hold. */
export async function listMissing(
  db: Db,
  campaignIds: readonly string[],
  selection: Selection,
  limit: number,
): Promise<{ rows: MissingRow[]; count: number }> {
  const { rows } = await sql<MissingRow & { count: number }>`
    select r.id, o.short_name as organisation, r.state, count(*) over ()::int as count
    from reports r join organisations o on o.id = r.organisation_id
    where r.campaign_id = any(${campaignIds}::uuid[]) and r.state <> all(${statesOf(selection.states)}::text[])
      and ${withinSelection(selection)}
    order by o.short_name, r.id limit ${limit}`.execute(db)
  return { rows: rows.map(({ count: _count, ...row }) => row), count: rows[0]?.count ?? 0 }
}

/** Places to choose from: organisations that have others below them, within the scopes. */
export async function listTerritories(db: Db, selection: Selection): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select o.id, o.short_name as name from organisations o
    where o.level in ('region', 'municipality') and o.closed_at is null
      and ${withinSelection({ ...selection, territory: undefined, kind: undefined })}
    order by o.level desc, o.sort_name limit 500`.execute(db)
  return rows
}

export async function listRegionsSeen(db: Db, { scopes }: Selection): Promise<{ code: string; name: string }[]> {
  const rows = await db.selectFrom('regions').select(['code', 'name']).orderBy('name').execute()
  return scopes.everywhere ? rows : rows.filter(({ code }) => scopes.regions.includes(code))
}
