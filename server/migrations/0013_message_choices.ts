import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** How a person wants to be told: letters by kind, one letter a day, notifications on devices. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    create table message_choices (
      account_id uuid not null references accounts (id) deferrable initially immediate,
      kind text not null,
      delivery text not null check (delivery in ('at-once', 'daily', 'cabinet')),
      chosen_at timestamptz not null default now(),
      primary key (account_id, kind)
    )`.execute(tx)

  // What was told before there was a choice had its letter, or none: it waits for no digest.
  await sql`alter table messages add column delivery text check (delivery in ('at-once', 'daily', 'cabinet'))`.execute(
    tx,
  )
  await sql`alter table messages add column digested_at timestamptz`.execute(tx)
  await sql`
    create index messages_for_digest on messages (account_id, created_at)
    where delivery = 'daily' and digested_at is null and read_at is null`.execute(tx)
  // A digest a day: the row is taken by whichever node comes first.
  await sql`
    create table message_digests (
      account_id uuid primary key references accounts (id) deferrable initially immediate,
      last_day date not null
    )`.execute(tx)

  await sql`
    create table push_keys (
      singleton boolean primary key default true check (singleton),
      public_key text not null,
      private_key bytea not null,
      created_at timestamptz not null default now()
    )`.execute(tx)
  await sql`
    create table push_subscriptions (
      id uuid primary key,
      account_id uuid not null references accounts (id) deferrable initially immediate,
      endpoint text not null unique,
      p256dh text not null,
      auth text not null,
      device text not null,
      created_at timestamptz not null default now(),
      told_at timestamptz
    )`.execute(tx)
  await sql`create index push_subscriptions_of_account on push_subscriptions (account_id)`.execute(tx)
  await sql`
    create table push_notices (
      id uuid primary key,
      subscription_id uuid not null references push_subscriptions (id) on delete cascade,
      created_at timestamptz not null default now(),
      attempts int not null default 0,
      next_attempt_at timestamptz not null default now(),
      leased_until timestamptz,
      error text
    )`.execute(tx)
  await sql`create index push_notices_due on push_notices (next_attempt_at)`.execute(tx)
  await sql`create index push_notices_of_subscription on push_notices (subscription_id)`.execute(tx)
}
