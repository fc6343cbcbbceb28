import { sql } from 'kysely'
import type { OrganisationsQuery } from '../../../../contracts/organisations.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { conditionsOf, orderOf } from '../list.queries.ts'
import { type Known, valuesOf } from './known.queries.ts'

/** Identifiers of all that the list would show on all its pages, in its order. */
export async function listFound(db: Db, scopes: Scopes, query: OrganisationsQuery): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select organisation.id from organisations organisation
    where ${sql.join(conditionsOf(scopes, query), sql` and `)} order by ${orderOf(query)}`.execute(db)
  return rows.map(({ id }) => id)
}

/** In the order of the identifiers. */
export async function listExported(db: Db, ids: readonly string[]): Promise<Known['values'][]> {
  const { rows } = await sql<Record<string, unknown>>`
    select organisation.*, higher.inn as higher_inn
    from unnest(${[...ids]}::uuid[]) with ordinality as wanted (id, place)
    join organisations organisation on organisation.id = wanted.id
    left join organisations higher on higher.id = organisation.parent_id
    order by wanted.place`.execute(db)
  return rows.map((row) => valuesOf(new Map(Object.entries(row))))
}
