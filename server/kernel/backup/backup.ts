import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClientBase } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type ArchiveWriter, type Contents, filePattern, formatVersion, writeArchive } from './archive.ts'
import { type Amount, phrases } from './backup.phrases.ts'
import {
  copyOut,
  fileReferences,
  listMigrations,
  listSequences,
  listTables,
  settleSession,
  type Table,
} from './backup.queries.ts'
import { connectTo } from './connection.ts'
import { BackupFailure } from './failure.ts'

export type BackupOptions = {
  connectionString: string
  /** Holds `files/`. */
  dataDirectory: string
  /** Where the archive goes. */
  file: string
  /** Gets a line for each thing that the administrator should look at. */
  warn?: (line: string) => void
}

/** A part of a table in the archive has about this many bytes, which is what a backup holds in memory. */
const partSize = 1024 * 1024

/**
 * Writes the database and the files into one archive while the program goes on working: all tables as of one moment,
 * and at least the files that they point at.
 */
export async function writeBackup(options: BackupOptions): Promise<Amount & { bytes: number }> {
  const client = await connectTo(options.connectionString, 'kabinet backup')
  try {
    await settleSession(client)
    await client.query('begin isolation level repeatable read read only')
    const contents = await describe(client)
    const amount: Amount = { tables: contents.tables.length, rows: 0, files: 0 }
    const bytes = await writeArchive(options.file, async (archive) => {
      await archive.addBytes('backup.json', Buffer.from(JSON.stringify(contents)))
      for (const table of contents.tables) amount.rows += await addTable(client, archive, table)
      // Bytes are on the disk before the row that points at them: after the snapshot, all of them are there.
      amount.files = await addFiles(archive, options)
      await warnOfMissing(client, options)
    })
    await client.query('commit')
    return { ...amount, bytes }
  } finally {
    await client.end()
  }
}

async function describe(client: ClientBase): Promise<Contents> {
  const migrations = await listMigrations(client)
  if (!migrations) throw new BackupFailure(phrases.notPrepared)
  return {
    format: 'kabinet-backup',
    version: formatVersion,
    createdAt: new Date().toISOString(),
    migrations,
    tables: await listTables(client),
    // Sequences stand outside of snapshots; read after it, they are at or past every number in it.
    sequences: await listSequences(client),
  }
}

async function addTable(client: ClientBase, archive: ArchiveWriter, table: Table): Promise<number> {
  const stream = client.query(copyTo(copyOut(table)))
  let parts = 0
  let chunks: Buffer[] = []
  let size = 0
  const flush = async () => {
    if (size === 0) return
    parts += 1
    await archive.addBytes(`tables/${table.name}/${String(parts).padStart(8, '0')}`, Buffer.concat(chunks))
    chunks = []
    size = 0
  }
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= partSize) await flush()
  }
  await flush()
  return stream.rowCount
}

async function addFiles(archive: ArchiveWriter, { dataDirectory, warn = () => {} }: BackupOptions): Promise<number> {
  let count = 0
  for await (const path of storedFiles(dataDirectory)) {
    const sha256 = path.slice(-64)
    // Read twice: an archive with a damaged file in it could not be restored.
    const sum = await sumOf(path)
    if (sum === undefined) continue
    if (sum !== sha256) {
      warn(phrases.damagedFile(sha256))
      continue
    }
    await archive.addFile(sha256, (await stat(path)).size, createReadStream(path))
    count += 1
  }
  return count
}

/** Paths of the content-addressed store, `files/ab/cd/<SHA-256>`, a directory at a time. */
async function* storedFiles(dataDirectory: string): AsyncGenerator<string> {
  const root = join(dataDirectory, 'files')
  for (const first of await namesIn(root)) {
    for (const second of await namesIn(join(root, first))) {
      for (const name of await namesIn(join(root, first, second))) {
        if (filePattern.test(name)) yield join(root, first, second, name)
      }
    }
  }
}

const namesIn = async (directory: string) => (await readdir(directory).catch(() => [])).sort()

/** Undefined when the file was removed meanwhile. */
async function sumOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    return hash.digest('hex')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function warnOfMissing(client: ClientBase, { dataDirectory, warn = () => {} }: BackupOptions) {
  let missing = 0
  for await (const sha256 of fileReferences(client)) {
    const path = join(dataDirectory, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
    if (!(await stat(path).catch(() => undefined))) missing += 1
  }
  if (missing > 0) warn(phrases.missingFiles(missing))
}
