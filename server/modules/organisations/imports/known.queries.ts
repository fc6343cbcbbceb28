import { type SqlBool, sql } from 'kysely'
import { isPart, type OrganisationLevel } from '../../../../contracts/organisations.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { columns } from './columns.ts'

/** An open organisation of the registry as a line of a file is compared with it. */
export type Known = {
  id: string
  parentId: string | null
  lineage: string[]
  region: string
  version: number
  independent: boolean
  /** By field, as the registry keeps them. */
  values: Readonly<Record<string, unknown>>
}

/** By ИНН; of a file's batch in one statement. */
export async function listKnown(db: Db, inns: readonly string[]): Promise<Map<string, Known[]>> {
  const rows = await db
    .selectFrom('organisations')
    .selectAll()
    .where(sql<SqlBool>`inn = any(${[...inns]}::text[])`)
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute()
  const found = new Map<string, Known[]>()
  for (const row of rows) found.set(row.inn, [...(found.get(row.inn) ?? []), knownOf(row)])
  return found
}

type Row = {
  id: string
  parent_id: string | null
  lineage: string[]
  region_code: string
  version: number
  level: OrganisationLevel
}

const knownOf = (row: Row): Known => ({
  id: row.id,
  parentId: row.parent_id,
  lineage: row.lineage,
  region: row.region_code,
  version: row.version,
  independent: !isPart(row.level),
  values: valuesOf(new Map<string, unknown>(Object.entries(row))),
})

/** Fields are called as their columns, but for the spelling. */
export const valuesOf = (row: ReadonlyMap<string, unknown>) =>
  Object.fromEntries(
    columns.map(({ field }) => [field, row.get(field.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`))]),
  )

export async function listRegionCodes(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('regions').select('code').execute()
  return new Set(rows.map(({ code }) => code))
}

/** The numbers that the tables hold now, of those that were touched: their versions are what an undo compares. */
export async function versionsOf(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { version: number; closed: boolean }>> {
  const rows = await db
    .selectFrom('organisations')
    .select(['id', 'version', 'closed_at'])
    .where(sql<SqlBool>`id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, version, closed_at }) => [id, { version, closed: closed_at !== null }]))
}
