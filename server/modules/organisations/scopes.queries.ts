import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scopes } from '../../kernel/access/index.ts'
import type { Db } from '../../kernel/db/index.ts'

/**
 * True for organisations within the scopes: `query.where(withinScopes(ctx.grants.scopes('report.read'), 'organisation'))`.
 * @param alias how the query calls its table `organisations`
 */
export const withinScopes = (scopes: Scopes, alias: string): RawBuilder<SqlBool> =>
  reachedBy(scopes, alias, (tops) => reaches(sql.ref(`${alias}.lineage`), tops))

/** As `withinScopes`, for what is decided from above: a subtree does not reach its own top. */
export function belowScopes({ organisations: _own, ...scopes }: Scopes, alias: string): RawBuilder<SqlBool> {
  const lineage = sql.ref(`${alias}.lineage`)
  const above = sql`(${lineage}[:cardinality(${lineage}) - 1])`
  // The whole lineage is what the index knows; the part above it then leaves the tops out.
  const isBelow = (tops: string[]) => sql`(${reaches(lineage, tops)} and ${above} && ${tops}::uuid[])`
  return reachedBy({ ...scopes, organisations: [] }, alias, isBelow)
}

function reachedBy(
  scopes: Scopes,
  alias: string,
  isUnder: (tops: string[]) => RawBuilder<unknown>,
): RawBuilder<SqlBool> {
  if (scopes.everywhere) return sql<SqlBool>`true`
  const parts = [
    anyOf(scopes.regions, (codes) => isOneOf(sql.ref(`${alias}.region_code`), codes)),
    anyOf(scopes.subtrees, isUnder),
    anyOf(scopes.organisations, (ids) => sql`${sql.ref(`${alias}.id`)} = any(${ids}::uuid[])`),
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

/** Of `= any` PostgreSQL does not know that one value leaves an index in its order, and reads all to sort them. */
const isOneOf = (column: RawBuilder<unknown>, codes: string[]) =>
  codes.length === 1 ? sql`${column} = ${codes[0]}` : sql`${column} = any(${codes}::text[])`

/** Up to so many organisations are read one after another sooner than some of them by an index. */
const smallRegistry = 5000
let isSmall = false

/**
 * Looks how large the registry has grown, by the estimate of the database itself. A hint for plans alone: what is found
 * is the same. One that was never counted is taken for large.
 */
export async function measureRegistry(db: Db): Promise<void> {
  const { rows } = await sql<{ rows: number }>`
    select reltuples::float8 as rows from pg_class where oid = 'organisations'::regclass`.execute(db)
  const count = rows[0]?.rows ?? -1
  isSmall = count >= 0 && count <= smallRegistry
}

/**
 * By the inverted index of lineages: of sixty thousand organisations two hundred are found in 0.2 ms, where `= any`
 * reads them all in 120 (`npm run bench registry`). Of a thousand `= any` reads all in 0.2 ms, and what is joined to them
 * is joined as to many; the index makes the planner expect a handful and look for the reports of each apart, which takes
 * twice as long (`npm run bench list-page`).
 */
function reaches(lineage: RawBuilder<unknown>, tops: string[]): RawBuilder<unknown> {
  if (tops.length > 1) return sql`${lineage} && ${tops}::uuid[]`
  return isSmall ? sql`${tops[0]}::uuid = any(${lineage})` : sql`${lineage} @> ${tops}::uuid[]`
}

const anyOf = <T>(values: string[], condition: (values: string[]) => T): T | undefined =>
  values.length === 0 ? undefined : condition(values)
