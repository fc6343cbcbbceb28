import { sql } from 'kysely'
import type { PulledCell } from '../../../../contracts/checks.ts'
import type { ReportState } from '../../../../contracts/reporting.ts'
import type { PullPeriod } from '../../../../engine/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import type { ReportRow } from '../reports/reports.queries.ts'

export type AskedReport = { form: string; period: PullPeriod }
export type AskedTotal = AskedReport & { cell: string }

export type SourceReport = AskedReport & {
  cipher: string
  title: string
  id: string
  version: number
  state: ReportState
  formVersionId: string
  /** As sent, worked-out cells too, when it is sent or accepted; else what was entered. */
  cells: Record<string, string>
  /** Pulled cells of a report that is still being filled in, as they were last seen. */
  pulled: Record<string, string | null>
}
export type SourceTotal = AskedTotal & {
  sum: string | null
  average: string | null
  maximum: string | null
  minimum: string | null
  count: number
  list: string | null
}
/** How many of the organisations right below have sent the report, of how many that have it. */
export type SourceCount = AskedReport & { sent: number; asked: number }
export type SourcePeriod = AskedReport & { cipher: string; title: string | null }

export type Elsewhere = {
  periods: SourcePeriod[] | null
  reports: SourceReport[] | null
  totals: SourceTotal[] | null
  counts: SourceCount[] | null
  organisation: Record<string, string | null> | null
  seen: Record<string, { value: string | null }> | null
  frozen: Record<string, PulledCell> | null
}

/**
 * All that a report takes from elsewhere, in one round trip. A form is asked for by its code or short name, written as
 * `formKey` has it. A form of another periodicity is meant by the period that ends with the report's own.
 */
export async function readElsewhere(
  db: Db,
  report: ReportRow,
  reports: readonly AskedReport[],
  totals: readonly AskedTotal[],
): Promise<Elsewhere> {
  const { rows } = await sql<Elsewhere>`
    with asked as (
      select distinct * from unnest(
        ${[...reports, ...totals].map(({ form }) => form)}::text[],
        ${[...reports, ...totals].map(({ period }) => period)}::text[]) as a (form, period)
    ), target as materialized (
      select a.form, a.period, f.id as form_id, f.cipher, p.kind,
        case when a.period = 'previous' and p.number = 1 then p.kind
          when a.period = 'previous' then p.number - 1 else p.number end as number,
        case when a.period = 'year-ago' or (a.period = 'previous' and p.number = 1)
          then ${report.year}::int - 1 else ${report.year}::int end as year
      from asked a
      join forms f on translate(lower(f.code), 'abcehkmoptxy', 'авсенкмортху') = a.form
        or translate(lower(f.cipher), 'abcehkmoptxy', 'авсенкмортху') = a.form
      cross join lateral (
        select kind, ceil(${report.periodNumber}::numeric * kind / ${report.periodKind}::numeric)::int as number
        from (select case when f.periodicity ~ '^[1-9][0-9]?$' then f.periodicity::int else 1 end as kind) as k
      ) as p
    ), collected as materialized (
      select t.form, t.period, t.cipher, c.id as campaign_id, c.title, v.id as form_version_id
      from target t
      join form_versions v on v.form_id = t.form_id
      join campaigns c on c.form_version_id = v.id
        and c.year = t.year and c.period_kind = t.kind and c.period_number = t.number
    ), own as (
      select distinct on (c.form, c.period) c.form, c.period, c.cipher, c.title, r.id, r.version, r.state,
        c.form_version_id as "formVersionId",
        coalesce(case when r.state in ('sent', 'accepted') then (
            select s.cells from submissions s where s.report_id = r.id order by s.number desc limit 1) end,
          (select jsonb_object_agg(k.cell, k.value) from report_cells k where k.report_id = r.id), '{}') as cells,
        coalesce((select jsonb_object_agg(p.cell, p.value) from report_pulls p where p.report_id = r.id), '{}') as pulled
      from collected c
      join reports r on r.campaign_id = c.campaign_id and r.organisation_id = ${report.organisationId}
      where r.id <> ${report.id}
      order by c.form, c.period, r.sent_at desc nulls last, r.id
    ), wanted as materialized (
      select distinct * from unnest(${totals.map(({ form }) => form)}::text[], ${totals.map(({ period }) => period)}::text[],
        ${totals.map(({ cell }) => cell)}::text[]) as w (form, period, cell)
    ), below as materialized (
      select c.form, c.period, r.id, r.state
      from collected c
      join reports r on r.campaign_id = c.campaign_id
      join organisations o on o.id = r.organisation_id and o.parent_id = ${report.organisationId}
      where exists (select from wanted)
    ), given as materialized (
      select b.form, b.period, e.key as cell, e.value as text
      from below b
      join lateral (select s.cells from submissions s where s.report_id = b.id order by s.number desc limit 1) as s on true
      cross join lateral jsonb_each_text(s.cells) as e
      join wanted w on w.form = b.form and w.period = b.period and w.cell = e.key
      where b.state in ('sent', 'accepted')
    ), number as (
      select form, period, cell, text,
        case when text ~ '^-?[0-9]{1,40}([.][0-9]{1,20})?$' then text::numeric end as value
      from given
    ), total as (
      select form, period, cell, trim_scale(sum(value))::text as sum, trim_scale(round(avg(value), 6))::text as average,
        trim_scale(max(value))::text as maximum, trim_scale(min(value))::text as minimum, count(*)::int as count,
        left(string_agg(distinct text, '; ' order by text), 4000) as list
      from number
      group by form, period, cell
    )
    select (select json_agg(p) from (select t.form, t.period, t.cipher,
        (select min(c.title) from collected c where c.form = t.form and c.period = t.period) as title
        from target t) as p) as periods,
      (select json_agg(own) from own) as reports,
      (select json_agg(total) from total) as totals,
      (select json_agg(n) from (select form, period, count(*) filter (where state in ('sent', 'accepted'))::int as sent,
        count(*)::int as asked from below group by form, period) as n) as counts,
      (select row_to_json(o) from (select o.okpo, o.inn, o.kpp, o.ogrn, o.oktmo, o.okved, o.full_name, o.short_name,
        o.address, o.phone, o.email, o.site, o.head_name, o.head_position
        from organisations o where o.id = ${report.organisationId}) as o) as organisation,
      (select json_object_agg(p.cell, json_build_object('value', p.value))
        from report_pulls p where p.report_id = ${report.id}) as seen,
      (select f.pulls from submission_sources f join submissions s on s.id = f.submission_id
        where s.report_id = ${report.id} order by s.number desc limit 1) as frozen`.execute(db)
  const [row] = rows
  if (!row) throw new Error('A statement without a table gave no row')
  return row
}

