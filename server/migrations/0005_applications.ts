import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Applications: a typed form that asks for a decision once. */
export async function up(tx: Tx): Promise<void> {
  await sql`create sequence application_numbers`.execute(tx)
  await sql`
    create table applications (
      id uuid primary key,
      number text not null unique,
      kind text not null,
      applicant_id uuid not null references accounts (id) deferrable initially immediate,
      organisation_id uuid not null references organisations (id) deferrable initially immediate,
      form jsonb not null,
      state text not null default 'waiting' check (state in ('waiting', 'granted', 'refused', 'withdrawn')),
      due_at timestamptz not null,
      decided_at timestamptz,
      decided_by uuid references accounts (id) deferrable initially immediate,
      reason text,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      check ((state = 'waiting') = (decided_at is null))
    )`.execute(tx)
  // One person asks one organisation once at a time, however many windows are open.
  await sql`
    create unique index applications_waiting_attachment on applications (applicant_id, organisation_id)
    where kind = 'attachment' and state = 'waiting'`.execute(tx)
  await sql`create index applications_of_applicant on applications (applicant_id, created_at desc, id desc)`.execute(tx)
  await sql`create index applications_queue on applications (organisation_id, state, due_at)`.execute(tx)
}
