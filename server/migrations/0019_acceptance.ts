import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Acceptance by levels: where a report waits, each decision, remarks to cells, signatures, queues handed over. */
export async function up(tx: Tx): Promise<void> {
  await levels(tx)
  await remarks(tx)
  await signatures(tx)
  await handovers(tx)
}

async function levels(tx: Tx): Promise<void> {
  // Null: one step only, by whoever may decide over the report. Of a refused report: where it was refused.
  await sql`
    alter table reports
      add column level_code text,
      add column level_name text,
      add column level_organisation_id uuid references organisations (id) deferrable initially immediate`.execute(tx)
  await sql`
    create index reports_by_level on reports (level_organisation_id) where state = 'sent' and level_code is not null`.execute(
    tx,
  )
  await sql`
    create table report_decisions (
      id uuid primary key,
      submission_id uuid not null references submissions (id) on delete cascade deferrable initially immediate,
      number integer not null,
      level_code text,
      level_name text,
      organisation_id uuid references organisations (id) deferrable initially immediate,
      outcome text not null check (outcome in ('accepted', 'refused', 'passed', 'returned')),
      reason text,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      on_behalf_of uuid references accounts (id) deferrable initially immediate,
      unique (submission_id, number)
    )`.execute(tx)
  // No level of a submission is decided twice, and nothing is decided after a refusal.
  await sql`
    create unique index report_decisions_once on report_decisions (submission_id, coalesce(level_code, ''))
      where outcome <> 'returned'`.execute(tx)
  await sql`
    create unique index report_decisions_refused on report_decisions (submission_id) where outcome = 'refused'`.execute(
    tx,
  )
  await sql`
    insert into report_decisions (id, submission_id, number, outcome, reason, at, by)
    select gen_random_uuid(), id, 1, outcome, reason, coalesce(decided_at, sent_at), decided_by
    from submissions where outcome is not null`.execute(tx)
}

async function remarks(tx: Tx): Promise<void> {
  // Until the report is refused they are the decider's own notes (`issued_at` is null).
  await sql`
    create table report_remarks (
      id uuid primary key,
      submission_id uuid not null references submissions (id) on delete cascade deferrable initially immediate,
      cell text collate "C" not null,
      text text not null,
      value text,
      written_at timestamptz not null default now(),
      written_by uuid references accounts (id) deferrable initially immediate,
      issued_at timestamptz,
      state text not null default 'open' check (state in ('open', 'mended', 'answered')),
      answer text,
      settled_at timestamptz,
      settled_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`create index report_remarks_of on report_remarks (submission_id, cell)`.execute(tx)
  await sql`
    insert into report_remarks (id, submission_id, cell, text, written_at, written_by, issued_at)
    select gen_random_uuid(), s.id, c.cell, c.text, c.at, c.author_id, c.at
    from report_comments c
    join lateral (
      select id from submissions where report_id = c.report_id and sent_at <= c.at order by number desc limit 1
    ) s on true
    where c.kind = 'refusal' and c.cell is not null`.execute(tx)
}

async function signatures(tx: Tx): Promise<void> {
  // Put before the report is sent, over the very content that is to be sent.
  await sql`
    create table report_signatures (
      id uuid primary key,
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
      signature bytea not null,
      certificate text not null,
      subject text not null,
      issuer text not null,
      serial_number text not null,
      valid_from timestamptz not null,
      valid_to timestamptz not null,
      signed_at timestamptz,
      put_at timestamptz not null default now(),
      put_by uuid references accounts (id) deferrable initially immediate,
      unique (report_id, content_hash, certificate)
    )`.execute(tx)
}

async function handovers(tx: Tx): Promise<void> {
  await sql`
    create table decision_handovers (
      id uuid primary key,
      from_id uuid not null references accounts (id) deferrable initially immediate,
      to_id uuid not null references accounts (id) deferrable initially immediate,
      form_id uuid references forms (id) deferrable initially immediate,
      organisation_id uuid references organisations (id) deferrable initially immediate,
      starts_on date not null,
      ends_on date not null check (ends_on >= starts_on),
      reason text,
      made_at timestamptz not null default now(),
      ended_at timestamptz,
      ended_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`create index decision_handovers_from on decision_handovers (from_id, ends_on)`.execute(tx)
  await sql`create index decision_handovers_to on decision_handovers (to_id, ends_on)`.execute(tx)
  // What a handover lends are grants like a helper's, with an end; of one form only where that was said.
  await sql`
    alter table grants
      add column form_id uuid references forms (id) deferrable initially immediate,
      add column handover_id uuid references decision_handovers (id) on delete cascade deferrable initially immediate`.execute(
    tx,
  )
  await sql`create index grants_of_handover on grants (handover_id) where handover_id is not null`.execute(tx)
}
