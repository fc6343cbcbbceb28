import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import { type Client, type ClientBase, DatabaseError } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database, Migration, Tx } from '../db/index.ts'
import { FilesUnavailable } from '../errors/index.ts'
import { type FileStore, fileStore } from '../files/index.ts'
import { type Bytes, type Contents, readArchive, verifyArchive } from './archive.ts'
import { type Amount, phrases } from './backup.phrases.ts'
import {
  clearTables,
  copyIn,
  countPrograms,
  createMigrationsTable,
  dropEverything,
  dropForeignKeys,
  enableTriggers,
  isEmpty,
  listTables,
  lockMigrations,
  recordMigration,
  setSequences,
  settleSession,
} from './backup.queries.ts'
import { connectTo } from './connection.ts'
import { BackupFailure } from './failure.ts'

export type RestoreOptions = {
  connectionString: string
  dataDirectory: string
  /** Where the files go; to the data directory, unless said otherwise. */
  store?: FileStore
  file: string
  /** All that the program knows, in order. */
  migrations: readonly Migration[]
  /** Whether what is in the database may be erased. */
  replace: boolean
}

/**
 * Restores an archive of `writeBackup`: the database in one transaction, so that a failure leaves it as it was, and the
 * files before it commits. The schema is first made as it was then, filled, and brought up to date by the migrations
 * that came since. Files that the archive does not hold stay where they are.
 * @throws BackupFailure with the database unchanged
 */
export async function restoreBackup(options: RestoreOptions): Promise<Amount> {
  const contents = await verifyArchive(options.file)
  refuseUnknownSchema(contents, options)

  const client = await connectTo(options.connectionString, 'kabinet restore')
  try {
    await settleSession(client)
    return await inOneTransaction(client, async (tx) => {
      await makeWay(client, options.replace)
      await createMigrationsTable(client)
      await applyMigrations(client, tx, options.migrations, 0, contents.migrations.length)
      const amount = await load(client, contents, options)
      await applyMigrations(client, tx, options.migrations, contents.migrations.length, options.migrations.length)
      return amount
    })
  } catch (error) {
    throw error instanceof DatabaseError ? new BackupFailure(phrases.refused(error.message), { cause: error }) : error
  } finally {
    await client.end()
  }
}

function refuseUnknownSchema({ migrations: seen }: Contents, { migrations, file }: RestoreOptions) {
  if (seen.length > migrations.length) throw new BackupFailure(phrases.newer(file))
  const strange = seen.find((name, at) => migrations[at]?.name !== name)
  if (strange !== undefined) throw new BackupFailure(phrases.otherHistory(file, strange))
}

/** Migrations take a Kysely transaction and COPY takes the client: this gives both of one connection. */
async function inOneTransaction<T>(client: Client, work: (tx: Tx) => Promise<T>): Promise<T> {
  const connection: PostgresPoolClient = { query: client.query.bind(client), release() {} }
  const pool: PostgresPool = { options: {}, connect: async () => connection, end: async () => {} }
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }).transaction().execute(work)
}

async function makeWay(client: ClientBase, replace: boolean) {
  const programs = await countPrograms(client)
  if (programs > 0) throw new BackupFailure(phrases.programRuns(programs))
  if (await isEmpty(client)) return
  if (!replace) throw new BackupFailure(phrases.notEmpty)
  await lockMigrations(client)
  await dropEverything(client)
}

async function applyMigrations(client: ClientBase, tx: Tx, migrations: readonly Migration[], from: number, to: number) {
  for (const [at, migration] of migrations.slice(from, to).entries()) {
    await migration.up(tx)
    await recordMigration(client, from + at + 1, migration.name)
  }
}

async function load(client: ClientBase, contents: Contents, options: RestoreOptions): Promise<Amount> {
  const tables = await listTables(client)
  const restoreForeignKeys = await dropForeignKeys(client)
  await clearTables(client, tables)
  const amount = await loadMembers(client, contents, options)
  await restoreForeignKeys()
  await enableTriggers(client, tables)
  await setSequences(client, contents.sequences)
  return amount
}

async function loadMembers(
  client: ClientBase,
  contents: Contents,
  { file, dataDirectory, store = fileStore(dataDirectory) }: RestoreOptions,
): Promise<Amount> {
  const amount: Amount = { tables: contents.tables.length, rows: 0, files: 0 }
  let current: ReturnType<typeof loadTable> | undefined
  const finish = async () => {
    amount.rows += (await current?.end()) ?? 0
    current = undefined
  }
  await readArchive(file, {
    async part(name, bytes) {
      if (current?.name !== name) {
        await finish()
        const table = contents.tables.find((candidate) => candidate.name === name)
        if (!table) throw new BackupFailure(phrases.damaged(file, name))
        current = loadTable(client, table)
      }
      await current?.add(bytes)
    },
    async file(sha256, bytes) {
      await finish()
      await storeFile(store, sha256, bytes)
      amount.files += 1
    },
  })
  await finish()
  return amount
}

/** One COPY over all parts of a table. */
function loadTable(client: ClientBase, table: Contents['tables'][number]) {
  const stream = client.query(copyFrom(copyIn(table)))
  const done = new Promise<void>((resolve, reject) => void stream.once('finish', resolve).once('error', reject))
  done.catch(() => {})
  return {
    name: table.name,
    async add(bytes: Bytes) {
      for await (const chunk of bytes) {
        if (!stream.write(chunk)) await Promise.race([done, new Promise((resolve) => stream.once('drain', resolve))])
      }
    },
    async end(): Promise<number> {
      stream.end()
      await done
      return stream.rowCount
    },
  }
}

/**
 * By way of a file of its own, because the archive can be read once only and the store may want the bytes again.
 */
async function storeFile(store: FileStore, sha256: string, bytes: Bytes) {
  const directory = await mkdtemp(join(tmpdir(), 'kabinet-restore-'))
  const path = join(directory, sha256)
  try {
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 }))
    await store.putFrom(sha256, (await stat(path)).size, () => createReadStream(path))
  } catch (error) {
    if (error instanceof FilesUnavailable)
      throw new BackupFailure(phrases.restoreOutOfReach(store.title), { cause: error })
    throw error
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
