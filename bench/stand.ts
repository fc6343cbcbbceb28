/** The stand on an embedded PostgreSQL as in production (fsync on), with a thousand institutions more. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { type Reading, readOgrn, readOkpo, readOrganisationInn } from '../contracts/requisites.ts'
import { type Db, migrate, openDatabase, openPool, randomUUIDv7 } from '../server/kernel/db/index.ts'
import { prepareJobs } from '../server/kernel/jobs/index.ts'
import { startEmbeddedPostgres } from '../server/kernel/postgres/index.ts'
import { migrations } from '../server/migrations/index.ts'
import { plantStand } from '../server/seeds/stand.ts'
import { parentOf } from './cpu.ts'

export type BenchStand = {
  connectionString: string
  dataDirectory: string
  pool: pg.Pool
  db: Db
  /** The database's first process: all others are its children. */
  postgres: number
  stop: () => Promise<void>
}

export async function openBenchStand(): Promise<BenchStand> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'kabinet-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDirectory })
  const pool = openPool(postgres.connectionString, 10, () => undefined)
  const db = openDatabase(pool)
  const stop = async () => {
    await db.destroy()
    await postgres.stop()
    rmSync(dataDirectory, { recursive: true, force: true })
  }
  try {
    await migrate(db, migrations)
    await prepareJobs(pool)
    await plantStand(db)
    await plantInstitutions(db, 1000)
    const { connectionString } = postgres
    return { connectionString, dataDirectory, pool, db, postgres: await firstProcess(pool), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function firstProcess(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ process: number }>('select pg_backend_pid() as process')
  return parentOf(rows[0]?.process ?? 0)
}

/** Kindergartens of one municipality, each with a report in the newest campaign. */
async function plantInstitutions(db: Db, count: number): Promise<void> {
  const institutions = Array.from({ length: count }, (_, index) => institution(index + 100))
  const column = <K extends keyof Institution>(key: K) => institutions.map((each) => each[key])
  await sql`
    with higher as (select id, lineage, region_code from organisations where level = 'municipality' order by id limit 1),
    newest as (select id from campaigns where audience @> '{"rules": [{"kinds": ["preschool"]}]}' order by year desc, deadline limit 1),
    planted as (
      insert into organisations (id, parent_id, lineage, level, short_name, full_name, inn, ogrn, okpo, region_code,
        kind, legal_form, address)
      select given.id, higher.id, higher.lineage || given.id, 'institution', given.short_name, given.full_name,
        given.inn, given.ogrn, given.okpo, higher.region_code, 'preschool', 'municipal', given.address
      from higher, unnest(${column('id')}::uuid[], ${column('shortName')}::text[], ${column('fullName')}::text[],
        ${column('inn')}::text[], ${column('ogrn')}::text[], ${column('okpo')}::text[], ${column('address')}::text[])
        as given (id, short_name, full_name, inn, ogrn, okpo, address)
      returning id)
    insert into reports (id, campaign_id, organisation_id)
    select uuidv7(), newest.id, planted.id from planted, newest`.execute(db)
  await sql`analyze`.execute(db)
}

type Institution = ReturnType<typeof institution>

/** Code 00 is no region's, so the numbers, though their check digits agree, are nobody's. */
function institution(number: number) {
  const serial = String(number).padStart(5, '0')
  return {
    id: randomUUIDv7(),
    shortName: `МБДОУ «Детский сад № ${number} „Берёзка“»`,
    fullName: `Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № ${number} „Берёзка“»`,
    inn: withCheckDigit(`0091${serial}`, readOrganisationInn),
    ogrn: withCheckDigit(`1020091${serial}`, readOgrn),
    okpo: withCheckDigit(`49${serial}`, readOkpo),
    address: `639110, Светлореченская область, г. Верхнеозёрск, ул. Садовая, д. ${number}`,
  }
}

function withCheckDigit(body: string, read: (typed: string) => Reading): string {
  const numbers = Array.from({ length: 10 }, (_, digit) => read(`${body}${digit}`).value)
  return numbers.find((number) => number !== undefined) ?? ''
}
