import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Campaigns by audience, their terms, extensions, reminders, substitutions of the responsible. */
export async function up(tx: Tx): Promise<void> {
  await campaigns(tx)
  await terms(tx)
  await substitutions(tx)
}

async function campaigns(tx: Tx): Promise<void> {
  await sql`
    alter table campaigns
      add column audience jsonb,
      add column scopes jsonb not null
        default '{"everywhere": true, "regions": [], "subtrees": [], "organisations": []}',
      add column opens_at timestamptz,
      add column scheduled_at timestamptz,
      add column scheduled_by uuid references accounts (id) deferrable initially immediate,
      add column closed_at timestamptz,
      add column closed_by uuid references accounts (id) deferrable initially immediate,
      add column reminder_days integer[] not null default '{14,3,1,-1,-7}',
      add column regular boolean not null default false,
      add column version integer not null default 1,
      add column predecessor_id uuid references campaigns (id) on delete set null deferrable initially immediate`.execute(
    tx,
  )
  // Who had to report was told by one kind of organisations.
  await sql`
    update campaigns set audience = jsonb_build_object(
      'rules', jsonb_build_array(jsonb_build_object(
        'kinds', jsonb_build_array(organisation_kind), 'levels', '[]'::jsonb, 'regions', '[]'::jsonb, 'under', '[]'::jsonb)),
      'also', '[]'::jsonb, 'except', '[]'::jsonb)`.execute(tx)
  // A draft has not been opened.
  await sql`
    alter table campaigns
      alter column audience set not null,
      drop column organisation_kind,
      alter column opened_at drop not null`.execute(tx)
  await sql`create unique index campaigns_by_predecessor on campaigns (predecessor_id)`.execute(tx)
}

async function terms(tx: Tx): Promise<void> {
  await sql`
    alter table reports
      add column extended_to timestamptz,
      add column outside_since timestamptz`.execute(tx)
  await sql`
    create table report_extensions (
      id uuid primary key,
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      until timestamptz not null,
      reason text not null,
      given_at timestamptz not null default now(),
      given_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`create index report_extensions_of on report_extensions (report_id, given_at)`.execute(tx)
  // Told once for each day of the plan and term in force; what had passed before it could be told has no message.
  await sql`
    create table report_reminders (
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      term timestamptz not null,
      days_before integer not null,
      sent_at timestamptz not null default now(),
      primary key (report_id, term, days_before)
    )`.execute(tx)
  // Asked for by a supervisor: once a day for a report, told by the worker.
  await sql`
    create table report_nudges (
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      asked_on date not null default current_date,
      asked_at timestamptz not null default now(),
      asked_by uuid references accounts (id) deferrable initially immediate,
      sent_at timestamptz,
      primary key (report_id, asked_on)
    )`.execute(tx)
  await sql`create index report_nudges_waiting on report_nudges (asked_at) where sent_at is null`.execute(tx)
}

async function substitutions(tx: Tx): Promise<void> {
  await sql`
    create table report_substitutions (
      id uuid primary key,
      organisation_id uuid not null references organisations (id) deferrable initially immediate,
      absent_id uuid not null references accounts (id) deferrable initially immediate,
      substitute_id uuid not null references accounts (id) deferrable initially immediate,
      starts_on date not null,
      ends_on date not null check (ends_on >= starts_on),
      reason text,
      set_at timestamptz not null default now(),
      set_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`create index report_substitutions_of on report_substitutions (organisation_id, ends_on)`.execute(tx)
}
