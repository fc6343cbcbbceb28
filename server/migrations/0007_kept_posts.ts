import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Forms posted after their session had ended, encrypted, until the person has signed in again. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    create table kept_posts (
      token_hash bytea not null,
      back text not null,
      account_id uuid not null references accounts (id) on delete cascade deferrable initially immediate,
      sealed bytea not null,
      expires_at timestamptz not null,
      primary key (token_hash, back)
    )`.execute(tx)
  await sql`create index kept_posts_of_account on kept_posts (account_id)`.execute(tx)
  await sql`create index kept_posts_age on kept_posts (expires_at)`.execute(tx)
}
