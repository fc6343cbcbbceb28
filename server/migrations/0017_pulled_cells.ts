import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Pulled cells: what was last seen of them and what was sent; explanations of warnings; hints and what similar organisations have. */
export async function up(tx: Tx): Promise<void> {
  await pulls(tx)
  await explanations(tx)
  await hints(tx)
}

async function pulls(tx: Tx): Promise<void> {
  // What somebody who fills the report in has last looked at; another value now is told until it is looked at too.
  await sql`
    create table report_pulls (
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      cell text collate "C" not null,
      value text,
      source jsonb not null,
      seen_at timestamptz not null default now(),
      seen_by uuid references accounts (id) deferrable initially immediate,
      primary key (report_id, cell)
    )`.execute(tx)
  await sql`
    create table submission_sources (
      submission_id uuid primary key references submissions (id) on delete cascade deferrable initially immediate,
      pulls jsonb not null default '{}',
      explanations jsonb not null default '[]'
    )`.execute(tx)
}

async function explanations(tx: Tx): Promise<void> {
  await sql`
    create table report_explanations (
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      problem text not null,
      numbers text not null,
      text text not null,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      primary key (report_id, problem)
    )`.execute(tx)
}

async function hints(tx: Tx): Promise<void> {
  await sql`
    create table report_hint_dismissals (
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      kind text not null check (kind in ('past', 'peers')),
      cell text collate "C" not null,
      value text not null,
      text text not null,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      primary key (report_id, kind, cell)
    )`.execute(tx)
  // Never fewer than eight organisations behind a row: one organisation's number cannot be told from it.
  await sql`
    create table peer_statistics (
      campaign_id uuid not null references campaigns (id) on delete cascade deferrable initially immediate,
      kind text not null,
      size_group integer not null,
      cell text collate "C" not null,
      organisations integer not null check (organisations >= 8),
      median numeric not null,
      deviation numeric not null,
      worked_out_at timestamptz not null default now(),
      primary key (campaign_id, kind, size_group, cell)
    )`.execute(tx)
  await sql`
    create table peer_statistics_runs (
      campaign_id uuid primary key references campaigns (id) on delete cascade deferrable initially immediate,
      due boolean not null default true,
      run_at timestamptz
    )`.execute(tx)
}
