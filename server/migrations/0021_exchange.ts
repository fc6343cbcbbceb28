import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Files that were given for a report, read and not entered yet: what each of them would change is looked at first. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    create table report_imports (
      id uuid primary key,
      report_id uuid not null references reports (id) on delete cascade deferrable initially immediate,
      file_name text not null,
      format text not null check (format in ('xlsx', 'csv', 'xml')),
      since integer not null,
      given jsonb not null,
      created_at timestamptz not null default now(),
      created_by uuid references accounts (id) deferrable initially immediate,
      applied_at timestamptz,
      applied_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`create index report_imports_of on report_imports (report_id, created_at)`.execute(tx)
  await sql`create index report_imports_by_age on report_imports (created_at)`.execute(tx)
}
