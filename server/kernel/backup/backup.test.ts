import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Migration, migrate, openDatabase, openPool } from '../db/index.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/index.ts'
import { restoreBackup, writeBackup } from './index.ts'

/** A schema with everything that makes a plain copy go wrong. */
const first: Migration = {
  name: '0001_schools',
  up: async (tx) => {
    await sql`create table schools (id bigint generated always as identity primary key, name text not null unique,
      head bigint, shown text generated always as (upper(name)) stored, seal bytea, opened date, share numeric)`.execute(
      tx,
    )
    await sql`create table teachers (id bigint primary key, school bigint not null references schools deferrable, note text)`.execute(
      tx,
    )
    // A circle: no order of tables satisfies both keys.
    await sql`alter table schools add foreign key (head) references teachers deferrable`.execute(tx)
    await sql`create table kinds (code text primary key)`.execute(tx)
    await sql`insert into kinds values ('from the migration')`.execute(tx)
    await sql`create sequence letters_sent`.execute(tx)
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'append-only'; end $$`.execute(
      tx,
    )
    await sql`create trigger append_only before update or delete or truncate on teachers for each statement execute function refuse()`.execute(
      tx,
    )
    await sql`create table files (id bigint primary key, sha256 text not null)`.execute(tx)
  },
}
const second: Migration = {
  name: '0002_cities',
  up: async (tx) => {
    await sql`alter table schools add column city text not null default 'Светлоречье'`.execute(tx)
  },
}

const directories: string[] = []
let postgres: EmbeddedPostgres
let count = 0

beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ dataDirectory: await newDirectory(), fsync: false })
}, 30_000)
afterAll(async () => {
  await postgres.stop()
  for (const directory of directories) await rm(directory, { recursive: true, force: true })
})

describe('a backup', () => {
  it('gives back every row, file and sequence, in the schema of a later program', async () => {
    const origin = await filledInstallation()
    const file = join(origin.dataDirectory, 'backup.tar.gz')
    const written = await writeBackup({ ...origin, file })
    expect(written).toMatchObject({ tables: 4, rows: 5004, files: 2 })
    expect((await stat(file)).mode & 0o777).toBe(0o600)

    const target = await newInstallation()
    const restored = await restoreBackup({ ...target, file, migrations: [first, second], replace: false })

    expect(restored).toEqual({ tables: 4, rows: 5004, files: 2 })
    expect(await dump(target.connectionString)).toEqual(await dump(origin.connectionString))
    expect(await query(target.connectionString, 'select number, name from schema_migrations order by 1')).toEqual([
      { number: 1, name: '0001_schools' },
      { number: 2, name: '0002_cities' },
    ])
    expect(
      await query(target.connectionString, `insert into schools (name) values ('Школа № 3') returning id, city`),
    ).toEqual([{ id: 3, city: 'Светлоречье' }])
    expect(await query(target.connectionString, `select nextval('letters_sent')`)).toEqual([{ nextval: 43 }])
    for (const { sha256, bytes } of origin.files)
      expect(await readFile(pathOf(target.dataDirectory, sha256))).toEqual(bytes)
    await expect(query(target.connectionString, 'delete from teachers')).rejects.toThrow('append-only')
    await expect(query(target.connectionString, 'insert into teachers values (-1, 99)')).rejects.toThrow('foreign key')
  }, 20_000)

  it('holds one moment, whatever is written meanwhile', async () => {
    const origin = await filledInstallation()
    const file = join(origin.dataDirectory, 'backup.tar.gz')
    const writing = writeBackup({ ...origin, file })
    for (let id = 10_000; id < 10_050; id++) {
      await query(origin.connectionString, `insert into teachers values (${id}, 1)`)
      await query(origin.connectionString, `insert into files values (${id}, '${'0'.repeat(64)}')`)
    }
    await writing
    const target = await newInstallation()
    await restoreBackup({ ...target, file, migrations: [first], replace: false })
    const [found] = await query(
      target.connectionString,
      `select (select count(*) from teachers where id >= 10000) - (select count(*) from files where id >= 10000) as ahead`,
    )
    expect([0, 1]).toContain(Number(found?.ahead))
  }, 20_000)

  it('replaces a database only when told to, and leaves it alone when something is wrong', async () => {
    const origin = await filledInstallation()
    const file = join(origin.dataDirectory, 'backup.tar.gz')
    await writeBackup({ ...origin, file })
    const target = await filledInstallation()
    await query(target.connectionString, `update schools set name = 'Прежняя' where id = 1`)
    const restore = (archive: string, replace: boolean, migrations = [first]) =>
      restoreBackup({ ...target, file: archive, migrations, replace })
    const before = await dump(target.connectionString)

    await expect(restore(file, false)).rejects.toThrow('--replace')
    await expect(restore(file, true, [])).rejects.toThrow('более новой программой')
    await expect(restore(file, true, [{ ...first, name: 'another' }])).rejects.toThrow('другой программой')
    await expect(restore(file, true, [first, broken])).rejects.toThrow('ничего не изменено')
    await expect(restore(`${file}.missing`, true)).rejects.toThrow('нет или он не читается')
    await expect(restore(await damaged(file, origin.dataDirectory), true)).rejects.toThrow('повреждена')
    await expect(restore(await cutShort(file, origin.dataDirectory), true)).rejects.toThrow('повреждена')
    await expect(restore(await anotherFile(origin.dataDirectory), true)).rejects.toThrow('не похож на копию')
    expect(await dump(target.connectionString)).toEqual(before)

    await restore(file, true)
    expect(await dump(target.connectionString)).toEqual(await dump(origin.connectionString))
  }, 20_000)

  it('is refused while a program is connected to the database', async () => {
    const origin = await filledInstallation()
    const file = join(origin.dataDirectory, 'backup.tar.gz')
    await writeBackup({ ...origin, file })
    const program = new Client({ connectionString: origin.connectionString, application_name: 'kabinet' })
    await program.connect()
    await expect(restoreBackup({ ...origin, file, migrations: [first], replace: true })).rejects.toThrow(
      'работает программа',
    )
    await program.end()
  })

  it('says which files are damaged or missing, and where it could not be written', async () => {
    const origin = await filledInstallation()
    const [damagedOne, missingOne] = origin.files
    await writeFile(pathOf(origin.dataDirectory, damagedOne?.sha256 ?? ''), 'something else')
    await rm(pathOf(origin.dataDirectory, missingOne?.sha256 ?? ''))
    const warnings: string[] = []
    const warn = (line: string) => void warnings.push(line)
    const written = await writeBackup({ ...origin, file: join(origin.dataDirectory, 'backup.tar.gz'), warn })
    expect(written.files).toBe(0)
    expect(warnings).toEqual([expect.stringContaining('повреждён'), expect.stringContaining('1 файл')])
    await expect(writeBackup({ ...origin, file: join(origin.dataDirectory, 'nowhere', 'b.tar.gz') })).rejects.toThrow(
      'записать не удалось',
    )
  })
})

const broken: Migration = { name: '0002_broken', up: (tx) => sql`select 1 / 0`.execute(tx).then(() => {}) }

type Installation = { connectionString: string; dataDirectory: string }

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'kabinet-backup-'))
  await chmod(directory, 0o755)
  directories.push(directory)
  return join(directory, 'data')
}

async function newInstallation(): Promise<Installation> {
  count += 1
  await query(postgres.connectionString, `create database installation_${count}`)
  const dataDirectory = await newDirectory()
  await mkdir(dataDirectory, { recursive: true })
  return { connectionString: postgres.connectionString.replace('/kabinet?', `/installation_${count}?`), dataDirectory }
}

async function filledInstallation() {
  const installation = await newInstallation()
  const pool = openPool(installation.connectionString, 1, () => {})
  const db = openDatabase(pool)
  await migrate(db, [first])
  await db.destroy()
  const files = [Buffer.from('справка'), randomBytes(3_000_000)].map((bytes) => ({
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }))
  for (const { sha256, bytes } of files) {
    await mkdir(join(pathOf(installation.dataDirectory, sha256), '..'), { recursive: true })
    await writeFile(pathOf(installation.dataDirectory, sha256), bytes)
  }
  const seal = "'\\x00ff0a5c'"
  await query(
    installation.connectionString,
    `begin; set constraints all deferred; select setval('letters_sent', 42); insert into kinds values ('from a person');
     insert into schools (name, head, seal, opened, share) values
       ('Школа № 1 «Ёлочка»', 1, ${seal}, '1999-12-31', 0.10), (E'tab\\t, slash \\\\N, new\\nline', null, null, null, 'NaN');
     insert into teachers select n, 1 + n % 2, repeat('Ж', 500) from generate_series(1, 4998) n;
     insert into files values (1, '${files[0]?.sha256}'), (2, '${files[1]?.sha256}');
     delete from kinds where code = 'from the migration'; insert into kinds values ('from a clerk'); commit`,
  )
  return { ...installation, files }
}

const pathOf = (dataDirectory: string, sha256: string) =>
  join(dataDirectory, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)

async function query(connectionString: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    const result = await client.query<Record<string, unknown>>(text)
    return result.rows
  } finally {
    await client.end()
  }
}

async function dump(connectionString: string) {
  return [
    await query(connectionString, 'select id, name, head, shown, seal, opened::text, share from schools order by id'),
    await query(
      connectionString,
      'select count(*), md5(string_agg(id || note || school, $$,$$ order by id)) from teachers',
    ),
    await query(connectionString, 'select * from kinds order by code'),
    await query(connectionString, 'select * from files order by id'),
  ]
}

async function damaged(file: string, directory: string) {
  const bytes = await readFile(file)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1_000_000) ^ 1, bytes.length - 1_000_000)
  await writeFile(join(directory, 'damaged.tar.gz'), bytes)
  return join(directory, 'damaged.tar.gz')
}

async function cutShort(file: string, directory: string) {
  const path = join(directory, 'short.tar.gz')
  await writeFile(path, await readFile(file))
  await truncate(path, (await stat(file)).size - 1000)
  return path
}

async function anotherFile(directory: string) {
  await writeFile(join(directory, 'letter.txt'), 'Уважаемые коллеги!')
  return join(directory, 'letter.txt')
}
