import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import type { Entry } from './entries.ts'

/** A report that stands otherwise in the totals than it should. `state` is undefined when it must leave them. */
export type StaleRow = {
  reportId: string
  state: 'sent' | 'accepted' | null
  /** As PostgreSQL writes it: to the microsecond, which a Date would lose. */
  sentAt: string | null
  blockId: string | null
  parentId: string
  regionCode: string
  kind: string
}

/** An organisation without a higher one stands in a block of its own. */
const parentOf = sql`coalesce(o.parent_id, o.id)`

const differs = sql`
  case when r.state in ('sent', 'accepted') then
    f.report_id is null or f.state <> r.state or f.sent_at is distinct from r.sent_at
      or b.parent_id <> ${parentOf} or b.region_code <> o.region_code or b.kind <> o.kind
  else f.report_id is not null end`

const withPlaces = sql`
  reports r
  join organisations o on o.id = r.organisation_id
  left join report_figures f on f.report_id = r.id
  left join total_blocks b on b.id = f.block_id`

/** The campaign of a report when its totals are wanted and nobody is folding them just now. */
export async function takeCampaignOf(tx: Tx, reportId: string): Promise<CampaignToFold | undefined> {
  return tx
    .selectFrom('consolidated_campaigns as k')
    .innerJoin('campaigns as c', 'c.id', 'k.campaign_id')
    .innerJoin('reports as r', 'r.campaign_id', 'c.id')
    .select(['k.campaign_id as id', 'c.form_version_id as formVersionId'])
    .where('r.id', '=', reportId)
    .forUpdate('k')
    .skipLocked()
    .executeTakeFirst()
}

export type CampaignToFold = { id: string; formVersionId: string }

/** How many reports have changed since they were put into the totals. */
export async function countChanged(db: Db, campaignIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct report_id)::int as count from total_changes
    where campaign_id = any(${campaignIds}::uuid[])`.execute(db)
  return rows[0]?.count ?? 0
}

/** How many reports the totals of these campaigns hold. */
export async function countFolded(db: Db, campaignIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(reports), 0)::int as count from total_blocks
    where campaign_id = any(${campaignIds}::uuid[])`.execute(db)
  return rows[0]?.count ?? 0
}

export type ChangeRow = { id: string; reportId: string }

/** What has changed, the oldest first. They are read before the reports themselves: what changes later is noted anew. */
export const listChanges = (tx: Tx, campaignId: string, limit: number): Promise<ChangeRow[]> =>
  tx
    .selectFrom('total_changes')
    .select(['id', 'report_id as reportId'])
    .where('campaign_id', '=', campaignId)
    .orderBy('id')
    .limit(limit)
    .execute()

export const listChangesOf = (tx: Tx, reportId: string): Promise<ChangeRow[]> =>
  tx.selectFrom('total_changes').select(['id', 'report_id as reportId']).where('report_id', '=', reportId).execute()

export const deleteChanges = (tx: Tx, ids: readonly string[]) =>
  sql`delete from total_changes where id = any(${ids}::bigint[])`.execute(tx)

/** Of these reports, those that stand otherwise in the totals than they should. */
export async function listStale(tx: Tx, reportIds: readonly string[]): Promise<StaleRow[]> {
  const { rows } = await sql<StaleRow>`
    select r.id as "reportId", case when r.state in ('sent', 'accepted') then r.state end as state,
      r.sent_at::text as "sentAt", f.block_id as "blockId", ${parentOf} as "parentId", o.region_code as "regionCode", o.kind
    from ${withPlaces}
    where r.id = any(${reportIds}::uuid[]) and ${differs} order by ${parentOf}, r.id`.execute(tx)
  return rows
}

/**
 * Compares every report of a campaign with its totals and notes those that differ, as no change of theirs has been noted:
 * rows that were written past the program.
 */
export async function noteDiffering(tx: Tx, campaignId: string): Promise<void> {
  await sql`
    insert into total_changes (campaign_id, report_id)
    select r.campaign_id, r.id from ${withPlaces} where r.campaign_id = ${campaignId} and ${differs}`.execute(tx)
  await tx
    .updateTable('consolidated_campaigns')
    .set({ compared_at: sql<Date>`now()` })
    .where('campaign_id', '=', campaignId)
    .execute()
}

/** Whoever folds a campaign holds its row: two at once would each add to a block what the other has moved. */
export const lockCampaign = (tx: Tx, campaignId: string) =>
  tx
    .selectFrom('consolidated_campaigns as k')
    .innerJoin('campaigns as c', 'c.id', 'k.campaign_id')
    .select([
      'k.campaign_id as id',
      'c.form_version_id as formVersionId',
      sql<boolean>`coalesce(k.compared_at < now() - interval '1 hour', true)`.as('compares'),
    ])
    .where('k.campaign_id', '=', campaignId)
    .forUpdate('k')
    .executeTakeFirst()

/** From now on, and for a day after the last time, the worker keeps these campaigns' totals fresh. */
export const noteWanted = (db: Db, campaignIds: readonly string[]) =>
  sql`
  insert into consolidated_campaigns (campaign_id)
  select * from unnest(${campaignIds}::uuid[])
  on conflict (campaign_id) do update set wanted_at = now()
  where consolidated_campaigns.wanted_at < now() - interval '10 minutes'`.execute(db)

