/**
 * Forward-only migrations: applied at start, one transaction each, under a lock that a second program waits for.
 */
import { sql } from 'kysely'
import type { Db, Tx } from './database.ts'

export type Migration = { name: string; up: (tx: Tx) => Promise<void> }

export class SchemaIsNewer extends Error {
  /** What the program exits with: the message is for the person who starts it. */
  readonly exitCode = 1

  constructor(found: number, known: number) {
    super(
      `База данных новее программы: в ней ${found} изменений схемы, программа знает ${known}. ` +
        'Запустите программу той версии, которая работала с этой базой последней, или новее.',
    )
    this.name = 'SchemaIsNewer'
  }
}

/**
 * Brings the schema up to `to` (by default to the newest).
 * @throws SchemaIsNewer when the database was changed by a newer program
 */
export async function migrate(db: Db, migrations: readonly Migration[], to = migrations.length): Promise<void> {
  await sql`create table if not exists schema_migrations (
    number integer primary key, name text not null, applied_at timestamptz not null default now())`.execute(db)
  while (await applyNext(db, migrations, to));
}

export async function schemaHead(db: Db): Promise<number> {
  const { rows } = await sql<{
    head: number
  }>`select coalesce(max(number), 0)::int as head from schema_migrations`.execute(db)
  return rows[0]?.head ?? 0
}

async function applyNext(db: Db, migrations: readonly Migration[], to: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await sql`set local lock_timeout = '30s'`.execute(tx)
    await sql`lock table schema_migrations in exclusive mode`.execute(tx)
    const head = await schemaHead(tx)
    if (head > migrations.length) throw new SchemaIsNewer(head, migrations.length)
    const next = migrations[head]
    if (!next || head >= to) return false
    await next.up(tx)
    await sql`insert into schema_migrations (number, name) values (${head + 1}, ${next.name})`.execute(tx)
    return true
  })
}
