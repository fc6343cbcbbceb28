/**
 * One PostgreSQL for the whole run, and in it a template database that holds the stand. Each test file gets a copy.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate, openDatabase, openPool } from '../../server/kernel/db/index.ts'
import { prepareJobs } from '../../server/kernel/jobs/index.ts'
import { startEmbeddedPostgres } from '../../server/kernel/postgres/index.ts'
import { migrations } from '../../server/migrations/index.ts'
import { loadFreeMailDomains } from '../../server/modules/identity/index.ts'
import { plantStand } from '../../server/seeds/stand.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the template database. */
    template: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'kabinet-test-'))
  const postgres = await startEmbeddedPostgres({ dataDirectory, fsync: false, name: 'template_stand' })
  const pool = openPool(postgres.connectionString, 3, () => undefined)
  const db = openDatabase(pool)
  await migrate(db, migrations)
  await prepareJobs(pool)
  await plantStand(db)
  await loadFreeMailDomains(db)
  await db.destroy()
  project.provide('template', postgres.connectionString)
  return async () => {
    await postgres.stop()
    rmSync(dataDirectory, { recursive: true, force: true })
  }
}
