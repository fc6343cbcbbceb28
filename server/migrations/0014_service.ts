import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Applications that a letter brought, that ended with their organisation, and files of people without an account. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    alter table applications
      add column letter_id uuid references incoming_letters (id) deferrable initially immediate,
      add column entered_by uuid references accounts (id) deferrable initially immediate,
      drop constraint applications_state,
      add constraint applications_state
        check (state in ('unconfirmed', 'waiting', 'asked', 'granted', 'refused', 'withdrawn', 'closed'))`.execute(tx)
  await sql`create index applications_of_letter on applications (letter_id) where letter_id is not null`.execute(tx)
  await sql`
    alter table application_steps
      drop constraint application_steps_kind_check,
      add constraint application_steps_kind_check
        check (kind in ('submitted', 'confirmed', 'taken', 'passed', 'released', 'asked', 'answered', 'agreed',
          'granted', 'refused', 'withdrawn', 'closed', 'reminded', 'escalated'))`.execute(tx)
  await sql`alter table application_files alter column added_by drop not null`.execute(tx)
  // A letter that asked for what the service of applications does is an application from then on.
  await sql`
    alter table incoming_letters
      drop constraint incoming_letters_state_check,
      add constraint incoming_letters_state_check
        check (state in ('waiting', 'opened', 'entered', 'refused', 'closed', 'machine'))`.execute(tx)
  // The row of an erased letter stays, so that the mailbox does not bring it again; its bytes go after it.
  await sql`
    alter table incoming_letters
      alter column source_sha256 drop not null,
      add column erased_at timestamptz`.execute(tx)
}
