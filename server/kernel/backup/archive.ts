import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, type Pack, pack } from 'tar-stream'
import { z } from 'zod'
import { phrases } from './backup.phrases.ts'
import { BackupFailure } from './failure.ts'

/**
 * A backup is a tar.gz that ordinary tools can open:
 * - `backup.json`: what it holds (Contents), first;
 * - `tables/<table>/<number>`: the output of COPY as text, in parts, because a tar must know sizes beforehand;
 * - `files/<SHA-256>`: the files, whose names are their checksums;
 * - `manifest.json`: checksums of all members but the files, and how many files there are, last: an archive without it
 *   was cut short.
 */
export const formatVersion = 1

export const Contents = z.object({
  format: z.literal('kabinet-backup'),
  version: z.number().int(),
  createdAt: z.string(),
  /** Names of the migrations that the schema had seen. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type Contents = z.infer<typeof Contents>

const Manifest = z.object({ members: z.record(z.string(), z.string()), files: z.number().int() })
type Manifest = z.infer<typeof Manifest>

/** The bytes of a member, which must be read to their end before the next one comes. */
export type Bytes = AsyncIterable<Buffer>
type Member = { name: string; bytes: Bytes }

export const filePattern = /^[0-9a-f]{64}$/
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Takes members in order; backpressure of the disk reaches whoever awaits. */
export type ArchiveWriter = {
  addBytes(name: string, bytes: Uint8Array): Promise<void>
  /** A file of the content-addressed store, of this size. */
  addFile(sha256: string, size: number, bytes: Readable): Promise<void>
}

/**
 * Writes an archive: beside its place under another name, and renamed once it is whole and on the disk.
 * @returns its size in bytes
 */
export async function writeArchive(file: string, fill: (archive: ArchiveWriter) => Promise<void>): Promise<number> {
  const unfinished = `${file}.partial`
  // One that an interrupted backup left could be readable by others.
  await rm(unfinished, { force: true })
  const tar = pack()
  // Only the owner may read it: it holds everybody's personal data.
  const written = pipeline(tar, createGzip({ level: 4 }), createWriteStream(unfinished, { mode: 0o600, flush: true }))
  const filled = fillTar(tar, fill).catch((error) => {
    tar.destroy(error)
    throw error
  })
  try {
    await Promise.all([written, filled])
  } catch (error) {
    await Promise.allSettled([written, filled])
    await rm(unfinished, { force: true })
    throw isSystemError(error) ? new BackupFailure(phrases.notWritten(file, error.message), { cause: error }) : error
  }
  await rename(unfinished, file)
  const directory = await open(dirname(file))
  await directory.sync().finally(() => directory.close())
  return (await stat(file)).size
}

/** No room, no such directory, no right to write there: foreseen, unlike the rest. */
const isSystemError = (error: unknown): error is Error => error instanceof Error && 'syscall' in error

async function fillTar(tar: Pack, fill: (archive: ArchiveWriter) => Promise<void>) {
  const manifest: Manifest = { members: {}, files: 0 }
  const add = async (name: string, size: number, bytes: Readable) => {
    await pipeline(bytes, tar.entry({ name, size, mode: 0o600 }))
  }
  const addBytes = (name: string, bytes: Uint8Array) => add(name, bytes.byteLength, Readable.from([bytes]))
  await fill({
    async addBytes(name, bytes) {
      manifest.members[name] = sha256Of(bytes)
      await addBytes(name, bytes)
    },
    async addFile(sha256, size, bytes) {
      manifest.files += 1
      await add(`files/${sha256}`, size, bytes)
    },
  })
  await addBytes('manifest.json', Buffer.from(JSON.stringify(manifest)))
  tar.finalize()
}

/** What is done with each member; an unread member is skipped. */
export type ArchiveReader = {
  part?(table: string, bytes: Bytes): Promise<void>
  file?(sha256: string, bytes: Bytes): Promise<void>
}

/**
 * Reads a whole archive without changing anything and compares all its checksums.
 * @throws BackupFailure saying what is wrong with it
 */
export async function verifyArchive(file: string): Promise<Contents> {
  const found: Manifest = { members: {}, files: 0 }
  let contents: Contents | undefined
  let manifest: Manifest | undefined
  for await (const { name, bytes } of membersOf(file)) {
    if (name === 'manifest.json') {
      manifest = Manifest.parse(JSON.parse(await readText(bytes)))
    } else if (name === 'backup.json') {
      const text = await readText(bytes)
      contents = parseContents(file, text)
      found.members[name] = sha256Of(Buffer.from(text))
    } else {
      const sum = await sumOf(bytes)
      if (!name.startsWith('files/')) found.members[name] = sum
      else if (name !== `files/${sum}`) throw new BackupFailure(phrases.damaged(file, phrases.wrongSum(name)))
      else found.files += 1
    }
  }
  if (!contents) throw new BackupFailure(phrases.notABackup(file))
  if (!manifest || found.files !== manifest.files) throw new BackupFailure(phrases.damaged(file, phrases.cutShort))
  compareSums(file, manifest.members, found.members)
  return contents
}

function compareSums(file: string, expected: Record<string, string>, found: Record<string, string>) {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    if (expected[name] !== found[name]) throw new BackupFailure(phrases.damaged(file, phrases.wrongSum(name)))
  }
}

/** Walks through an archive that has been verified. */
export async function readArchive(file: string, reader: ArchiveReader) {
  for await (const { name: path, bytes } of membersOf(file)) {
    const [kind, name = ''] = path.split('/')
    if (kind === 'tables' && reader.part) await reader.part(name, bytes)
    else if (kind === 'files' && filePattern.test(name) && reader.file) await reader.file(name, bytes)
    else await skip(bytes)
  }
}

export async function skip(bytes: Bytes) {
  for await (const _ of bytes);
}

async function* membersOf(file: string): AsyncGenerator<Member> {
  const bytes = createReadStream(file)
  const gunzip = createGunzip()
  const tar = extract()
  const read = pipeline(bytes, gunzip, tar)
  read.catch(() => {})
  try {
    for await (const entry of tar) yield { name: entry.header.name, bytes: buffersOf(file, entry) }
    await read
  } catch (error) {
    throw toFailure(file, error)
  } finally {
    bytes.destroy()
  }
}

async function* buffersOf(file: string, entry: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of entry) if (Buffer.isBuffer(chunk)) yield chunk
  } catch (error) {
    throw toFailure(file, error)
  }
}

function toFailure(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof BackupFailure) return error
  const code = 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') return new BackupFailure(phrases.noFile(file))
  if (code === 'Z_DATA_ERROR' && /incorrect header/.test(error.message))
    return new BackupFailure(phrases.notABackup(file))
  return new BackupFailure(phrases.damaged(file, error.message), { cause: error })
}

function parseContents(file: string, text: string): Contents {
  const { success, data } = Contents.safeParse(JSON.parse(text))
  if (!success) throw new BackupFailure(phrases.notABackup(file))
  if (data.version > formatVersion) throw new BackupFailure(phrases.newer(file))
  return data
}

async function readText(bytes: Bytes): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

async function sumOf(bytes: Bytes): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}
