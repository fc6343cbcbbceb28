import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../../../kernel/db/index.ts'

/** What the program itself puts under every organisation: an empty report is nobody's work. */
const putByProgram = [
  'organisations',
  'organisation_changes',
  'organisation_addresses',
  'organisation_import_lines',
  'reports',
]

const words: Record<string, string> = {
  memberships: 'люди',
  grants: 'роли',
  applications: 'заявки',
  seat_offers: 'передача места',
}

/**
 * What hangs on organisations, in words. The tables of all rooms are asked, by what the database says refers to an
 * organisation: this room knows none of them, and a room that comes later is asked too.
 */
export async function findHanging(tx: Tx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const hanging = new Map<string, string[]>()
  for (const { table, column } of await listReferring(tx)) {
    const { rows } = await sql<{ id: string }>`
      select distinct ${sql.ref(column)} as id from ${sql.table(table)}
      where ${sql<SqlBool>`${sql.ref(column)} = any(${[...ids]}::uuid[])`}`.execute(tx)
    for (const { id } of rows) hanging.set(id, [...new Set([...(hanging.get(id) ?? []), words[table] ?? 'записи'])])
  }
  return hanging
}

async function listReferring(tx: Tx): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select relation.relname as table, attribute.attname as column
    from pg_constraint tie
    join pg_class relation on relation.oid = tie.conrelid
    join pg_attribute attribute on attribute.attrelid = tie.conrelid and attribute.attnum = tie.conkey[1]
    where tie.contype = 'f' and tie.confrelid = 'organisations'::regclass and cardinality(tie.conkey) = 1
      and relation.relname <> all(${putByProgram}::text[])
    order by 1, 2`.execute(tx)
  return rows
}
