import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Several people at one report: presence, reasons of changes, threads of comments, kinds of attachments. */
export async function up(tx: Tx): Promise<void> {
  await presence(tx)
  await reasons(tx)
  await threads(tx)
  await attachments(tx)
}

async function presence(tx: Tx): Promise<void> {
  // Worth half a minute: not worth a journal of writes, nor outliving a crash of the database.
  await sql`
    create unlogged table report_presence (
      report_id uuid not null,
      account_id uuid not null,
      section text not null,
      cell text,
      seen_at timestamptz not null default now(),
      primary key (report_id, account_id)
    )`.execute(tx)
  await sql`create index report_presence_old on report_presence (seen_at)`.execute(tx)
  // What a person has seen of a report last: its version when the page was opened, and its comments.
  await sql`
    create table report_visits (
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      version integer not null,
      visited_at timestamptz not null default now(),
      comments_read_at timestamptz,
      primary key (report_id, account_id)
    )`.execute(tx)
}

async function reasons(tx: Tx): Promise<void> {
  await sql`alter table report_changes add column reason text`.execute(tx)
}

async function threads(tx: Tx): Promise<void> {
  await sql`
    alter table report_comments
      add column thread_id uuid references report_comments (id) on delete cascade deferrable initially immediate,
      add column resolved_at timestamptz,
      add column resolved_by uuid references accounts (id) deferrable initially immediate,
      add column mentions uuid[] not null default '{}',
      add check (thread_id is null or resolved_at is null)`.execute(tx)
}

async function attachments(tx: Tx): Promise<void> {
  await sql`alter table report_attachments add column kind text`.execute(tx)
  // Which files went with what was sent, each with its kind and its hash.
  await sql`alter table submissions add column attachments jsonb not null default '[]'`.execute(tx)
}
