import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** People: accounts, their sessions, the one-time links of letters, consents and grants. */
export async function up(tx: Tx): Promise<void> {
  await accounts(tx)
  await waysIn(tx)
  await sql`
    create table grants (
      id uuid primary key,
      account_id uuid not null references accounts (id) deferrable initially immediate,
      role text not null,
      scope text not null check (scope in ('everywhere', 'region', 'subtree', 'organisation')),
      region_code text,
      organisation_id uuid,
      starts_on date not null default current_date,
      ends_on date,
      granted_by uuid references accounts (id) deferrable initially immediate,
      granted_at timestamptz not null default now(),
      revoked_at timestamptz,
      revoked_by uuid references accounts (id) deferrable initially immediate,
      check ((scope = 'region') = (region_code is not null)),
      check ((scope in ('subtree', 'organisation')) = (organisation_id is not null)),
      check (ends_on is null or ends_on >= starts_on)
    )`.execute(tx)
  await sql`create index grants_of_account on grants (account_id) where revoked_at is null`.execute(tx)
}

async function accounts(tx: Tx): Promise<void> {
  // E-mail addresses and user names are kept in lower case, so that they are found alike in any locale of the database.
  await sql`
    create table accounts (
      id uuid primary key,
      surname text not null,
      name text not null,
      patronymic text,
      position text,
      email text not null,
      email_confirmed_at timestamptz,
      user_name text unique,
      phone text,
      phone_confirmed_at timestamptz,
      password_hash text,
      password_changed_at timestamptz,
      audience text not null default 'staff' check (audience in ('staff', 'specialist', 'citizen', 'company', 'support')),
      registered_at timestamptz,
      blocked_at timestamptz,
      version integer not null default 1,
      created_at timestamptz not null default now()
    )`.execute(tx)
  // Anyone can type anyone's address into a registration; only its owner can confirm it, once.
  await sql`create unique index accounts_confirmed_email on accounts (email) where email_confirmed_at is not null`.execute(
    tx,
  )
  await sql`
    create index accounts_waiting on accounts (email, created_at desc) where email_confirmed_at is null`.execute(tx)
  await sql`create unique index accounts_confirmed_phone on accounts (phone) where phone_confirmed_at is not null`.execute(
    tx,
  )
  // 152-ФЗ, article 9: what was agreed to, when, and when it was taken back.
  await sql`
    create table consents (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      version text not null,
      given_at timestamptz not null default now(),
      withdrawn_at timestamptz
    )`.execute(tx)
  await sql`create index consents_of_account on consents (account_id)`.execute(tx)
}

async function waysIn(tx: Tx): Promise<void> {
  await sql`
    create table sessions (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      token_hash bytea not null unique,
      stage text not null,
      created_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      address text not null,
      user_agent text not null,
      ended_at timestamptz
    )`.execute(tx)
  await sql`create index sessions_of_account on sessions (account_id, last_seen_at desc)`.execute(tx)
  await sql`create index sessions_age on sessions (expires_at)`.execute(tx)
  await sql`
    create table one_time_tokens (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      kind text not null check (kind in ('activation', 'password-reset', 'letter-ticket')),
      token_hash bytea not null unique,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz
    )`.execute(tx)
  await sql`create index one_time_tokens_of_account on one_time_tokens (account_id, kind)`.execute(tx)
  await sql`create index one_time_tokens_age on one_time_tokens (expires_at)`.execute(tx)
}
