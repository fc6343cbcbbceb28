import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type ReportQuery, reportsOnPage } from '../../../../contracts/reporting.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import { type Db, often } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'
import { type ReportRow, termInForce } from './reports.queries.ts'

type Moments = 'checkedAt' | 'sentAt' | 'acceptedAt' | 'refusedAt'
type OfReport =
  | 'id'
  | 'version'
  | 'state'
  | 'filled'
  | 'total'
  | 'errors'
  | 'warnings'
  | 'reason'
  | 'levelCode'
  | 'levelName'
type OfOrganisation = 'organisationId' | 'organisationName'
type OfCampaign = 'campaignId' | 'campaignTitle' | 'year' | 'formCode' | 'formCipher' | 'formName'

/** What a list shows of a report itself; moments as PostgreSQL writes them in JSON. */
type BareRow = Pick<ReportRow, OfReport | OfOrganisation | 'campaignId'> &
  Record<Moments, string | null> & { deadline: string }
/** What all reports of a campaign have in common. */
type CampaignRow = Pick<ReportRow, OfCampaign>
export type ListedRow = BareRow & CampaignRow

export type ReportChoices = { forms: { code: string; cipher: string }[]; years: number[] }
type Found = { rows: BareRow[] | null; campaigns: CampaignRow[] | null; total: number } & {
  [Choice in keyof ReportChoices]: ReportChoices[Choice] | null
}
type Page = { rows: ListedRow[]; total: number; choices: ReportChoices }

/**
 * The rows of one page, how many there are in all, and the choices of the filters, in one round trip: all that is found
 * is gone through once, as narrow rows, and only what the page shows is read whole. It comes as JSON, which is read
 * several times quicker than as many rows, and what reports of a campaign have in common comes once. The list as it
 * opens, with nothing filtered, is planned once; filters are planned for what is looked for, because a rare word wants
 * another plan than a frequent one.
 */
export async function listReportRows(db: Db, scopes: Scopes, query: ReportQuery): Promise<Page> {
  const { q, state, form, year } = query
  const narrowed = Boolean(q || state || form || year)
  const order = orderOf(query.sort)
  const { rows } = await sql<Found>`${narrowed ? sql`` : often}
    with found as materialized (
      select r.id, r.sent_at, r.errors, ${termInForce} as deadline, o.short_name
      from reports r
      join organisations o on o.id = r.organisation_id
      join campaigns c on c.id = r.campaign_id
      where ${sql.join([withinScopes(scopes, 'o'), ...conditionsOf(query)], sql` and `)}
    ), page as materialized (
      select r.id, r.version, r.state, r.filled, r.total, r.errors, r.warnings, r.reason,
        r.level_code as "levelCode", r.level_name as "levelName", r.checked_at as "checkedAt", r.sent_at as "sentAt", r.accepted_at as "acceptedAt", r.refused_at as "refusedAt",
        r.campaign_id as "campaignId", r.organisation_id as "organisationId", found.short_name as "organisationName", found.deadline
      from (
        select * from found order by ${order} limit ${reportsOnPage} offset ${(query.page - 1) * reportsOnPage}
      ) as found
      join reports r on r.id = found.id
      order by ${order}
    )
    select (select json_agg(page) from page) as rows,
      (select json_agg(campaign) from (
        select c.id as "campaignId", c.title as "campaignTitle", c.year,
          f.code as "formCode", f.cipher as "formCipher", f.name as "formName"
        from campaigns c
        join form_versions v on v.id = c.form_version_id
        join forms f on f.id = v.form_id
        where c.id in (select "campaignId" from page)
      ) as campaign) as campaigns,
      (select count(*) from found) as total,
      (select json_agg(json_build_object('code', code, 'cipher', cipher) order by cipher) from forms) as forms,
      (select json_agg(distinct year) from campaigns) as years`.execute(db)
  const [page] = rows
  return {
    rows: page?.rows ? withCampaigns(page.rows, page.campaigns ?? []) : [],
    total: page?.total ?? 0,
    choices: { forms: page?.forms ?? [], years: page?.years ?? [] },
  }
}

function withCampaigns(rows: BareRow[], campaigns: CampaignRow[]): ListedRow[] {
  const byId = new Map(campaigns.map((campaign) => [campaign.campaignId, campaign]))
  return rows.flatMap((row) => {
    const campaign = byId.get(row.campaignId)
    return campaign ? [{ ...row, ...campaign }] : []
  })
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
