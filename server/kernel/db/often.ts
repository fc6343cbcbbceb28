/**
 * Statements that run with every call. Planning one of several subqueries takes ten times as long as running it, so a
 * marked statement is planned once per connection and then only executed.
 */
import { sql } from 'kysely'
import pg from 'pg'

const mark = '/* often */'

/**
 * Stands at the beginning of a statement whose text never varies: sql`${often}select …`. Not for texts that are put
 * together of varying parts: each text is kept by the database for as long as the connection lives.
 */
export const often = sql.raw(mark)

/** Lets a new connection of the pool keep the plans of marked statements. */
export function keepPlans(client: pg.ClientBase): void {
  // as: of the many shapes of `query`, a marked text comes in this one only
  const query = (...given: unknown[]) =>
    (pg.Client.prototype.query as (...given: unknown[]) => unknown).apply(client, given)
  const keeping = (first: unknown, ...rest: unknown[]) =>
    typeof first === 'string' && first.startsWith(mark)
      ? query({ name: nameOf(first), text: first, values: rest[0] })
      : query(first, ...rest)
  Object.assign(client, { query: keeping })
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = `often_${names.size + 1}`
  names.set(text, name)
  return name
}
