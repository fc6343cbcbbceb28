/** How far a campaign has come within one's scopes: by districts, by organisations, by days. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { BoardQuery, Progress } from '../../../../contracts/campaigns.ts'
import type { ReportState } from '../../../../contracts/reporting.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'

/** Which reports of the campaign: `r` of reports, `o` of organisations. */
export type BoardPlace = { campaignId: string; deadline: Date; scopes: Scopes }

const isUnsent = sql<SqlBool>`r.state in ('draft', 'refused')`
const isOverdue = (deadline: Date) => sql<SqlBool>`(${isUnsent} and greatest(r.extended_to, ${deadline}) < now())`

export type DistrictRow = Progress & { id: string | null; name: string | null }

/**
 * One row for each district: the municipality above an organisation, or itself. Reports are counted once, by whoever
 * stands directly above; only these few are then looked up in the tree.
 */
export async function countByDistrict(db: Db, { campaignId, deadline, scopes }: BoardPlace): Promise<DistrictRow[]> {
  const { rows } = await sql<DistrictRow>`
    with counted as materialized (
      select case when o.level = 'municipality' then o.id else o.parent_id end as above,
        count(*) as total,
        count(*) filter (where r.state = 'draft' and r.version = 0) as untouched,
        count(*) filter (where r.state = 'draft' and r.version > 0) as filling,
        count(*) filter (where r.state = 'sent') as sent,
        count(*) filter (where r.state = 'accepted') as accepted,
        count(*) filter (where r.state = 'refused') as refused,
        count(*) filter (where ${isOverdue(deadline)}) as overdue,
        count(*) filter (where ${isUnsent} and r.errors > 0) as errors,
        sum(case when r.state in ('sent', 'accepted') or r.total = 0 then 1 else r.filled::float8 / r.total end) as filled
      from reports r join organisations o on o.id = r.organisation_id
      where r.campaign_id = ${campaignId} and ${withinScopes(scopes, 'o')}
      group by 1),
    -- Row by row: they are a few hundred, which the planner cannot know.
    placed as (
      select counted.*, m.id as district, m.short_name as name
      from counted
      left join lateral (select lineage from organisations where id = counted.above limit 1) higher on true
      left join lateral (select id, short_name from organisations
        where id = any(higher.lineage) and level = 'municipality' limit 1) m on true)
    select district as id, name, sum(total)::int as total, sum(untouched)::int as untouched,
      sum(filling)::int as filling, sum(sent)::int as sent, sum(accepted)::int as accepted,
      sum(refused)::int as refused, sum(overdue)::int as overdue, sum(errors)::int as "withErrors",
      sum(filled)::float8 / sum(total)::float8 as filled
    from placed
    group by 1, 2 order by 2 nulls last`.execute(db)
  return rows
}

/** How many reports came from one state into another on a day. */
export type DayStep = { day: string; before: ReportState | null; state: ReportState; count: number }

/**
 * From what happened (sendings, decisions, returns), so that every past day can be told: a report stands in the state of
 * the last thing that happened to it by the end of the day.
 */
export async function countByDay(db: Db, { campaignId, scopes }: BoardPlace, zone: string): Promise<DayStep[]> {
  const { rows } = await sql<DayStep>`
    with asked as materialized (
      select r.id, r.refused_at from reports r join organisations o on o.id = r.organisation_id
      where r.campaign_id = ${campaignId} and ${withinScopes(scopes, 'o')}),
    happened as (
      select s.report_id, s.sent_at as at, 'sent' as state from submissions s join asked on asked.id = s.report_id
      union all
      select s.report_id, s.decided_at, s.outcome from submissions s join asked on asked.id = s.report_id
      where s.outcome is not null and s.decided_at is not null
      union all
      -- A report that was accepted and then returned keeps the outcome of its submission: each return left its reason.
      select c.report_id, c.at, 'refused' from report_comments c join asked on asked.id = c.report_id
      where c.kind = 'refusal' and c.cell is null
      union all
      select id, refused_at, 'refused' from asked where refused_at is not null),
    steps as (
      select at, state, lag(state) over (partition by report_id order by at, state = 'sent' desc) as before
      from happened)
    select day::text as day, before, state, count::int as count from (
      select (at at time zone ${zone})::date as day, before, state, count(*) as count
      from steps where before is distinct from state group by 1, 2, 3) days order by 1`.execute(db)
  return rows
}

export type BoardRow = {
  id: string
  organisationId: string
  organisation: string
  inn: string
  district: string | null
  state: ReportState
  /** Of a form with several steps: where the report waits. */
  level: string | null
  version: number
  filled: number
  total: number
  errors: number | null
  warnings: number | null
  sentAt: string | null
  term: string
  extended: boolean
  outside: boolean
  overdue: boolean
  responsible: string | null
}

