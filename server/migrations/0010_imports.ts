import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Imports of organisations with a report per line, and the dictionary of addresses with what it says of each organisation. */
export async function up(tx: Tx): Promise<void> {
  await imports(tx)
  await lines(tx)
  await dictionary(tx)
  await addressesOfOrganisations(tx)
}

async function imports(tx: Tx): Promise<void> {
  await sql`
    create table organisation_imports (
      id uuid primary key,
      file_id uuid not null references files (id) deferrable initially immediate,
      format text not null check (format in ('xlsx', 'csv')),
      headings text[] not null,
      created_by uuid not null references accounts (id) deferrable initially immediate,
      created_at timestamptz not null default now(),
      -- Who has ordered the work that goes on, and what that person may manage: jobs act on its behalf.
      ordered jsonb not null,
      state text not null check (state in
        ('reading', 'checking', 'ready', 'applying', 'applied', 'undoing', 'undone', 'cancelled', 'unreadable')),
      problem text,
      -- How far the work of the state has come: number of a line when reading and checking, else its place.
      cursor integer not null,
      done integer not null default 0,
      lines integer not null default 0,
      places integer not null default 0,
      stage_started_at timestamptz not null default now(),
      confirmed_at timestamptz,
      confirmed_by uuid references accounts (id) deferrable initially immediate,
      stopped_at timestamptz,
      finished_at timestamptz,
      undone_at timestamptz,
      undone_by uuid references accounts (id) deferrable initially immediate,
      lease uuid,
      leased_until timestamptz,
      attempts integer not null default 0
    )`.execute(tx)
  await sql`create index organisation_imports_of on organisation_imports (created_by, created_at desc)`.execute(tx)
  await sql`
    create index organisation_imports_waiting on organisation_imports (created_at)
    where state in ('reading', 'checking', 'applying', 'undoing')`.execute(tx)
}

async function lines(tx: Tx): Promise<void> {
  await sql`
    create table organisation_import_lines (
      import_id uuid not null references organisation_imports (id) deferrable initially immediate,
      number integer not null,
      -- What stood in the file, by field.
      cells jsonb not null,
      inn text not null,
      independent boolean not null,
      outcome text check (outcome in ('add', 'change', 'same', 'wrong')),
      problems jsonb not null default '[]',
      changes jsonb not null default '[]',
      higher_line integer,
      wave integer,
      place integer,
      organisation_id uuid references organisations (id) deferrable initially immediate,
      version_before integer,
      version_after integer,
      applied_at timestamptz,
      failed text,
      undone_at timestamptz,
      undo_problem text,
      primary key (import_id, number)
    )`.execute(tx)
  await sql`create index organisation_import_lines_inn on organisation_import_lines (import_id, inn)`.execute(tx)
  await sql`create index organisation_import_lines_higher on organisation_import_lines (import_id, higher_line)`.execute(
    tx,
  )
  await sql`create index organisation_import_lines_place on organisation_import_lines (import_id, place)`.execute(tx)
}

/** Objects and houses of ГАР, each with its whole text: what is looked for is found without walking the tree. */
async function dictionary(tx: Tx): Promise<void> {
  await sql`
    create table gar_addresses (
      region_code text not null,
      gar_id uuid not null,
      object_id bigint not null,
      -- 1 is the region, 8 a street; 10 a house.
      level integer not null,
      house boolean not null,
      postal_code text,
      parts jsonb not null,
      text text not null,
      -- Settlement, street and house without what spellings differ in: what an address that was typed is compared by.
      match_key text not null,
      search_text text not null generated always as (replace(lower(text), 'ё', 'е')) stored,
      primary key (region_code, gar_id)
    )`.execute(tx)
  await sql`create index gar_addresses_words on gar_addresses using gin (to_tsvector('simple', search_text))`.execute(
    tx,
  )
  await sql`create index gar_addresses_key on gar_addresses (region_code, match_key)`.execute(tx)
  await sql`
    create table gar_loads (
      id uuid primary key,
      region_code text not null,
      objects integer not null,
      houses integer not null,
      loaded_at timestamptz not null default now()
    )`.execute(tx)
}

/** Follows from the text of an organisation's address and the dictionary, and is worked out anew when either changes. */
async function addressesOfOrganisations(tx: Tx): Promise<void> {
  await sql`
    create table organisation_addresses (
      organisation_id uuid primary key references organisations (id) deferrable initially immediate,
      address text not null,
      parts jsonb not null,
      gar_id uuid
    )`.execute(tx)
}
