import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Regions, the tree of organisations, and who is attached to which. */
export async function up(tx: Tx): Promise<void> {
  await sql`create table regions (code text primary key, name text not null)`.execute(tx)

  await sql`
    create table organisations (
      id uuid primary key,
      parent_id uuid references organisations (id) deferrable initially immediate,
      lineage uuid[] not null,
      level text not null check (level in ('region', 'municipality', 'institution', 'division')),
      short_name text not null,
      full_name text not null,
      inn text not null,
      ogrn text not null,
      okpo text,
      region_code text not null references regions (code) deferrable initially immediate,
      kind text not null,
      legal_form text not null check (legal_form in ('state', 'municipal', 'private')),
      address text not null,
      phone text,
      email text,
      site text,
      head_name text,
      head_position text,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      closed_at timestamptz,
      search_text text not null generated always as
        (replace(lower(short_name || ' ' || full_name || ' ' || inn), 'ё', 'е')) stored,
      check (lineage[cardinality(lineage)] = id)
    )`.execute(tx)
  await sql`create index organisations_lineage on organisations using gin (lineage)`.execute(tx)
  await sql`create index organisations_region on organisations (region_code, short_name, id)`.execute(tx)
  await sql`create index organisations_parent on organisations (parent_id)`.execute(tx)
  await sql`create index organisations_name on organisations (short_name, id)`.execute(tx)
  // A division shares the number of its legal person, so only independent organisations are unique by it.
  await sql`
    create unique index organisations_inn on organisations (inn)
    where level <> 'division' and closed_at is null`.execute(tx)

  await sql`
    create table memberships (
      id uuid primary key,
      account_id uuid not null references accounts (id) deferrable initially immediate,
      organisation_id uuid not null references organisations (id) deferrable initially immediate,
      role text not null check (role in ('responsible', 'member', 'supervisor')),
      starts_on date not null,
      ends_on date,
      attached_by uuid references accounts (id) deferrable initially immediate,
      attached_at timestamptz not null default now(),
      ended_at timestamptz,
      ended_by uuid references accounts (id) deferrable initially immediate,
      check (ends_on is null or ends_on >= starts_on)
    )`.execute(tx)
  await sql`
    create unique index memberships_current on memberships (account_id, organisation_id)
    where ended_at is null`.execute(tx)
  await sql`
    create index memberships_of_organisation on memberships (organisation_id)
    where ended_at is null`.execute(tx)

  await sql`
    alter table grants add constraint grants_organisation
    foreign key (organisation_id) references organisations (id) deferrable initially immediate`.execute(tx)
  await sql`create index grants_of_organisation on grants (organisation_id) where revoked_at is null`.execute(tx)
}
