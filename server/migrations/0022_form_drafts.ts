import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Forms being designed, before they are published; who changed which part of them, who has them open. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    create table form_drafts (
      id uuid primary key,
      template jsonb not null,
      version integer not null default 1,
      origin text not null check (origin in ('blank', 'version', 'xml', 'yaml', 'xlsx')),
      base_id uuid references form_versions (id) deferrable initially immediate,
      sample jsonb not null default '{}',
      fired text[] not null default '{}',
      created_at timestamptz not null default now(),
      created_by uuid references accounts (id) deferrable initially immediate,
      changed_at timestamptz not null default now(),
      changed_by uuid references accounts (id) deferrable initially immediate,
      published_id uuid references form_versions (id) deferrable initially immediate,
      discarded_at timestamptz,
      discarded_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`
    create index form_drafts_open on form_drafts (changed_at) where published_id is null and discarded_at is null`.execute(
    tx,
  )
  // The part as it was before the change, so that it can be put back.
  await sql`
    create table form_draft_changes (
      draft_id uuid not null references form_drafts (id) on delete cascade deferrable initially immediate,
      number integer not null,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      part text not null,
      told text not null,
      before jsonb,
      primary key (draft_id, number)
    )`.execute(tx)
  await sql`
    create table form_draft_visits (
      draft_id uuid not null references form_drafts (id) on delete cascade deferrable initially immediate,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      part text not null,
      at timestamptz not null default now(),
      primary key (draft_id, account_id)
    )`.execute(tx)
  await sql`
    create table form_draft_books (
      id uuid primary key,
      file_name text not null,
      sheets jsonb not null,
      created_at timestamptz not null default now(),
      created_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
}
