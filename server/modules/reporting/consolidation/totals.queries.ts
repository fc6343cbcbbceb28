import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { CountedStates } from '../../../../contracts/consolidation.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'

/** Whose reports are added up: within the scopes, a subtree, a region, a kind. */
export type Selection = {
  scopes: Scopes
  territory?: string | undefined
  region?: string | undefined
  kind?: string | undefined
  states: CountedStates
}

export type CampaignOfPeriod = {
  id: string
  formId: string
  formVersionId: string
  versionNumber: number
  year: number
  periodKind: number
  periodNumber: number
  title: string
}

export const listFormsWithCampaigns = (db: Db) =>
  db
    .selectFrom('forms as f')
    .select(['f.id', 'f.code', 'f.cipher', 'f.name'])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('campaigns as c')
          .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
          .select('c.id')
          .whereRef('v.form_id', '=', 'f.id'),
      ),
    )
    .orderBy('f.cipher')
    .orderBy('f.id')
    .execute()

/** Campaigns of a form, the newest period first. */
export const listCampaignsOf = (db: Db, formId: string): Promise<CampaignOfPeriod[]> =>
  db
    .selectFrom('campaigns as c')
    .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
    .select([
      'c.id',
      'v.form_id as formId',
      'v.id as formVersionId',
      'v.number as versionNumber',
      'c.year',
      'c.period_kind as periodKind',
      'c.period_number as periodNumber',
      'c.title',
    ])
    .where('v.form_id', '=', formId)
    .orderBy('c.year', 'desc')
    .orderBy('c.period_kind')
    .orderBy('c.period_number', 'desc')
    .orderBy('v.number', 'desc')
    .execute()

export const statesOf = (states: CountedStates): string[] => (states === 'sent' ? ['sent', 'accepted'] : ['accepted'])

/** True for organisations of the selection, when the query calls their table `o`. */
export const withinSelection = ({ scopes, territory, region, kind }: Selection): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.join(
    [
      withinScopes(scopes, 'o'),
      ...(territory ? [sql`o.lineage @> ${[territory]}::uuid[]`] : []),
      ...(region ? [sql`o.region_code = ${region}`] : []),
      ...(kind ? [sql`o.kind = ${kind}`] : []),
    ],
    sql` and `,
  )})`

/**
 * Blocks that lie wholly in the selection. A block's place is its higher organisation (`p`), but its region is that of
 * its reports: where a scope is a region, the region of the block decides.
 */
const chosenBlocks = (campaignIds: readonly string[], { scopes, territory, region, kind }: Selection) => sql`
  select b.id, b.campaign_id, b.parent_id from total_blocks b
  join (select id, lineage from organisations) as above on above.id = b.parent_id
  cross join lateral (select above.id, above.lineage, b.region_code) as p
  where ${sql.join(
    [
      sql`b.campaign_id = any(${campaignIds}::uuid[])`,
      withinScopes({ ...scopes, organisations: [] }, 'p'),
      ...(territory ? [sql`p.lineage @> ${[territory]}::uuid[]`] : []),
      ...(region ? [sql`b.region_code = ${region}`] : []),
      ...(kind ? [sql`b.kind = ${kind}`] : []),
    ],
    sql` and `,
  )}`

/** Organisations at the top of what is chosen: their own reports stand in a block of somebody above. */
const topsOf = ({ scopes, territory }: Selection): string[] => [
  ...new Set([...(territory ? [territory] : []), ...scopes.subtrees, ...scopes.organisations]),
]

export type SlotTotal = {
  place: number
  total: string | null
  count: number
  least: string | null
  most: string | null
}
export type Totals = { reports: number; slots: SlotTotal[] }

/** Totals of campaigns of one version of a form, by the place of the figure. */
export async function addUp(db: Db, campaignIds: readonly string[], selection: Selection): Promise<Totals> {
  const states = statesOf(selection.states)
  const { rows } = await sql<{ reports: number; slots: SlotTotal[] | null }>`
    with chosen as materialized (${chosenBlocks(campaignIds, selection)}),
    blocks as materialized (
      select s.* from total_block_sums s join chosen on chosen.id = s.block_id where s.state = any(${states}::text[])
    ),
    alone as materialized (
      select f.figures from report_figures f
      join reports r on r.id = f.report_id
      join organisations o on o.id = r.organisation_id
      where o.id = any(${topsOf(selection)}::uuid[]) and f.campaign_id = any(${campaignIds}::uuid[])
        and f.state = any(${states}::text[]) and ${withinSelection(selection)}
        and f.block_id not in (select id from chosen)
    ),
    parts as (
      select u.place, u.total, u.count, u.least, u.most
      from blocks, unnest(sums, counts, minima, maxima) with ordinality as u (total, count, least, most, place)
      union all
      select u.place, u.figure, case when u.figure is null then 0 else 1 end, u.figure, u.figure
      from alone, unnest(figures) with ordinality as u (figure, place)
    ),
    added as (
      select place::int as place, sum(total)::text as total, sum(count)::int as count,
        min(least)::text as least, max(most)::text as most
      from parts group by place
    )
    select (select coalesce(sum(reports), 0) from blocks)::int + (select count(*) from alone)::int as reports,
      (select json_agg(added) from added) as slots`.execute(db)
  return { reports: rows[0]?.reports ?? 0, slots: rows[0]?.slots ?? [] }
}

export type EntryTotal = Omit<SlotTotal, 'place'> & { cell: string; key: string }

/** Listed values and figures by specifics, of campaigns of one version of a form: of each cell those of most reports. */
export async function addUpEntries(
  db: Db,
  campaignIds: readonly string[],
  selection: Selection,
  most: number,
): Promise<EntryTotal[]> {
  const { rows } = await sql<EntryTotal>`
    with given as (
      select e->>0 as cell, e->>1 as key, (e->>2)::numeric as figure
      from report_figures f
      join reports r on r.id = f.report_id
      join organisations o on o.id = r.organisation_id
      cross join lateral jsonb_array_elements(f.entries) as e
      where f.campaign_id = any(${campaignIds}::uuid[]) and f.state = any(${statesOf(selection.states)}::text[])
        and f.entries is not null and ${withinSelection(selection)}
    ),
    added as (
      select cell, key, sum(figure)::text as total, count(*)::int as count, min(figure)::text as least,
        max(figure)::text as most, row_number() over (partition by cell order by count(*) desc, key) as place
      from given group by cell, key
    )
    select cell, key, total, count, least, most from added where place <= ${most + 1} order by cell, place`.execute(db)
  return rows
}

/** How many reports the campaigns have within the selection. */
export async function countAsked(db: Db, campaignIds: readonly string[], selection: Selection): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from reports r join organisations o on o.id = r.organisation_id
    where r.campaign_id = any(${campaignIds}::uuid[]) and ${withinSelection(selection)}`.execute(db)
  return rows[0]?.count ?? 0
}
