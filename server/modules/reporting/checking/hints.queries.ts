import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import type { ReportRow } from '../reports/reports.queries.ts'

export type PeerRow = { cell: string; median: number; deviation: number }

/** What similar organisations have in this campaign; before eight of them are accepted, in the form's last one that has it. */
export async function listPeers(db: Db, report: ReportRow, sizeGroup: number): Promise<PeerRow[]> {
  const { rows } = await sql<PeerRow>`
    select p.cell, p.median::float8 as median, p.deviation::float8 as deviation
    from peer_statistics p
    join organisations o on o.id = ${report.organisationId} and o.kind = p.kind
    where p.size_group = ${sizeGroup} and p.campaign_id = (
      select c.id
      from peer_statistics q
      join campaigns c on c.id = q.campaign_id
      join form_versions v on v.id = c.form_version_id
      where v.form_id = ${report.formId} and q.kind = o.kind and q.size_group = ${sizeGroup}
        and (c.year, c.period_number) <= (${report.year}::int, ${report.periodNumber}::int)
      order by c.id = ${report.campaignId} desc, c.year desc, c.period_number desc limit 1)`.execute(db)
  return rows
}

export type DismissalRow = { kind: 'past' | 'peers'; cell: string; value: string; text: string }

export const listDismissals = (db: Db, reportId: string): Promise<DismissalRow[]> =>
  db
    .selectFrom('report_hint_dismissals')
    .select(['kind', 'cell', 'value', 'text'])
    .where('report_id', '=', reportId)
    .execute()

export const putDismissal = (
  tx: Tx,
  { reportId, kind, cell, value, text, by }: DismissalRow & { reportId: string; by: string },
) =>
  tx
    .insertInto('report_hint_dismissals')
    .values({ report_id: reportId, kind, cell, value, text, by })
    .onConflict((conflict) =>
      conflict.columns(['report_id', 'kind', 'cell']).doUpdateSet({ value, text, by, at: new Date() }),
    )
    .execute()

/** After an acceptance the campaign's statistics are due. */
export const notePeersDue = (tx: Tx, reportId: string) =>
  sql`
    insert into peer_statistics_runs (campaign_id)
    select campaign_id from reports where id = ${reportId}
    on conflict (campaign_id) do update set due = true`.execute(tx)

/** Takes one campaign whose statistics are due and were not worked out in the last ten minutes. */
export async function takeDuePeers(tx: Tx): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    update peer_statistics_runs set due = false, run_at = now()
    where campaign_id = (
      select campaign_id from peer_statistics_runs
      where due and (run_at is null or run_at < now() - interval '10 minutes')
      order by run_at nulls first limit 1 for update skip locked)
    returning campaign_id as id`.execute(tx)
  return rows[0]?.id
}

/**
 * The middle and the median deviation of each cell over accepted reports, by the kind of organisation and the power of two
 * that the sum of its numbers is of; kept only where eight organisations or more stand behind it.
 */
export async function workOutPeers(tx: Tx, campaignId: string): Promise<void> {
  await sql`delete from peer_statistics where campaign_id = ${campaignId}`.execute(tx)
  await sql`
    with number as materialized (
      select r.id, o.kind, e.key as cell, e.value::numeric as value
      from reports r
      join organisations o on o.id = r.organisation_id
      join lateral (select s.cells from submissions s where s.report_id = r.id order by s.number desc limit 1) as s on true
      cross join lateral jsonb_each_text(s.cells) as e
      where r.campaign_id = ${campaignId} and r.state = 'accepted' and e.key not like 'title/%'
        and e.value ~ '^-?[0-9]{1,15}([.][0-9]+)?$'
    ), sized as materialized (
      select id, floor(ln(greatest(sum(abs(value)), 1)) / ln(2))::int as size_group from number group by id
    ), middle as materialized (
      select n.kind, s.size_group, n.cell, count(*)::int as organisations,
        percentile_cont(0.5) within group (order by n.value)::numeric as median
      from number n join sized s on s.id = n.id
      group by n.kind, s.size_group, n.cell
      having count(*) >= 8
    )
    insert into peer_statistics (campaign_id, kind, size_group, cell, organisations, median, deviation)
    select ${campaignId}::uuid, m.kind, m.size_group, m.cell, m.organisations, m.median,
      percentile_cont(0.5) within group (order by abs(n.value - m.median))::numeric
    from middle m
    join sized s on s.size_group = m.size_group
    join number n on n.id = s.id and n.kind = m.kind and n.cell = m.cell
    group by m.kind, m.size_group, m.cell, m.organisations, m.median`.execute(tx)
}
