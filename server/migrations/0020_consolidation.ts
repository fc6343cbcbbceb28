import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/**
 * Consolidated figures: what each counted report gives to the totals, totals of small blocks of reports, corrections and
 * saved summaries. All but the last two can be worked out anew from the submissions at any time.
 */
export async function up(tx: Tx): Promise<void> {
  await blocks(tx)
  await corrections(tx)
  await summaries(tx)
}

async function blocks(tx: Tx): Promise<void> {
  // A campaign is here from the first time that somebody asks for its totals; its row is the lease of whoever folds.
  await sql`
    create table consolidated_campaigns (
      campaign_id uuid primary key references campaigns (id) on delete cascade deferrable initially immediate,
      wanted_at timestamptz not null default now(),
      folded_at timestamptz
    )`.execute(tx)
  await sql`
    create table total_blocks (
      id uuid primary key,
      campaign_id uuid not null references campaigns (id) on delete cascade deferrable initially immediate,
      parent_id uuid not null references organisations (id) deferrable initially immediate,
      region_code text not null,
      kind text not null,
      reports integer not null default 0
    )`.execute(tx)
  await sql`create index total_blocks_of_campaign on total_blocks (campaign_id, parent_id)`.execute(tx)
  await sql`
    create table report_figures (
      report_id uuid primary key references reports (id) on delete cascade deferrable initially immediate,
      campaign_id uuid not null,
      block_id uuid not null references total_blocks (id) on delete cascade deferrable initially immediate,
      state text not null check (state in ('sent', 'accepted')),
      sent_at timestamptz,
      figures numeric[] not null
    )`.execute(tx)
  // Taking one figure out of a packed list means unpacking all of it.
  await sql`alter table report_figures alter column figures set storage external`.execute(tx)
  await sql`create index report_figures_of_block on report_figures (block_id)`.execute(tx)
  await sql`create index report_figures_of_campaign on report_figures (campaign_id)`.execute(tx)
  await sql`
    create table total_block_sums (
      block_id uuid not null references total_blocks (id) on delete cascade deferrable initially immediate,
      state text not null check (state in ('sent', 'accepted')),
      reports integer not null,
      sums numeric[] not null,
      counts integer[] not null,
      minima numeric[],
      maxima numeric[],
      primary key (block_id, state)
    )`.execute(tx)
}

async function corrections(tx: Tx): Promise<void> {
  await sql`
    create table total_corrections (
      id uuid primary key,
      form_id uuid not null references forms (id) deferrable initially immediate,
      year integer not null,
      period_kind integer not null,
      period_number integer not null,
      organisation_id uuid not null references organisations (id) deferrable initially immediate,
      cell text not null,
      was numeric not null,
      becomes numeric not null,
      reason text not null,
      at timestamptz not null default now(),
      by uuid not null references accounts (id) deferrable initially immediate,
      withdrawn_at timestamptz,
      withdrawn_by uuid references accounts (id) deferrable initially immediate,
      withdrawn_reason text,
      check ((withdrawn_at is null) = (withdrawn_by is null))
    )`.execute(tx)
  await sql`
    create index total_corrections_of_period on total_corrections
      (form_id, year, period_kind, period_number, organisation_id)`.execute(tx)
}

async function summaries(tx: Tx): Promise<void> {
  await sql`
    create table summaries (
      id uuid primary key,
      name text not null,
      owner_id uuid not null references accounts (id) deferrable initially immediate,
      form_id uuid not null references forms (id) deferrable initially immediate,
      choice jsonb not null,
      shared_with uuid references organisations (id) deferrable initially immediate,
      created_at timestamptz not null default now(),
      public_key text unique,
      published_at timestamptz,
      published_by uuid references accounts (id) deferrable initially immediate,
      published jsonb,
      check ((public_key is null) = (published is null))
    )`.execute(tx)
  await sql`create index summaries_of_owner on summaries (owner_id)`.execute(tx)
  await sql`create index summaries_shared on summaries (shared_with) where shared_with is not null`.execute(tx)
}
