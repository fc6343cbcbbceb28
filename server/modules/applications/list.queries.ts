/** Lists of applications: one's own, and the queue of those who decide. One round trip each. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { ApplicationsQuery } from '../../../contracts/applications.ts'
import { pageSize } from '../../../contracts/organisations.ts'
import type { Permission, Scopes } from '../../kernel/access/index.ts'
import type { Db } from '../../kernel/db/index.ts'
import { belowScopes, fullNameOf, withinScopes } from '../organisations/index.ts'
import { withPeople } from './applications.queries.ts'

/** Where the person may decide at all, and what it may do besides: a stage may ask for more. */
export type Deciding = { scopes: Scopes; permissions: readonly { permission: Permission; scopes: Scopes }[] }

export type Side = { side: 'own'; applicantId: string } | { side: 'queue'; accountId: string; deciding: Deciding }
export type ListFilter = Partial<Omit<ApplicationsQuery, 'side' | 'q' | 'page'>> & {
  q: string
  page: number
  limit?: number
  /** Only those that wait for a decision or for an answer. */
  open?: boolean
}

export type ApplicationRow = Awaited<ReturnType<typeof listApplications>>['rows'][number]

/** Unless sorted otherwise, those that wait stand first, the nearest deadline above; then the latest decided. */
export async function listApplications(db: Db, side: Side, filter: ListFilter) {
  const limit = filter.limit ?? pageSize
  const { state, kind, region, q, hands } = filter
  const rows = await withPeople(db)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('application.state', '<>', 'unconfirmed')
    .where(
      side.side === 'own' ? sql<boolean>`application.applicant_id = ${side.applicantId}` : decidable(side.deciding),
    )
    .$if(state !== undefined, (query) => query.where('application.state', '=', state ?? 'waiting'))
    .$if(filter.open === true, (query) => query.where(isOpen))
    .$if(kind !== undefined, (query) => query.where('application.kind', '=', kind ?? ''))
    .$if(filter.overdue === 'yes', (query) =>
      query.where('application.state', '=', 'waiting').where('application.due_at', '<', sql<Date>`now()`),
    )
    .$if(region !== undefined && region !== '', (query) =>
      query.where(sql<boolean>`coalesce(organisation.region_code, application.region_code) = ${region}`),
    )
    .$if(hands !== undefined && side.side === 'queue', (query) =>
      query.where(inHands(hands ?? 'mine', side.side === 'queue' ? side.accountId : '')),
    )
    .$if(q !== '', (query) => query.where(matches(q)))
    .orderBy(orderOf(filter.sort))
    .orderBy('application.created_at', 'desc')
    .orderBy('application.id', 'desc')
    .limit(limit)
    .offset((filter.page - 1) * limit)
    .execute()
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

const isOpen = sql<boolean>`application.state in ('waiting', 'asked')`

function matches(q: string): RawBuilder<boolean> {
  const sought = `%${q
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(application.number like ${sought} or organisation.search_text like ${sought}
    or replace(lower(application.subject), 'ё', 'е') like ${sought}
    or replace(lower(coalesce(application.visitor_name, ${fullNameOf('applicant')})), 'ё', 'е') like ${sought})`
}

function inHands(hands: 'mine' | 'nobody' | 'others', accountId: string): RawBuilder<boolean> {
  switch (hands) {
    case 'mine':
      return sql<boolean>`application.assignee_id = ${accountId}`
    case 'nobody':
      return sql<boolean>`application.assignee_id is null`
    case 'others':
      return sql<boolean>`application.assignee_id <> ${accountId}`
  }
}

function orderOf(sort: ListFilter['sort']): RawBuilder<unknown> {
  switch (sort) {
    case undefined:
      return sql`not ${isOpen}, case when ${isOpen} then application.due_at end`
    case 'due':
      return sql`application.due_at`
    case '-due':
      return sql`application.due_at desc`
    case 'created':
      return sql`application.created_at`
    case '-created':
      return sql`application.created_at desc`
    case 'number':
      return sql`length(application.number), application.number`
    case '-number':
      return sql`length(application.number) desc, application.number desc`
  }
}

/** As `mayDecide` says of one application: the stage's own permission too, and from above where the stage says so. */
function decidable({ scopes, permissions }: Deciding): RawBuilder<SqlBool> {
  const parts = bySameScopes(permissions).map(
    (group) => sql<SqlBool>`(application.needs = any(${group.permissions}::text[]) and ${reaching(group.scopes)})`,
  )
  if (parts.length === 0) return sql<SqlBool>`false`
  return sql<SqlBool>`(${within(scopes)} and (${sql.join(parts, sql` or `)}))`
}

const reaching = (scopes: Scopes) =>
  sql<SqlBool>`(case when application.from_above then ${belowScopes(scopes, 'organisation')} or ${inRegion(scopes)}
    else ${within(scopes)} end)`

const within = (scopes: Scopes) => sql<SqlBool>`(${withinScopes(scopes, 'organisation')} or ${inRegion(scopes)})`

/** What is about no organisation of the registry stands in its region. */
const inRegion = ({ everywhere, regions }: Scopes) =>
  everywhere
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(application.organisation_id is null and application.region_code = any(${regions}::text[]))`

/** Most hold their permissions over the same place: it is looked at once. */
function bySameScopes(permissions: Deciding['permissions']): { permissions: Permission[]; scopes: Scopes }[] {
  const groups = new Map<string, { permissions: Permission[]; scopes: Scopes }>()
  for (const { permission, scopes } of permissions) {
    const group = groups.get(JSON.stringify(scopes))
    if (group) group.permissions.push(permission)
    else groups.set(JSON.stringify(scopes), { permissions: [permission], scopes })
  }
  return [...groups.values()]
}