export const listWanted = async (db: Db): Promise<string[]> =>
  (
    await db
      .selectFrom('consolidated_campaigns')
      .select('campaign_id')
      .where('wanted_at', '>', sql<Date>`now() - interval '1 day'`)
      .orderBy('campaign_id')
      .execute()
  ).map(({ campaign_id: id }) => id)

export type SubmittedRow = { reportId: string; cells: Record<string, string> }

/** The newest submission of each. */
export async function listSubmitted(tx: Tx, reportIds: readonly string[]): Promise<SubmittedRow[]> {
  const { rows } = await sql<SubmittedRow>`
    select distinct on (report_id) report_id as "reportId", cells from submissions
    where report_id = any(${reportIds}::uuid[]) order by report_id, number desc`.execute(tx)
  return rows
}

type Place = { parentId: string; regionCode: string; kind: string }

/** Blocks of these places with room for more, and those in which the reports stand already. */
export async function listOpenBlocks(
  tx: Tx,
  campaignId: string,
  { parentIds, own, largest }: { parentIds: readonly string[]; own: readonly string[]; largest: number },
) {
  const { rows } = await sql<Place & { id: string; reports: number }>`
    select id, parent_id as "parentId", region_code as "regionCode", kind, reports from total_blocks
    where campaign_id = ${campaignId} and parent_id = any(${parentIds}::uuid[])
      and (reports < ${largest} or id = any(${own}::uuid[]))
    order by id`.execute(tx)
  return rows
}

export async function insertBlock(tx: Tx, campaignId: string, { parentId, regionCode, kind }: Place): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('total_blocks')
    .values({ id, campaign_id: campaignId, parent_id: parentId, region_code: regionCode, kind })
    .execute()
  return id
}

export type FiguresRow = {
  reportId: string
  blockId: string
  state: 'sent' | 'accepted'
  sentAt: string | null
  figures: (string | null)[]
  entries: readonly Entry[]
}

export async function writeFigures(tx: Tx, campaignId: string, rows: readonly FiguresRow[]): Promise<void> {
  if (rows.length === 0) return
  // A list of lists of one length would come out as one list: each goes as a text of its own.
  await sql`
    insert into report_figures (report_id, campaign_id, block_id, state, sent_at, figures, entries)
    select given.report_id, ${campaignId}::uuid, given.block_id, given.state, given.sent_at,
      given.figures::numeric[], given.entries
    from unnest(${rows.map(({ reportId }) => reportId)}::uuid[], ${rows.map(({ blockId }) => blockId)}::uuid[],
      ${rows.map(({ state }) => state)}::text[], ${rows.map(({ sentAt }) => sentAt)}::timestamptz[],
      ${rows.map(({ figures }) => arrayText(figures))}::text[],
      ${rows.map(({ entries }) => (entries.length === 0 ? null : JSON.stringify(entries)))}::jsonb[])
      as given (report_id, block_id, state, sent_at, figures, entries)
    on conflict (report_id) do update set block_id = excluded.block_id, state = excluded.state,
      sent_at = excluded.sent_at, figures = excluded.figures, entries = excluded.entries`.execute(tx)
}

const arrayText = (figures: readonly (string | null)[]): string =>
  `{${figures.map((figure) => figure ?? 'NULL').join(',')}}`

export const deleteFigures = (tx: Tx, reportIds: readonly string[]) =>
  sql`delete from report_figures where report_id = any(${reportIds}::uuid[])`.execute(tx)

/** Adds up the blocks anew from the figures of their reports: nothing is added to or taken from what was there. */
export async function sumBlocks(tx: Tx, blockIds: readonly string[], extremes: boolean): Promise<void> {
  await sql`delete from total_block_sums where block_id = any(${blockIds}::uuid[])`.execute(tx)
  const most = extremes
    ? sql`min(u.figure) as least, max(u.figure) as most`
    : sql`null::numeric as least, null::numeric as most`
  const lists = extremes
    ? sql`array_agg(least order by place), array_agg(most order by place)`
    : sql`null::numeric[], null::numeric[]`
  await sql`
    insert into total_block_sums (block_id, state, sums, counts, minima, maxima, reports)
    select block_id, state, array_agg(total order by place), array_agg(count order by place), ${lists}, max(reports)
    from (
      select f.block_id, f.state, u.place, sum(u.figure) as total, count(u.figure)::int as count, ${most},
        count(*)::int as reports
      from report_figures f, unnest(f.figures) with ordinality as u (figure, place)
      where f.block_id = any(${blockIds}::uuid[])
      group by f.block_id, f.state, u.place
    ) as added
    group by block_id, state`.execute(tx)
  await sql`
    update total_blocks set reports =
      (select count(*) from report_figures f where f.block_id = total_blocks.id)
    where id = any(${blockIds}::uuid[])`.execute(tx)
}

export const noteFolded = (tx: Tx, campaignId: string) =>
  tx
    .updateTable('consolidated_campaigns')
    .set({ folded_at: sql<Date>`now()` })
    .where('campaign_id', '=', campaignId)
    .execute()
