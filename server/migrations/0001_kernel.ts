import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** The journal, the outbox, letters, files, idempotency keys and rate limits. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    create table journal (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      action text not null,
      actor_id uuid,
      subject_kind text,
      subject_id text,
      body text not null,
      previous_hash bytea not null,
      hash bytea not null
    )`.execute(tx)
  await sql`create index journal_subject on journal (subject_kind, subject_id, id)`.execute(tx)
  await sql`create index journal_actor on journal (actor_id, id)`.execute(tx)
  await sql`
    create table journal_head (
      only_row boolean primary key default true check (only_row),
      length bigint not null,
      hash bytea not null
    )`.execute(tx)
  await sql`insert into journal_head (length, hash) values (0, decode(repeat('00', 32), 'hex'))`.execute(tx)
  await sql`
    create function journal_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'the journal is append-only'; end $$`.execute(tx)
  await sql`
    create trigger journal_is_append_only before update or delete or truncate on journal
    for each statement execute function journal_is_append_only()`.execute(tx)

  await sql`
    create table events (
      id uuid primary key,
      name text not null,
      payload jsonb not null,
      created_at timestamptz not null default now(),
      handled_at timestamptz,
      attempts integer not null default 0,
      next_attempt_at timestamptz not null default now(),
      failed_at timestamptz,
      error text
    )`.execute(tx)
  await sql`create index events_waiting on events (next_attempt_at) where handled_at is null and failed_at is null`.execute(
    tx,
  )

  await sql`
    create table letters (
      id uuid primary key,
      channel text not null check (channel in ('email', 'sms')),
      recipient text not null,
      subject text not null,
      body_text text,
      body_html text,
      unique_key text unique,
      created_at timestamptz not null default now(),
      attempts integer not null default 0,
      next_attempt_at timestamptz not null default now(),
      leased_until timestamptz,
      sent_at timestamptz,
      sequence bigint,
      failed_at timestamptz,
      error text
    )`.execute(tx)
  await sql`create sequence letters_sent`.execute(tx)
  await sql`create index letters_waiting on letters (next_attempt_at) where sent_at is null and failed_at is null`.execute(
    tx,
  )
  await sql`create index letters_sent_order on letters (sequence) where sent_at is not null`.execute(tx)

  await sql`
    create table files (
      id uuid primary key,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      size bigint not null,
      media_type text not null,
      name text not null,
      created_at timestamptz not null default now(),
      created_by uuid
    )`.execute(tx)

  await sql`
    create table idempotency_keys (
      owner text not null,
      key text not null,
      fingerprint text not null,
      status integer,
      headers jsonb,
      body text,
      created_at timestamptz not null default now(),
      primary key (owner, key)
    )`.execute(tx)
  await sql`create index idempotency_keys_age on idempotency_keys (created_at)`.execute(tx)

  await sql`
    create table rate_limits (
      bucket text primary key,
      count integer not null,
      resets_at timestamptz not null
    )`.execute(tx)
}
