import { sql } from 'kysely'
import type { Db } from '../../../kernel/db/index.ts'

export type KnownOrganisation = { id: string; shortName: string; inn: string }

/** Those of the registry that answer to one of the numbers or of the names. */
export const findOrganisationsCalled = (
  db: Db,
  numbers: readonly string[],
  names: readonly string[],
): Promise<KnownOrganisation[]> =>
  db
    .selectFrom('organisations')
    .select(['id', 'short_name as shortName', 'inn'])
    .where('closed_at', 'is', null)
    .where((eb) =>
      eb.or([eb('inn', '=', sql<string>`any(${numbers})`), eb('short_name', '=', sql<string>`any(${names})`)]),
    )
    .execute()

export const findOrganisationsById = (db: Db, ids: readonly string[]): Promise<KnownOrganisation[]> =>
  db
    .selectFrom('organisations')
    .select(['id', 'short_name as shortName', 'inn'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