/** Cells that were seen now; those in `fresh` for the first time, and where two come at once the first stands. */
export async function noteSeen(
  tx: Tx,
  reportId: string,
  cells: readonly (readonly [string, PulledCell])[],
  { by, again }: { by: string; again: boolean },
): Promise<void> {
  if (cells.length === 0) return
  await sql`
    insert into report_pulls (report_id, cell, value, source, seen_by)
    select ${reportId}::uuid, given.cell, given.value, given.source::jsonb, ${by}::uuid
    from unnest(${cells.map(([cell]) => cell)}::text[], ${cells.map(([, { value }]) => value)}::text[],
      ${cells.map(([, { was: _was, ...source }]) => JSON.stringify(source))}::text[]) as given (cell, value, source)
    on conflict (report_id, cell) ${
      again
        ? sql`do update set value = excluded.value, source = excluded.source, seen_at = now(), seen_by = excluded.seen_by`
        : sql`do nothing`
    }`.execute(tx)
}

/** Beside the newest submission: where its pulled numbers were from, and why its warnings may stand. */
export const freezeSources = (tx: Tx, reportId: string, pulls: unknown, explanations: unknown) =>
  sql`
    insert into submission_sources (submission_id, pulls, explanations)
    select id, ${JSON.stringify(pulls)}::jsonb, ${JSON.stringify(explanations)}::jsonb
    from submissions where report_id = ${reportId} order by number desc limit 1`.execute(tx)

export type BelowRow = {
  reportId: string
  organisationId: string
  organisation: string
  region: string
  lineage: string[]
  state: ReportState
  value: string | null
}

/** The reports of the organisations right below that a total is of, each with its own number of the cell. */
export async function listBelow(db: Db, report: ReportRow, asked: AskedTotal): Promise<BelowRow[]> {
  const { rows } = await sql<BelowRow>`
    with target as (
      select f.id as form_id, p.kind,
        case when ${asked.period} = 'previous' and p.number = 1 then p.kind
          when ${asked.period} = 'previous' then p.number - 1 else p.number end as number,
        case when ${asked.period} = 'year-ago' or (${asked.period} = 'previous' and p.number = 1)
          then ${report.year}::int - 1 else ${report.year}::int end as year
      from forms f
      cross join lateral (
        select kind, ceil(${report.periodNumber}::numeric * kind / ${report.periodKind}::numeric)::int as number
        from (select case when f.periodicity ~ '^[1-9][0-9]?$' then f.periodicity::int else 1 end as kind) as k
      ) as p
      where translate(lower(f.code), 'abcehkmoptxy', 'авсенкмортху') = ${asked.form}
        or translate(lower(f.cipher), 'abcehkmoptxy', 'авсенкмортху') = ${asked.form}
    )
    select r.id as "reportId", o.id as "organisationId", o.short_name as organisation, o.region_code as region,
      o.lineage, r.state, case when r.state in ('sent', 'accepted') then (
        select s.cells ->> ${asked.cell} from submissions s where s.report_id = r.id order by s.number desc limit 1) end as value
    from target t
    join form_versions v on v.form_id = t.form_id
    join campaigns c on c.form_version_id = v.id
      and c.year = t.year and c.period_kind = t.kind and c.period_number = t.number
    join reports r on r.campaign_id = c.id
    join organisations o on o.id = r.organisation_id and o.parent_id = ${report.organisationId}
    order by o.sort_name, o.id
    limit 1000`.execute(db)
  return rows
}
