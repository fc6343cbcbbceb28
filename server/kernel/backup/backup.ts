import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ClientBase } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { FilesUnavailable } from '../errors/index.ts'
import { BytesMissing, type FileStore, fileReferences, fileStore } from '../files/index.ts'
import { type ArchiveWriter, type Contents, formatVersion, writeArchive } from './archive.ts'
import { type Amount, phrases } from './backup.phrases.ts'
import { copyOut, listMigrations, listSequences, listTables, settleSession, type Table } from './backup.queries.ts'
import { connectTo } from './connection.ts'
import { BackupFailure } from './failure.ts'

export type BackupOptions = {
  connectionString: string
  dataDirectory: string
  /** Where the files are; those of the data directory, unless said otherwise. */
  store?: FileStore
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
      amount.files = await addFiles(client, archive, options)
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

/** All files that rows of the snapshot point at: bytes are durable before the row, so all of them are there. */
async function addFiles(
  client: ClientBase,
  archive: ArchiveWriter,
  { dataDirectory, store = fileStore(dataDirectory), warn = () => {} }: BackupOptions,
): Promise<number> {
  let count = 0
  let missing = 0
  for await (const sha256 of fileReferences(client)) {
    const verified = await verifiedFile(store, sha256)
    if (verified === 'missing') missing += 1
    else if (verified === 'damaged') warn(phrases.damagedFile(sha256))
    else {
      await archive.addFile(sha256, verified.size, await verified.open())
      count += 1
    }
  }
  if (missing > 0) warn(phrases.missingFiles(missing))
  return count
}

/** Files up to this size are read once and held; larger ones are read twice. */
const mostHeld = 8 * 1024 * 1024

type Verified = { size: number; open: () => Promise<Readable> }

/** Read before it is added: an archive with a damaged file in it could not be restored. */
async function verifiedFile(store: FileStore, sha256: string): Promise<Verified | 'missing' | 'damaged'> {
  const hash = createHash('sha256')
  let size = 0
  let chunks: Buffer[] = []
  try {
    for await (const chunk of await store.read(sha256)) {
      hash.update(chunk)
      size += chunk.length
      if (size > mostHeld) chunks = []
      else chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof BytesMissing) return 'missing'
    throw error instanceof FilesUnavailable
      ? new BackupFailure(phrases.filesOutOfReach(store.title), { cause: error })
      : error
  }
  if (hash.digest('hex') !== sha256) return 'damaged'
  return { size, open: async () => (size > mostHeld ? store.read(sha256) : Readable.from(chunks)) }
}
