/** Lists of organisations: what one sees, what anyone may find, what others may stand under. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import {
  levelsOfParts,
  type OrganisationLine,
  type OrganisationReference,
  type OrganisationsQuery,
  pageSize,
} from '../../../contracts/organisations.ts'
import type { Scopes } from '../../kernel/access/index.ts'
import { type Db, often } from '../../kernel/db/index.ts'
import { withinScopes } from './scopes.queries.ts'
import { matchesWords, rankOf } from './search.queries.ts'

/** How many are counted at most: of more a list says «больше», because nobody leafs through them. */
export const mostCounted = 10_000

/** What the filters of a list offer. */
export type ListChoices = { regions: { code: string; name: string }[]; municipalities: OrganisationReference[] }
type Found = { rows: OrganisationLine[] | null; total: number } & {
  [Choice in keyof ListChoices]: ListChoices[Choice] | null
}

/**
 * One page of the organisations within the scopes, and how many there are of them all: one round trip. The page is read
 * in the order of an index until it is full; the count stops at `mostCounted`.
 */
export async function listOrganisations(
  db: Db,
  scopes: Scopes,
  query: OrganisationsQuery,
): Promise<{ rows: OrganisationLine[]; total: number; choices: ListChoices }> {
  const wanted = sql`from organisations organisation where ${sql.join(conditionsOf(scopes, query), sql` and `)}`
  const order = orderOf(query)
  const { rows } = await sql<Found>`${isPlannedAlike(scopes, query) ? often : sql``}
    with page as materialized (
      select organisation.id, organisation.short_name as "shortName", organisation.inn, organisation.kind,
        organisation.level, organisation.state, organisation.parent_id, row_number() over () as place
      from (select organisation.* ${wanted}
        order by ${order} limit ${sql.lit(pageSize)} offset ${(query.page - 1) * pageSize}) organisation)
    select
      (select json_agg(json_build_object('id', page.id, 'shortName', "shortName", 'inn', page.inn, 'kind', page.kind,
          'level', page.level, 'state', page.state, 'higher', case when higher.id is null then null else
            json_build_object('id', higher.id, 'shortName', higher.short_name) end) order by place)
        from page left join organisations higher on higher.id = page.parent_id) as rows,
      (select count(*) from (select ${wanted} limit ${sql.lit(mostCounted + 1)}) counted) as total,
      ${choicesOf(scopes, query)}`.execute(db)
  const [found] = rows
  return {
    rows: found?.rows ?? [],
    total: found?.total ?? 0,
    choices: { regions: found?.regions ?? [], municipalities: found?.municipalities ?? [] },
  }
}

/**
 * Whether one plan serves all values: of a region or of everywhere, in the order of names, an index gives the page. Under
 * an organisation the best plan depends on how much stands there, and words are each a case of their own.
 */
const isPlannedAlike = ({ subtrees, organisations }: Scopes, { q, municipality, sort }: OrganisationsQuery): boolean =>
  subtrees.length + organisations.length === 0 && q === '' && municipality === undefined && !sort.endsWith('inn')

const mostMunicipalities = 500

/** Municipalities of all regions at once would be thousands: whoever sees several regions chooses one first. */
function choicesOf(scopes: Scopes, { region }: OrganisationsQuery): RawBuilder<unknown> {
  const manyRegions = scopes.everywhere || scopes.regions.length > 1
  const regions = scopes.everywhere ? sql`true` : sql`code = any(${scopes.regions}::text[])`
  const ofRegion = region ? sql`o.region_code = ${region}` : manyRegions ? sql`false` : sql`true`
  return sql`
      (select json_agg(json_build_object('code', code, 'name', name) order by name) from regions where ${regions}) as regions,
      (select json_agg(json_build_object('id', id, 'shortName', short_name)) from (
        select o.id, o.short_name from organisations o
        where o.level = 'municipality' and o.state = 'active' and ${ofRegion} and ${withinScopes(scopes, 'o')}
        order by o.sort_name limit ${mostMunicipalities}) choice) as municipalities`
}

export function conditionsOf(scopes: Scopes, { q, kind, region, municipality, state }: OrganisationsQuery) {
  const conditions: (RawBuilder<SqlBool> | undefined)[] = [
    withinScopes(scopes, 'organisation'),
    q === '' ? undefined : matchesWords('organisation', q),
    kind && sql<SqlBool>`organisation.kind = ${kind}`,
    region ? sql<SqlBool>`organisation.region_code = ${region}` : undefined,
    municipality ? sql<SqlBool>`organisation.lineage @> array[${municipality}]::uuid[]` : undefined,
    stateOf(q, state),
  ]
  return conditions.filter((condition) => condition !== undefined)
}

/** Those that are no more are found when looked for by words, and left out of the plain list. */
function stateOf(q: string, state: OrganisationsQuery['state']): RawBuilder<SqlBool> | undefined {
  if (state) return sql<SqlBool>`organisation.state = ${state}`
  return q === '' ? sql<SqlBool>`organisation.state = 'active'` : undefined
}

export function orderOf({ q, sort }: OrganisationsQuery): RawBuilder<unknown> {
  switch (sort) {
    case 'relevance':
      return q === '' ? byName : sql`${rankOf('organisation', q)}, ${byName}`
    case 'name':
      return byName
    case '-name':
      return sql`organisation.sort_name desc, organisation.id desc`
    case 'inn':
      return sql`organisation.inn, organisation.id`
    case '-inn':
      return sql`organisation.inn desc, organisation.id desc`
  }
}

const byName = sql`organisation.sort_name, organisation.id`

/** Names and ИНН only: what anyone who is signed in may find in the registry. */
export const searchRegistry = (db: Db, q: string, limit: number) =>
  db
    .selectFrom('organisations as organisation')
    .select(['organisation.id', 'organisation.short_name as shortName', 'organisation.inn'])
    .where(matchesWords('organisation', q))
    .where('organisation.closed_at', 'is', null)
    .orderBy(rankOf('organisation', q))
    .orderBy('organisation.sort_name')
    .orderBy('organisation.id')
    .limit(limit)
    .execute()

/** What others may stand under, by words of the name or by ИНН; the highest levels first. */
export const searchHigher = (db: Db, scopes: Scopes, q: string, limit: number) =>
  db
    .selectFrom('organisations as organisation')
    .select(['organisation.id', 'organisation.short_name as shortName', 'organisation.inn'])
    .where(withinScopes(scopes, 'organisation'))
    .where(matchesWords('organisation', q))
    .where('organisation.level', 'not in', levelsOfParts)
    .where('organisation.closed_at', 'is', null)
    .$if(q === '', (query) => query.where('organisation.level', 'in', ['region', 'municipality']))
    .orderBy(sql`array_position(array['region', 'municipality', 'institution'], organisation.level)`)
    .orderBy('organisation.sort_name')
    .orderBy('organisation.id')
    .limit(limit)
    .execute()
