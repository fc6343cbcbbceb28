import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Every door: what an audience's people come in by, second factors, tied accounts, codes, and who answers for whom. */
export async function up(tx: Tx): Promise<void> {
  await accounts(tx)
  await audienceRules(tx)
  await secondFactors(tx)
  await externalDoors(tx)
  await oneTimeCodes(tx)
  await delegation(tx)
  await personalData(tx)
  await imports(tx)
}

async function accounts(tx: Tx): Promise<void> {
  await sql`
    alter table accounts
      add column inn text,
      add column snils text,
      add column region_code text,
      add column organisation_name text,
      add column temporary_password_until timestamptz,
      add column approval_asked_at timestamptz,
      add column approved_at timestamptz,
      add column approved_by uuid references accounts (id) deferrable initially immediate,
      add column approval_refused_at timestamptz,
      add column approval_reason text,
      add column created_by uuid references accounts (id) deferrable initially immediate,
      add column blocked_by uuid references accounts (id) deferrable initially immediate,
      add column block_reason text,
      add column codes_by_sms_at timestamptz,
      add column erasure_asked_at timestamptz,
      add column erased_at timestamptz`.execute(tx)
  // What a search of accounts looks through: names, ways to reach the person, numbers, the organisation as it was told.
  await sql`
    alter table accounts add column search_text text not null generated always as (replace(lower(
      surname || ' ' || name || ' ' || coalesce(patronymic, '') || ' ' || email || ' ' || coalesce(user_name, '') || ' ' ||
      coalesce(phone, '') || ' ' || coalesce(inn, '') || ' ' || coalesce(organisation_name, '')), 'ё', 'е')) stored`.execute(
    tx,
  )
  await sql`create index accounts_region on accounts (region_code) where region_code is not null`.execute(tx)
  await sql`create index grants_of_region on grants (region_code) where revoked_at is null and region_code is not null`.execute(
    tx,
  )
  await sql`
    alter table sessions
      add column door text not null default 'password'
        check (door in ('password', 'passkey', 'esia', 'domain', 'openid')),
      add column second_factor_at timestamptz,
      add column region_code text,
      add column announced_at timestamptz`.execute(tx)
  await sql`update sessions set announced_at = now()`.execute(tx)
  // Those of which it is not decided yet whether their people must be told of a new device.
  await sql`create index sessions_unannounced on sessions (created_at) where announced_at is null`.execute(tx)
}

