import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type ReportQuery, reportsOnPage } from '../../../contracts/reporting.ts'
import type { Scopes } from '../../kernel/access/index.ts'
import { type Db, often } from '../../kernel/db/index.ts'
import { withinScopes } from '../organisations/index.ts'
import type { ReportRow } from './reports.queries.ts'

type Moments = 'deadline' | 'checkedAt' | 'sentAt' | 'acceptedAt' | 'refusedAt'
type Shown =
  | ('id' | 'version' | 'state' | 'filled' | 'total' | 'errors' | 'warnings' | 'reason')
  | ('formCode' | 'formCipher' | 'formName' | 'campaignId' | 'campaignTitle' | 'year')
  | ('organisationId' | 'organisationName')
/** What a list shows of a report; moments as PostgreSQL writes them in JSON. */
export type ListedRow = Pick<ReportRow, Shown> & Record<Moments, string> & { deadline: string }

export type ReportChoices = { forms: { code: string; cipher: string }[]; years: number[] }
type Page = { rows: ListedRow[]; total: number; choices: ReportChoices }

/**
 * The rows of one page, how many there are in all, and the choices of the filters, in one round trip: all that is found
 * is gone through once, as narrow rows, and only what the page shows is read whole. It comes as JSON, which is read
 * several times quicker than as many rows. The list as it opens, with nothing filtered, is planned once; filters are
 * planned for what is looked for, because a rare word wants another plan than a frequent one.
 */
export async function listReportRows(db: Db, scopes: Scopes, query: ReportQuery): Promise<Page> {
  const { q, state, form, year } = query
  const narrowed = Boolean(q || state || form || year)
  const order = orderOf(query.sort)
  const { rows } = await sql<{
    rows: ListedRow[] | null
    total: number
    forms: ReportChoices['forms'] | null
    years: number[] | null
  }>`${narrowed ? sql`` : often}
    with found as materialized (
      select r.id, r.sent_at, r.errors, c.deadline, o.short_name
      from reports r
      join organisations o on o.id = r.organisation_id
      join campaigns c on c.id = r.campaign_id
      where ${sql.join([withinScopes(scopes, 'o'), ...conditionsOf(query)], sql` and `)}
    )
    select (select count(*) from found) as total,
      (select json_agg(json_build_object('code', code, 'cipher', cipher) order by cipher) from forms) as forms,
      (select json_agg(distinct year) from campaigns) as years,
      (select json_agg(page) from (
        select r.id, r.version, r.state, r.filled, r.total, r.errors, r.warnings, r.reason,
          r.checked_at as "checkedAt", r.sent_at as "sentAt", r.accepted_at as "acceptedAt", r.refused_at as "refusedAt",
          f.code as "formCode", f.cipher as "formCipher", f.name as "formName",
          c.id as "campaignId", c.title as "campaignTitle", c.year, c.deadline,
          o.id as "organisationId", o.short_name as "organisationName"
        from (
          select * from found order by ${order} limit ${reportsOnPage} offset ${(query.page - 1) * reportsOnPage}
        ) as found
        join reports r on r.id = found.id
        join organisations o on o.id = r.organisation_id
        join campaigns c on c.id = r.campaign_id
        join form_versions v on v.id = c.form_version_id
        join forms f on f.id = v.form_id
        order by ${order}
      ) as page) as rows`.execute(db)
  const [page] = rows
  return {
    rows: page?.rows ?? [],
    total: page?.total ?? 0,
    choices: { forms: page?.forms ?? [], years: page?.years ?? [] },
  }
}

function conditionsOf({ q, state, form, year }: ReportQuery): RawBuilder<SqlBool>[] {
  return [
    state && sql<SqlBool>`r.state = ${state}`,
    form &&
      sql<SqlBool>`c.form_version_id in
        (select v.id from form_versions v join forms f on f.id = v.form_id where f.code = ${form})`,
    year && sql<SqlBool>`c.year = ${year}`,
    q && sql<SqlBool>`o.search_text like ${`%${likePattern(q)}%`}`,
  ].filter((condition) => typeof condition === 'object')
}

const likePattern = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\\%_]/g, '\\$&')

function orderOf(sort: ReportQuery['sort']): RawBuilder<unknown> {
  const direction = sort?.startsWith('-') ? sql`desc` : sql`asc`
  switch (sort) {
    case 'organisation':
    case '-organisation':
      return sql`found.short_name ${direction}, found.deadline desc, found.id`
    case 'sent':
    case '-sent':
      return sql`found.sent_at ${direction} nulls last, found.id`
    case 'errors':
    case '-errors':
      return sql`found.errors ${direction} nulls last, found.id`
    case 'deadline':
      return sql`found.deadline, found.short_name, found.id`
    case '-deadline':
    case undefined:
      return sql`found.deadline desc, found.short_name, found.id`
    default:
      return sort satisfies never
  }
}
