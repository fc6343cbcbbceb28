import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Every requisite of an organisation, what became of it, its history, and what a search looks through. */
export async function up(tx: Tx): Promise<void> {
  await requisites(tx)
  await endings(tx)
  await searched(tx)
  await history(tx)
}

async function requisites(tx: Tx): Promise<void> {
  await sql`
    alter table organisations
      drop constraint organisations_level_check,
      add constraint organisations_level_check
        check (level in ('region', 'municipality', 'institution', 'division', 'branch')),
      add column legal_standing text check (legal_standing in ('autonomous', 'budget', 'treasury')),
      add column settlement text check (settlement in ('city', 'village')),
      add column okved text,
      add column okved_additional text[] not null default '{}',
      add column kpp text,
      add column oktmo text`.execute(tx)
  await sql`drop index organisations_inn`.execute(tx)
  await sql`
    create unique index organisations_inn on organisations (inn)
    where level not in ('division', 'branch') and closed_at is null`.execute(tx)
}

/** An organisation that is no more stays with all its past; `closed_at` is when that was noted, `ended_on` the act's day. */
async function endings(tx: Tx): Promise<void> {
  await sql`
    alter table organisations
      add column state text not null default 'active' check (state in ('active', 'liquidated', 'merged')),
      add column ended_on date,
      add column end_reason text,
      add column ended_by uuid references accounts (id) deferrable initially immediate,
      add column successor_id uuid references organisations (id) deferrable initially immediate`.execute(tx)
  await sql`
    update organisations set state = 'liquidated', ended_on = closed_at::date, end_reason = ''
    where closed_at is not null`.execute(tx)
  await sql`
    alter table organisations
      add constraint organisations_ended check ((state = 'active') = (closed_at is null)),
      add constraint organisations_merged check ((state = 'merged') = (successor_id is not null))`.execute(tx)
  await sql`create index organisations_successor on organisations (successor_id) where successor_id is not null`.execute(
    tx,
  )
}

async function searched(tx: Tx): Promise<void> {
  // A generated column's expression is set once and for all, so the wider one takes the place of the earlier.
  await sql`
    alter table organisations
      add column former_names text not null default '',
      drop column search_text`.execute(tx)
  await sql`
    alter table organisations
      add column search_text text not null generated always as (replace(lower(
        short_name || ' ' || full_name || ' ' || inn || ' ' || ogrn || ' ' || coalesce(okpo, '') || ' ' ||
        former_names), 'ё', 'е')) stored,
      add column sort_name text not null generated always as (replace(lower(left(short_name, 300)), 'ё', 'е')) stored`.execute(
    tx,
  )
  // Words in any of their forms: «школы» finds «школа». Some locales take a quotation mark for a letter of the word it
  // stands at, so the marks go first.
  await sql`
    alter table organisations
      add column search_words tsvector not null generated always as (to_tsvector('russian', translate(
        replace(lower(short_name || ' ' || full_name || ' ' || former_names), 'ё', 'е'),
        '«»„“”‚‘’"''()№—–', '               '))) stored`.execute(tx)
  await sql`create index organisations_words on organisations using gin (search_words)`.execute(tx)
  await trigrams(tx)
  // A list of a region, of a kind in it, and of all is read in its order until the page is full, and counted without the
  // rows themselves.
  await sql`drop index organisations_region, organisations_name`.execute(tx)
  await sql`create index organisations_region on organisations (region_code, state, sort_name, id)`.execute(tx)
  await sql`create index organisations_kind on organisations (region_code, state, kind, sort_name, id)`.execute(tx)
  await sql`create index organisations_name on organisations (state, sort_name, id)`.execute(tx)
  await sql`
    create index organisations_municipalities on organisations (region_code, sort_name)
    where level = 'municipality' and state = 'active'`.execute(tx)
  await sql`create index organisations_number on organisations (inn)`.execute(tx)
}

/**
 * Parts of words are found by an index where the database has trigrams to offer, and by reading all names elsewhere.
 * Trigrams know the letters of the database's own locale alone, and of the embedded one these are Latin: so each Russian
 * letter has a Latin letter or a digit to stand for it.
 */
async function trigrams(tx: Tx): Promise<void> {
  await sql`
    alter table organisations
      add column search_letters text not null generated always as (translate(replace(lower(
        short_name || ' ' || full_name || ' ' || inn || ' ' || ogrn || ' ' || coalesce(okpo, '') || ' ' ||
        former_names), 'ё', 'е'),
        'абвгдежзийклмнопрстуфхцчшщъыьэюя', 'abvgdejziyklmnoprstufhcqwx123456')) stored`.execute(tx)
  await sql`
    do $$ begin
      create extension if not exists pg_trgm;
      create index organisations_trigrams on organisations using gin (search_letters gin_trgm_ops);
    exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
      raise notice 'pg_trgm is not to be had: names are searched without its index';
    end $$`.execute(tx)
}

async function history(tx: Tx): Promise<void> {
  await sql`
    create table organisation_changes (
      id uuid primary key,
      organisation_id uuid not null references organisations (id) deferrable initially immediate,
      field text not null,
      old text,
      new text,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      reason text,
      application_id uuid
    )`.execute(tx)
  await sql`
    create index organisation_changes_of_organisation on organisation_changes (organisation_id, at desc, id desc)`.execute(
    tx,
  )
}
