import { sql } from 'kysely'
import type { Audience } from '../../../../contracts/campaigns.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { inAudience } from './audience.queries.ts'

export type NewReportRow = { id: string; organisationId: string; filled: number; total: number }

/** Ids of those that were not there: an organisation has one report in a campaign, however often it is given one. */
export async function insertReports(
  tx: Tx,
  campaignId: string,
  reports: readonly NewReportRow[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into reports (id, campaign_id, organisation_id, filled, total)
    select new.id, ${campaignId}::uuid, new.organisation_id, new.filled, new.total
    from unnest(${reports.map(({ id }) => id)}::uuid[], ${reports.map(({ organisationId }) => organisationId)}::uuid[],
      ${reports.map(({ filled }) => filled)}::int[], ${reports.map(({ total }) => total)}::int[])
      as new (id, organisation_id, filled, total)
    on conflict (organisation_id, campaign_id) do nothing
    returning id`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

export async function insertFirstCells(
  tx: Tx,
  cells: readonly { reportId: string; cell: string; value: string }[],
): Promise<void> {
  await sql`
    insert into report_cells (report_id, cell, value)
    select * from unnest(${cells.map(({ reportId }) => reportId)}::uuid[], ${cells.map(({ cell }) => cell)}::text[],
      ${cells.map(({ value }) => value)}::text[])`.execute(tx)
}

/** Nobody has done anything in it: it holds only what the cabinet had written on its title page. */
const isBlank = sql<boolean>`(r.version = 0 and r.state = 'draft'
  and not exists (select from submissions where report_id = r.id)
  and not exists (select from report_changes where report_id = r.id)
  and not exists (select from report_comments where report_id = r.id)
  and not exists (select from report_attachments where report_id = r.id)
  and not exists (select from report_extensions where report_id = r.id))`

const isOutside = (audience: Audience) => sql<boolean>`not ${inAudience(audience)}`

/** What a narrower audience would do to the reports of a campaign. */
export async function countOutside(
  db: Db,
  campaignId: string,
  audience: Audience,
): Promise<{ withdrawn: number; kept: number }> {
  const { rows } = await sql<{ withdrawn: number; kept: number }>`
    select count(*) filter (where ${isBlank})::int as withdrawn, count(*) filter (where not ${isBlank})::int as kept
    from reports r join organisations o on o.id = r.organisation_id
    where r.campaign_id = ${campaignId} and ${isOutside(audience)}`.execute(db)
  return rows[0] ?? { withdrawn: 0, kept: 0 }
}

/**
 * Withdraws reports without data of organisations that are no longer asked; others are kept and marked as outside, and
 * the mark goes when their organisation is asked again.
 */
export async function withdrawOutside(
  tx: Tx,
  campaignId: string,
  audience: Audience,
): Promise<{ withdrawn: number; kept: number }> {
  // Whoever is saving a report holds it: what was blank before is looked at again when the save has ended.
  await sql`select r.id from reports r join organisations o on o.id = r.organisation_id
    where r.campaign_id = ${campaignId} and ${isOutside(audience)} order by r.id for update of r`.execute(tx)
  const { rows: blank } = await sql`
    delete from reports r using organisations o
    where o.id = r.organisation_id and r.campaign_id = ${campaignId} and ${isOutside(audience)} and ${isBlank}
    returning r.id`.execute(tx)
  const { rows: marked } = await sql<{ outside: boolean }>`
    update reports r set outside_since = case when ${inAudience(audience)} then null
      else coalesce(r.outside_since, now()) end
    from organisations o
    where o.id = r.organisation_id and r.campaign_id = ${campaignId}
      and (r.outside_since is not null or ${isOutside(audience)})
    returning r.outside_since is not null as outside`.execute(tx)
  return { withdrawn: blank.length, kept: marked.filter(({ outside }) => outside).length }
}
