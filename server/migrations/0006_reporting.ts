import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Forms and their versions, campaigns, reports with cells and history, submissions, comments, attachments. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    create table forms (
      id uuid primary key,
      code text not null unique,
      okud text not null,
      cipher text not null,
      name text not null,
      periodicity text not null
    )`.execute(tx)
  await sql`
    create table form_versions (
      id uuid primary key,
      form_id uuid not null references forms (id) deferrable initially immediate,
      number integer not null,
      template jsonb not null,
      source_xml text not null,
      published_at timestamptz not null default now(),
      published_by uuid references accounts (id) deferrable initially immediate,
      unique (form_id, number)
    )`.execute(tx)
  await sql`
    create table campaigns (
      id uuid primary key,
      form_version_id uuid not null references form_versions (id) deferrable initially immediate,
      year integer not null,
      period_kind integer not null default 1,
      period_number integer not null default 1,
      title text not null,
      deadline timestamptz not null,
      organisation_kind text not null,
      opened_at timestamptz not null default now(),
      opened_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`create index campaigns_by_version on campaigns (form_version_id, year)`.execute(tx)
  await sql`
    create table reports (
      id uuid primary key,
      campaign_id uuid not null references campaigns (id) deferrable initially immediate,
      organisation_id uuid not null references organisations (id) deferrable initially immediate,
      state text not null default 'draft' check (state in ('draft', 'sent', 'accepted', 'refused')),
      version integer not null default 0,
      filled integer not null default 0,
      total integer not null default 0,
      errors integer,
      warnings integer,
      checked_at timestamptz,
      sent_at timestamptz,
      sent_by uuid references accounts (id) deferrable initially immediate,
      accepted_at timestamptz,
      accepted_by uuid references accounts (id) deferrable initially immediate,
      refused_at timestamptz,
      refused_by uuid references accounts (id) deferrable initially immediate,
      reason text,
      unique (organisation_id, campaign_id)
    )`.execute(tx)
  await sql`create index reports_by_campaign on reports (campaign_id, state)`.execute(tx)
  // Addresses are codes: byte order is enough, and comparing is three times quicker than by a language's rules.
  await sql`
    create table report_cells (
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      cell text collate "C" not null,
      value text not null,
      primary key (report_id, cell)
    )`.execute(tx)
  // One row for each save, however many cells it changed; its number is the report's version after it.
  await sql`
    create table report_changes (
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      number integer not null,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      source text not null check (source in ('page', 'paste', 'api', 'import')),
      cells text[] not null,
      old_values text[] not null,
      new_values text[] not null,
      primary key (report_id, number)
    )`.execute(tx)
  await sql`
    create table submissions (
      id uuid primary key,
      report_id uuid not null references reports (id) deferrable initially immediate,
      number integer not null,
      cells jsonb not null,
      content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
      sent_at timestamptz not null default now(),
      sent_by uuid references accounts (id) deferrable initially immediate,
      outcome text check (outcome in ('accepted', 'refused')),
      reason text,
      decided_at timestamptz,
      decided_by uuid references accounts (id) deferrable initially immediate,
      unique (report_id, number)
    )`.execute(tx)
  await sql`
    create table report_comments (
      id uuid primary key,
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      author_id uuid references accounts (id) deferrable initially immediate,
      at timestamptz not null default now(),
      kind text not null check (kind in ('comment', 'refusal')),
      text text not null,
      cell text
    )`.execute(tx)
  await sql`create index report_comments_of on report_comments (report_id, at)`.execute(tx)
  await sql`
    create table report_attachments (
      id uuid primary key,
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      file_id uuid not null references files (id) deferrable initially immediate,
      added_at timestamptz not null default now(),
      added_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`create index report_attachments_of on report_attachments (report_id, added_at)`.execute(tx)
}
