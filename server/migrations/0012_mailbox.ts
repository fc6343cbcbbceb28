import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Letters that came in: each kept whole, with what was understood of it and what an operator has decided. */
export async function up(tx: Tx): Promise<void> {
  // One reader at a time: whoever holds the lease reads on from the last UID of that UIDVALIDITY.
  await sql`
    create table mailboxes (
      name text primary key,
      uid_validity bigint,
      last_uid bigint not null default 0,
      leased_by text,
      leased_until timestamptz,
      looked_at timestamptz,
      problem text
    )`.execute(tx)
  await sql`
    create table incoming_letters (
      id uuid primary key,
      mailbox text not null,
      uid_validity bigint,
      uid bigint,
      same_as text not null unique,
      message_id text,
      answers_to text[] not null default '{}',
      source_sha256 text not null check (source_sha256 ~ '^[0-9a-f]{64}$'),
      size bigint not null,
      region_code text,
      sender text,
      sender_name text,
      subject text not null,
      body text not null,
      attachments jsonb not null default '[]',
      written_at timestamptz,
      received_at timestamptz not null default now(),
      kind text not null,
      understanding jsonb not null,
      state text not null check (state in ('waiting', 'opened', 'refused', 'closed', 'machine')),
      decided_at timestamptz,
      decided_by uuid references accounts (id) deferrable initially immediate,
      reason text,
      check ((state in ('waiting', 'machine')) = (decided_at is null))
    )`.execute(tx)
  await sql`create index incoming_letters_queue on incoming_letters (state, received_at desc, id desc)`.execute(tx)
  await sql`create index incoming_letters_threads on incoming_letters (message_id) where message_id is not null`.execute(
    tx,
  )
  await sql`
    create table incoming_letter_accounts (
      letter_id uuid not null references incoming_letters (id) on delete cascade,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      primary key (letter_id, account_id)
    )`.execute(tx)
  await sql`create index incoming_letter_accounts_of on incoming_letter_accounts (account_id)`.execute(tx)
}
