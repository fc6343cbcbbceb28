import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Applications of every kind: also of a region, also by people without an account, in stages, with a conversation. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    alter table applications
      alter column applicant_id drop not null,
      alter column organisation_id drop not null,
      drop constraint applications_state_check,
      drop constraint applications_check,
      add column region_code text references regions (code) deferrable initially immediate,
      add column subject text not null default '',
      add column subject_key text,
      add column visitor_name text,
      add column visitor_email text,
      add column visitor_key bytea unique,
      add column confirmed_at timestamptz,
      add column stage smallint not null default 0,
      add column needs text not null default 'application.decide',
      add column from_above boolean not null default false,
      add column assignee_id uuid references accounts (id) deferrable initially immediate,
      add column assigned_at timestamptz,
      add column days_left smallint,
      add column reminded_at timestamptz,
      add column escalated_at timestamptz`.execute(tx)
  await sql`
    update applications set
      region_code = organisations.region_code,
      subject_key = concat_ws(':', 'attachment', applications.organisation_id, applications.applicant_id),
      from_above = coalesce(applications.form->>'role' = 'supervisor', false)
    from organisations where organisations.id = applications.organisation_id`.execute(tx)
  await sql`
    alter table applications
      alter column region_code set not null,
      alter column subject_key set not null,
      add constraint applications_state
        check (state in ('unconfirmed', 'waiting', 'asked', 'granted', 'refused', 'withdrawn')),
      add constraint applications_decided check ((state in ('unconfirmed', 'waiting', 'asked')) = (decided_at is null)),
      add constraint applications_asker check (applicant_id is not null or visitor_email is not null),
      add constraint applications_unconfirmed check (state <> 'unconfirmed' or applicant_id is null)`.execute(tx)
  // One and the same is asked for once at a time, however many windows are open and whoever asks.
  await sql`drop index applications_waiting_attachment`.execute(tx)
  await sql`
    create unique index applications_open on applications (subject_key)
    where state in ('waiting', 'asked')`.execute(tx)
  await sql`create index applications_of_region on applications (region_code, state, due_at)`.execute(tx)
  await sql`create index applications_due on applications (due_at) where state = 'waiting'`.execute(tx)
  await sql`
    create index applications_assigned on applications (assignee_id, due_at)
    where state in ('waiting', 'asked')`.execute(tx)

  await sql`
    create table application_steps (
      id uuid primary key,
      application_id uuid not null references applications (id) on delete cascade deferrable initially immediate,
      kind text not null check (kind in ('submitted', 'confirmed', 'taken', 'passed', 'released', 'asked', 'answered',
        'agreed', 'granted', 'refused', 'withdrawn', 'reminded', 'escalated')),
      at timestamptz not null default now(),
      by_id uuid references accounts (id) deferrable initially immediate,
      to_id uuid references accounts (id) deferrable initially immediate,
      stage smallint not null default 0,
      text text
    )`.execute(tx)
  await sql`create index application_steps_of on application_steps (application_id, at, id)`.execute(tx)
  await sql`
    insert into application_steps (id, application_id, kind, at, by_id)
    select gen_random_uuid(), id, 'submitted', created_at, applicant_id from applications`.execute(tx)
  await sql`
    insert into application_steps (id, application_id, kind, at, by_id, text)
    select gen_random_uuid(), id, state, decided_at, decided_by, reason from applications
    where decided_at is not null`.execute(tx)

  await sql`
    create table application_files (
      id uuid primary key,
      application_id uuid not null references applications (id) on delete cascade deferrable initially immediate,
      file_id uuid not null references files (id) deferrable initially immediate,
      added_by uuid not null references accounts (id) deferrable initially immediate,
      added_at timestamptz not null default now()
    )`.execute(tx)
  await sql`create index application_files_of on application_files (application_id, id)`.execute(tx)
}