const conditionsOf = ({ campaignId, deadline, scopes }: BoardPlace, query: BoardQuery): RawBuilder<unknown> => {
  const { q, district, state, kind } = query
  const parts = [
    sql<SqlBool>`r.campaign_id = ${campaignId}`,
    withinScopes(scopes, 'o'),
    ...(q ? [sql<SqlBool>`o.search_text like ${`%${likePattern(q)}%`}`] : []),
    ...(kind ? [sql<SqlBool>`o.kind = ${kind}`] : []),
    ...(district === 'none'
      ? [
          sql<SqlBool>`not exists (select from organisations m where m.id = any(o.lineage) and m.level = 'municipality')`,
        ]
      : []),
    ...(district !== undefined && district !== 'none' ? [sql<SqlBool>`o.lineage @> array[${district}]::uuid[]`] : []),
    ...(state ? [stateCondition(state, deadline)] : []),
  ]
  return sql.join(parts, sql` and `)
}

function stateCondition(state: NonNullable<BoardQuery['state']>, deadline: Date): RawBuilder<SqlBool> {
  switch (state) {
    case 'untouched':
      return sql`r.state = 'draft' and r.version = 0`
    case 'filling':
      return sql`r.state = 'draft' and r.version > 0`
    case 'sent':
    case 'accepted':
    case 'refused':
      return sql`r.state = ${state}`
    case 'overdue':
      return isOverdue(deadline)
    case 'errors':
      return sql`${isUnsent} and r.errors > 0`
    case 'outside':
      return sql`r.outside_since is not null`
    default:
      return state satisfies never
  }
}

const likePattern = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\\%_]/g, '\\$&')

function orderOf(sort: BoardQuery['sort']): RawBuilder<unknown> {
  const direction = sort?.startsWith('-') ? sql`desc` : sql`asc`
  switch (sort) {
    case 'filled':
    case '-filled':
      return sql`found.share ${direction}, found.short_name, found.id`
    case 'errors':
    case '-errors':
      return sql`found.errors ${direction} nulls last, found.short_name, found.id`
    case 'sent':
    case '-sent':
      return sql`found.sent_at ${direction} nulls last, found.short_name, found.id`
    case 'term':
      return sql`found.overdue desc, found.term, found.short_name, found.id`
    case 'organisation':
    case '-organisation':
    case undefined:
      return sql`found.short_name ${direction}, found.id`
    default:
      return sort satisfies never
  }
}

const responsibleOf = sql`(
  select concat_ws(' ', a.surname, left(a.name, 1) || '.', left(a.patronymic, 1) || '.')
  from memberships m join accounts a on a.id = m.account_id
  where m.organisation_id = r.organisation_id and m.ended_at is null and m.role = 'responsible'
    and m.starts_on <= current_date and coalesce(m.ends_on >= current_date, true)
  order by m.attached_at limit 1)`

/** One page of the reports that are looked for, and how many there are of them. */
export async function listBoardRows(
  db: Db,
  place: BoardPlace,
  query: BoardQuery,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: BoardRow[]; total: number }> {
  const order = orderOf(query.sort)
  const { rows } = await sql<{ rows: BoardRow[] | null; total: number }>`
    with found as materialized (
      select r.id, r.errors, r.sent_at, o.short_name, greatest(r.extended_to, ${place.deadline}) as term,
        ${isOverdue(place.deadline)} as overdue, case when r.total = 0 then 1 else r.filled::float8 / r.total end as share
      from reports r join organisations o on o.id = r.organisation_id
      where ${conditionsOf(place, query)}),
    page as (
      select r.id, r.organisation_id as "organisationId", found.short_name as organisation, o.inn,
        (select m.short_name from organisations m where m.id = any(o.lineage) and m.level = 'municipality' limit 1)
          as district,
        r.state, r.level_code as level, r.version, r.filled, r.total, r.errors, r.warnings, r.sent_at as "sentAt", found.term,
        coalesce(r.extended_to > ${place.deadline}, false) as extended, r.outside_since is not null as outside,
        found.overdue, ${responsibleOf} as responsible
      from (select * from found order by ${order} limit ${limit} offset ${offset}) found
      join reports r on r.id = found.id join organisations o on o.id = r.organisation_id
      order by ${order})
    select (select json_agg(page) from page) as rows, (select count(*)::int from found) as total`.execute(db)
  return { rows: rows[0]?.rows ?? [], total: rows[0]?.total ?? 0 }
}

/** Asks the worker to remind of all that are looked for and not sent: once a day for a report. */
export async function insertNudges(
  db: Db,
  place: BoardPlace,
  asked: { query: BoardQuery; ids?: readonly string[]; by: string },
): Promise<number> {
  const { rows } = await sql`
    insert into report_nudges (report_id, asked_by)
    select r.id, ${asked.by} from reports r join organisations o on o.id = r.organisation_id
    where ${conditionsOf(place, asked.query)} and ${isUnsent} and r.outside_since is null
      and (${asked.ids === undefined} or r.id = any(${[...(asked.ids ?? [])]}::uuid[]))
    on conflict do nothing returning report_id`.execute(db)
  return rows.length
}
