import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Whether a token reaches what is its person's own. Those made before did, and keep it; a new one has to be told. */
export async function up(tx: Tx): Promise<void> {
  await sql`alter table api_tokens add column own boolean not null default true`.execute(tx)
  await sql`alter table api_tokens alter column own set default false`.execute(tx)
}
