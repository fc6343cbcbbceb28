import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type AccountLine, type AccountsQuery, accountsPageSize } from '../../../../contracts/accounts.ts'
import { readPhone } from '../../../../contracts/requisites.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { stateColumn, withinReach } from './reach.queries.ts'

export type ListedRegion = { code: string; name: string }
type Found = { total: number; rows: AccountLine[] | null; regions: ListedRegion[] | null }

/** One page of the accounts within the scopes, how many there are, and the regions to choose from: one round trip. */
export async function listAccounts(
  db: Db,
  scopes: Scopes,
  query: AccountsQuery,
): Promise<{ total: number; rows: AccountLine[]; regions: ListedRegion[] }> {
  const { rows } = await sql<Found>`
    with found as materialized (
      select a.id, a.surname, a.name, a.created_at from accounts a
      where a.erased_at is null and ${withinReach(scopes)} and ${sql.join(conditions(query), sql` and `)}
    ),
    page as (
      select f.id, row_number() over (order by ${order(query)}) as place from found f
      order by place limit ${accountsPageSize} offset ${(query.page - 1) * accountsPageSize}
    )
    select (select count(*)::int from found) as total,
      (select json_agg(json_build_object(
          'id', a.id, 'fullName', concat_ws(' ', a.surname, a.name, a.patronymic), 'email', a.email,
          'position', a.position, 'audience', a.audience, 'state', ${stateColumn}, 'roles', held.roles,
          'organisation', coalesce(own.short_name, a.organisation_name),
          'createdAt', to_char(a.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by page.place)
        from page join accounts a on a.id = page.id
        cross join lateral (
          select coalesce(json_agg(distinct role), '[]') as roles from (
            select g.role from grants g
            where g.account_id = a.id and g.revoked_at is null and coalesce(g.ends_on >= current_date, true)
            union all
            select m.role from memberships m
            where m.account_id = a.id and m.ended_at is null and coalesce(m.ends_on >= current_date, true)
          ) as roles) as held
        left join lateral (
          select o.short_name from memberships m join organisations o on o.id = m.organisation_id
          where m.account_id = a.id and m.ended_at is null order by m.attached_at, m.id limit 1) as own on true
      ) as rows,
      (select json_agg(json_build_object('code', r.code, 'name', r.name) order by r.name) from regions r
        where ${scopes.everywhere} or r.code = any(${scopes.regions}::text[])) as regions`.execute(db)
  const [row] = rows
  return { total: row?.total ?? 0, rows: row?.rows ?? [], regions: row?.regions ?? [] }
}

function conditions({ q, audience, state, role, region }: AccountsQuery): RawBuilder<SqlBool>[] {
  return [
    sql<SqlBool>`true`,
    ...wordsOf(q).map(hasWord),
    ...(audience ? [sql<SqlBool>`a.audience = ${audience}`] : []),
    ...(state ? [sql<SqlBool>`(${stateColumn}) = ${state}`] : []),
    ...(role ? [hasRole(role)] : []),
    // As if it were asked by one who answers for this region alone.
    ...(region ? [withinReach({ everywhere: false, regions: [region], subtrees: [], organisations: [] })] : []),
  ]
}

const hasRole = (role: string) => sql<SqlBool>`(
  a.id in (select account_id from grants where role = ${role} and revoked_at is null
    and coalesce(ends_on >= current_date, true))
  or a.id in (select account_id from memberships where role = ${role} and ended_at is null
    and coalesce(ends_on >= current_date, true)))`

/** In the account itself, or in the names and the ИНН of an organisation to which it is attached. */
function hasWord(word: string): RawBuilder<SqlBool> {
  const like = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`(a.search_text like ${like} or a.id in (
    select m.account_id from memberships m join organisations o on o.id = m.organisation_id
    where m.ended_at is null and o.search_text like ${like}))`
}

/** A telephone in any spelling is one word: as it is kept. */
function wordsOf(typed: string): string[] {
  const phone = /^[+\d\s()-]+$/.test(typed) ? readPhone(typed).value : undefined
  if (phone) return [phone]
  const words = typed
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[\s«»„“"',;()№]+/u)
  return words.filter(Boolean).slice(0, 8)
}

function order({ sort }: AccountsQuery): RawBuilder<unknown> {
  switch (sort) {
    case 'name':
      return sql`f.surname, f.name, f.id`
    case '-name':
      return sql`f.surname desc, f.name desc, f.id desc`
    case 'created':
      return sql`f.created_at, f.id`
    case '-created':
      return sql`f.created_at desc, f.id desc`
  }
}