async function audienceRules(tx: Tx): Promise<void> {
  await sql`
    create table audience_rules (
      audience text primary key,
      rule jsonb not null,
      version integer not null default 1,
      changed_at timestamptz not null default now(),
      changed_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  // Roles whose people must pass a second factor, whatever their audience.
  await sql`
    create table demanding_roles (
      role text primary key,
      since timestamptz not null default now(),
      set_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`insert into demanding_roles (role) values ('administrator'), ('support-agent'), ('support-manager')`.execute(
    tx,
  )
  await sql`
    create table free_mail_domains (
      domain text primary key,
      removed_at timestamptz,
      changed_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
}

async function secondFactors(tx: Tx): Promise<void> {
  await sql`
    create table authenticators (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      sealed_secret bytea not null,
      session_id uuid references sessions (id) on delete set null deferrable initially immediate,
      created_at timestamptz not null default now(),
      confirmed_at timestamptz,
      last_step bigint,
      removed_at timestamptz
    )`.execute(tx)
  await sql`
    create unique index authenticators_of_account on authenticators (account_id)
      where confirmed_at is not null and removed_at is null`.execute(tx)
  await sql`
    create table recovery_codes (
      mark bytea primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      created_at timestamptz not null default now(),
      used_at timestamptz
    )`.execute(tx)
  await sql`create index recovery_codes_of_account on recovery_codes (account_id)`.execute(tx)
  await sql`
    create table passkeys (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      credential_id text not null unique,
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null default '{}',
      name text not null,
      backed_up boolean not null,
      created_at timestamptz not null default now(),
      last_used_at timestamptz,
      removed_at timestamptz
    )`.execute(tx)
  await sql`create index passkeys_of_account on passkeys (account_id) where removed_at is null`.execute(tx)
  await sql`
    create table passkey_challenges (
      id uuid primary key,
      purpose text not null check (purpose in ('registration', 'sign-in', 'second-factor')),
      challenge text not null,
      session_id uuid references sessions (id) on delete cascade deferrable initially immediate,
      expires_at timestamptz not null,
      used_at timestamptz
    )`.execute(tx)
  await sql`create index passkey_challenges_age on passkey_challenges (expires_at)`.execute(tx)
  await sql`
    create table trusted_devices (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      token_hash bytea not null unique,
      user_agent text not null,
      created_at timestamptz not null default now(),
      last_used_at timestamptz,
      expires_at timestamptz not null,
      revoked_at timestamptz
    )`.execute(tx)
  await sql`create index trusted_devices_of_account on trusted_devices (account_id) where revoked_at is null`.execute(
    tx,
  )
  // Taking a person's second factor away asks for two administrators.
  await sql`
    create table factor_resets (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      reason text not null,
      asked_by uuid not null references accounts (id) deferrable initially immediate,
      asked_at timestamptz not null default now(),
      consented_by uuid references accounts (id) deferrable initially immediate,
      consented_at timestamptz,
      refused_by uuid references accounts (id) deferrable initially immediate,
      refused_at timestamptz,
      check (consented_by <> asked_by)
    )`.execute(tx)
  await sql`
    create unique index factor_resets_waiting on factor_resets (account_id)
      where consented_at is null and refused_at is null`.execute(tx)
}

async function externalDoors(tx: Tx): Promise<void> {
  await sql`
    create table external_identities (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      provider text not null,
      subject text not null,
      organisation jsonb,
      sealed_refresh_token bytea,
      tied_at timestamptz not null default now(),
      last_used_at timestamptz,
      refreshed_at timestamptz,
      untied_at timestamptz
    )`.execute(tx)
  await sql`
    create unique index external_identities_subject on external_identities (provider, subject) where untied_at is null`.execute(
    tx,
  )
  await sql`
    create unique index external_identities_of_account on external_identities (account_id, provider)
      where untied_at is null`.execute(tx)
  // One row for each way out to another's sign-in page; it comes back once, into the same browser.
  await sql`
    create table external_sign_ins (
      state uuid primary key,
      provider text not null,
      purpose text not null check (purpose in ('enter', 'tie')),
      account_id uuid references accounts (id) on delete cascade deferrable initially immediate,
      browser_hash bytea not null,
      sealed_details bytea not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz
    )`.execute(tx)
  await sql`create index external_sign_ins_age on external_sign_ins (expires_at)`.execute(tx)
}

async function oneTimeCodes(tx: Tx): Promise<void> {
  // A code that comes after its ten minutes only confuses.
  await sql`alter table letters add column useful_until timestamptz`.execute(tx)
  await sql`
    create table one_time_codes (
      id uuid primary key,
      account_id uuid references accounts (id) on delete cascade deferrable initially immediate,
      purpose text not null,
      channel text not null check (channel in ('email', 'sms')),
      address text not null,
      code_mark bytea not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz
    )`.execute(tx)
  await sql`create index one_time_codes_of_account on one_time_codes (account_id, purpose, created_at desc)`.execute(tx)
  await sql`create index one_time_codes_age on one_time_codes (expires_at)`.execute(tx)
  await sql`
    create table contact_changes (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      kind text not null check (kind in ('email', 'phone')),
      new_value text not null,
      old_confirmed_at timestamptz,
      new_confirmed_at timestamptz,
      asked_at timestamptz not null default now(),
      expires_at timestamptz not null,
      done_at timestamptz,
      cancelled_at timestamptz
    )`.execute(tx)
  await sql`
    create unique index contact_changes_waiting on contact_changes (account_id, kind)
      where done_at is null and cancelled_at is null`.execute(tx)
}

async function delegation(tx: Tx): Promise<void> {
  // A delegated grant holds only as far as its operator's own: see the reading of sessions.
  await sql`
    alter table grants
      add column delegated_by uuid references accounts (id) deferrable initially immediate,
      add column permissions text[],
      add column domain text`.execute(tx)
  // Given by a group of a domain, and taken back with it; what was given by hand stays.
  await sql`create index grants_domain on grants (account_id, domain) where domain is not null and revoked_at is null`.execute(
    tx,
  )
  await sql`create index grants_delegated on grants (delegated_by) where revoked_at is null`.execute(tx)
  await sql`
    create table helpers (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      operator_id uuid not null references accounts (id) deferrable initially immediate,
      since timestamptz not null default now(),
      suspended_at timestamptz,
      removed_at timestamptz
    )`.execute(tx)
  await sql`
    create unique index helpers_of_operator on helpers (operator_id, account_id) where removed_at is null`.execute(tx)
  await sql`create index helpers_account on helpers (account_id) where removed_at is null`.execute(tx)
  await sql`
    create table invitations (
      id uuid primary key,
      kind text not null check (kind in ('account', 'helper')),
      email text not null,
      surname text not null,
      name text not null,
      patronymic text,
      audience text not null,
      position text,
      grants jsonb not null,
      token_hash bytea not null unique,
      invited_by uuid not null references accounts (id) deferrable initially immediate,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      accepted_at timestamptz,
      accepted_by uuid references accounts (id) on delete set null deferrable initially immediate,
      withdrawn_at timestamptz
    )`.execute(tx)
  await sql`create index invitations_of_inviter on invitations (invited_by, created_at desc)`.execute(tx)
  await sql`
    create table api_tokens (
      id uuid primary key,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      name text not null,
      token_hash bytea not null unique,
      permissions text[] not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      last_used_at timestamptz,
      last_address text,
      revoked_at timestamptz
    )`.execute(tx)
  await sql`create index api_tokens_of_account on api_tokens (account_id, created_at desc)`.execute(tx)
  // Manual 5: one account per settlement, clinic, school: one holder at a time, handed over, never shared.
  await sql`
    create table seats (
      id uuid primary key,
      organisation_id uuid not null references organisations (id) deferrable initially immediate,
      account_id uuid not null references accounts (id) deferrable initially immediate,
      held_from timestamptz not null default now(),
      held_until timestamptz,
      ended_by uuid references accounts (id) deferrable initially immediate,
      reason text
    )`.execute(tx)
  await sql`create unique index seats_held on seats (organisation_id) where held_until is null`.execute(tx)
  await sql`
    create table seat_offers (
      id uuid primary key,
      organisation_id uuid not null references organisations (id) deferrable initially immediate,
      to_account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      offered_by uuid not null references accounts (id) deferrable initially immediate,
      offered_at timestamptz not null default now(),
      accepted_at timestamptz,
      refused_at timestamptz,
      withdrawn_at timestamptz
    )`.execute(tx)
  await sql`
    create unique index seat_offers_waiting on seat_offers (organisation_id)
      where accepted_at is null and refused_at is null and withdrawn_at is null`.execute(tx)
}

async function personalData(tx: Tx): Promise<void> {
  await sql`
    create table personal_data (
      account_id uuid primary key references accounts (id) on delete cascade deferrable initially immediate,
      sealed_data bytea not null,
      state text not null check (state in ('not-checked', 'checking', 'accepted', 'refused')),
      reasons jsonb not null default '[]',
      checked_at timestamptz,
      attempts integer not null default 0,
      next_check_at timestamptz not null default now(),
      version integer not null default 1,
      changed_at timestamptz not null default now()
    )`.execute(tx)
  await sql`
    create index personal_data_waiting on personal_data (next_check_at) where state in ('not-checked', 'checking')`.execute(
    tx,
  )
  await sql`create index accounts_erasing on accounts (erasure_asked_at) where erasure_asked_at is not null and erased_at is null`.execute(
    tx,
  )
  await sql`
    alter table one_time_tokens drop constraint one_time_tokens_kind_check,
      add constraint one_time_tokens_kind_check
        check (kind in ('activation', 'password-reset', 'letter-ticket', 'erasure-cancelling'))`.execute(tx)
}

/** Accounts made from a table: each line is one person, made once, whatever stops the work. */
async function imports(tx: Tx): Promise<void> {
  await sql`
    create table account_imports (
      id uuid primary key,
      created_by uuid not null references accounts (id) deferrable initially immediate,
      created_at timestamptz not null default now(),
      file_name text not null,
      confirmed_at timestamptz,
      finished_at timestamptz
    )`.execute(tx)
  await sql`create index account_imports_of_maker on account_imports (created_by, created_at desc)`.execute(tx)
  await sql`
    create table account_import_lines (
      import_id uuid not null references account_imports (id) on delete cascade deferrable initially immediate,
      row_number integer not null,
      cells jsonb not null,
      person jsonb,
      problems jsonb not null default '[]',
      done_at timestamptz,
      account_id uuid references accounts (id) on delete set null deferrable initially immediate,
      primary key (import_id, row_number)
    )`.execute(tx)
}
