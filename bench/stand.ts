/** The stand on an embedded PostgreSQL as in production (fsync on), with a thousand institutions more. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { type Db, migrate, openDatabase, openPool } from '../server/kernel/db/index.ts'
import { prepareJobs } from '../server/kernel/jobs/index.ts'
import { startEmbeddedPostgres } from '../server/kernel/postgres/index.ts'
import { migrations } from '../server/migrations/index.ts'
import { plantStand } from '../server/seeds/stand.ts'

export type BenchStand = {
  connectionString: string
  dataDirectory: string
  pool: pg.Pool
  db: Db
  stop: () => Promise<void>
}

export async function openBenchStand(): Promise<BenchStand> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'kabinet-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDirectory })
  const pool = openPool(postgres.connectionString, 10, () => undefined)
  const db = openDatabase(pool)
  await migrate(db, migrations)
  await prepareJobs(pool)
  await plantStand(db)
  await plantInstitutions(db, 1000)
  return {
    connectionString: postgres.connectionString,
    dataDirectory,
    pool,
    db,
    stop: async () => {
      await db.destroy()
      await postgres.stop()
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** Kindergartens of one municipality, each with a report in the newest campaign. */
async function plantInstitutions(db: Db, count: number): Promise<void> {
  await sql`
    with higher as (select * from organisations where level = 'municipality' order by created_at limit 1),
    planted as (
      insert into organisations (id, parent_id, lineage, level, short_name, full_name, inn, ogrn, okpo, region_code, kind, legal_form)
      select id, higher.id, higher.lineage || id, 'institution', 'МБДОУ «Детский сад № ' || n || ' „Берёзка“»',
        'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № ' || n || ' „Берёзка“»',
        null, null, null, higher.region_code, 'preschool', 'municipal'
      from higher, (select uuidv7() as id, n from generate_series(100, ${99 + count}) n) as numbered
      returning id)
    insert into reports (id, campaign_id, organisation_id, state)
    select uuidv7(), (select id from campaigns order by year desc, deadline limit 1), id, 'draft' from planted`.execute(
    db,
  )
  await sql`analyze`.execute(db)
}
