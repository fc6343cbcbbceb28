import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** What the cabinet tells a person. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    create table messages (
      id uuid primary key,
      account_id uuid not null references accounts (id) deferrable initially immediate,
      kind text not null,
      title text not null,
      body text not null,
      href text not null,
      sender text,
      created_at timestamptz not null default now(),
      read_at timestamptz,
      unique_key text,
      unique (account_id, unique_key)
    )`.execute(tx)
  await sql`create index messages_of_account on messages (account_id, created_at desc, id desc)`.execute(tx)
  await sql`create index messages_unread on messages (account_id) where read_at is null`.execute(tx)
}
