import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scopes } from '../../kernel/access/index.ts'

/**
 * True for organisations within the scopes: `query.where(withinScopes(ctx.grants.scopes('report.read'), 'organisation'))`.
 * @param alias how the query calls its table `organisations`
 */
export const withinScopes = (scopes: Scopes, alias: string): RawBuilder<SqlBool> =>
  reachedBy(scopes, alias, sql.ref(`${alias}.lineage`))

/** As `withinScopes`, for what is decided from above: a subtree does not reach its own top. */
export function belowScopes({ organisations: _own, ...scopes }: Scopes, alias: string): RawBuilder<SqlBool> {
  const lineage = sql.ref(`${alias}.lineage`)
  return reachedBy({ ...scopes, organisations: [] }, alias, sql`(${lineage}[:cardinality(${lineage}) - 1])`)
}

function reachedBy(scopes: Scopes, alias: string, lineage: RawBuilder<unknown>): RawBuilder<SqlBool> {
  if (scopes.everywhere) return sql<SqlBool>`true`
  const parts = [
    anyOf(scopes.regions, (values) => sql`${sql.ref(`${alias}.region_code`)} = any(${values}::text[])`),
    anyOf(scopes.subtrees, (values) => isBelow(lineage, values)),
    anyOf(scopes.organisations, (values) => sql`${sql.ref(`${alias}.id`)} = any(${values}::uuid[])`),
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

/**
 * For one higher organisation `= any`: of an overlap with values not yet known PostgreSQL expects a few rows and looks a
 * thousand up one by one, which takes twice as long as reading them all.
 */
const isBelow = (lineage: RawBuilder<unknown>, values: string[]) =>
  values.length === 1 ? sql`${values[0]}::uuid = any(${lineage})` : sql`${lineage} && ${values}::uuid[]`

const anyOf = <T>(values: string[], condition: (values: string[]) => T): T | undefined =>
  values.length === 0 ? undefined : condition(values)
