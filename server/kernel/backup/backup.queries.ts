import type { ClientBase } from 'pg'
import pg from 'pg'

/** A table of the program and those of its columns that hold data of their own. */
export type Table = { name: string; columns: string[] }
/** A sequence and the last value it gave out. */
export type Sequence = { name: string; value: string }

const quote = pg.escapeIdentifier
const qualified = (name: string) => `public.${quote(name)}`
const columnList = (columns: string[]) => columns.map(quote).join(', ')

/** Dates, numbers and bytes read and written the same on every server, and no limit of time but the administrator's. */
export const settleSession = (client: ClientBase) =>
  client.query(`
    set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';
    set bytea_output = 'hex'; set extra_float_digits = 1; set row_security = off; set search_path = public;
    set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '30s'`)

/** Tables of schema public, but for the record of migrations, which a restore writes itself. */
export async function listTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select class.relname::text as name,
      coalesce(array_agg(attribute.attname::text order by attribute.attnum) filter (where attribute.attnum is not null), '{}') as columns
    from pg_class class
    left join pg_attribute attribute on attribute.attrelid = class.oid
      and attribute.attnum > 0 and not attribute.attisdropped and attribute.attgenerated = ''
    where class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p') and not class.relispartition
      and class.relname <> 'schema_migrations'
      and not exists (select from pg_depend where objid = class.oid and classid = 'pg_class'::regclass and deptype = 'e')
    group by class.relname order by class.relname`)
  return rows
}

export async function listSequences(client: ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(`
    select sequencename::text as name, last_value::text as value from pg_sequences
    where schemaname = 'public' and last_value is not null order by sequencename`)
  return rows
}

/** Names of the migrations that made the schema, in order; undefined when no program has used the database yet. */
export async function listMigrations(client: ClientBase): Promise<string[] | undefined> {
  if (!(await hasTable(client, 'schema_migrations'))) return undefined
  const { rows } = await client.query<{ name: string }>('select name from public.schema_migrations order by number')
  return rows.map(({ name }) => name)
}

async function hasTable(client: ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    `public.${name}`,
  ])
  return rows[0]?.found ?? false
}

export async function isEmpty(client: ClientBase): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_class where relnamespace = to_regnamespace('public') and relkind in ('r', 'p', 'v', 'm') limit 1`,
  )
  return rowCount === 0
}

/** The lock that migrations take: a program that starts meanwhile waits. */
export async function lockMigrations(client: ClientBase) {
  if (await hasTable(client, 'schema_migrations'))
    await client.query('lock table public.schema_migrations in exclusive mode')
}

/** Connections of running programs to this database, but for one's own. */
export async function countPrograms(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name = 'kabinet' and pid <> pg_backend_pid()`)
  return rows[0]?.count ?? 0
}

/** Drops all of the program's, queued jobs too: they speak of the data that go. The program makes their schema again. */
export const dropEverything = (client: ClientBase) =>
  client.query(
    'drop schema if exists graphile_worker cascade; drop schema if exists public cascade; create schema public',
  )

export const createMigrationsTable = (client: ClientBase) =>
  client.query(`create table if not exists public.schema_migrations (
    number integer primary key, name text not null, applied_at timestamptz not null default now())`)

export const recordMigration = (client: ClientBase, number: number, name: string) =>
  client.query('insert into public.schema_migrations (number, name) values ($1, $2)', [number, name])

export const copyOut = ({ name, columns }: Table) =>
  `copy (select ${columnList(columns)} from ${qualified(name)}) to stdout`

export const copyIn = ({ name, columns }: Table) => `copy ${qualified(name)} (${columnList(columns)}) from stdin`

/** Empties what migrations filled, and lets no trigger touch rows that come as they were. */
export async function clearTables(client: ClientBase, tables: Table[]) {
  for (const { name } of tables) await client.query(`alter table ${qualified(name)} disable trigger user`)
  if (tables.length > 0) await client.query(`truncate ${tables.map(({ name }) => qualified(name)).join(', ')}`)
}

export async function enableTriggers(client: ClientBase, tables: Table[]) {
  for (const { name } of tables) await client.query(`alter table ${qualified(name)} enable trigger user`)
}

type ForeignKey = { table: string; name: string; definition: string }

/**
 * Takes the foreign keys away and returns how to put them back. Checked at the end, one join each, they need neither
 * an order of tables nor memory for every row, which deferred checks would.
 */
export async function dropForeignKeys(client: ClientBase): Promise<() => Promise<void>> {
  const { rows } = await client.query<ForeignKey>(`
    select conrelid::regclass::text as table, conname::text as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0
    order by conrelid::regclass::text, conname`)
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${quote(name)}`)
  return async () => {
    for (const { table, name, definition } of rows) {
      await client.query(`alter table ${table} add constraint ${quote(name)} ${definition}`)
    }
  }
}

export async function setSequences(client: ClientBase, sequences: Sequence[]) {
  for (const { name, value } of sequences) await client.query('select setval($1, $2::bigint)', [qualified(name), value])
}
