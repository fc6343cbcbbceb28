/**
 * Files by content: `DATA_DIR/files/ab/cd/<SHA-256>`. A name that a person gave is only ever shown, never a path.
 * The database row is written after the bytes are durable, so a row never points at nothing.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { randomUUIDv7, type Tx } from '../db/index.ts'
import { insertFile, type StoredBytes } from './files.queries.ts'
import { mediaTypeOf } from './media-types.ts'

export type FileStore = {
  put: (bytes: Uint8Array) => Promise<StoredBytes>
  read: (sha256: string) => Readable
  /** For what nothing else can hold: whoever stored the same bytes would lose them as well. */
  remove: (sha256: string) => Promise<void>
}

export function fileStore(dataDirectory: string): FileStore {
  const root = join(dataDirectory, 'files')
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('Not a SHA-256')
    return join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }
  return {
    put: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const path = pathOf(sha256)
      const stored = { sha256, size: bytes.byteLength, mediaType: mediaTypeOf(bytes) }
      if (await exists(path)) return stored
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeDurably(path, bytes)
      return stored
    },
    read: (sha256) => createReadStream(pathOf(sha256)),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  }
}

/** Notes the stored bytes under a name; call it inside the action's transaction. */
export async function recordFile(tx: Tx, stored: StoredBytes, name: string, createdBy: string | null): Promise<string> {
  const id = randomUUIDv7()
  await insertFile(tx, { id, ...stored, name: shownName(name), createdBy })
  return id
}

const shownName = (name: string): string =>
  name
    .replace(/[\\/\0\r\n]/g, ' ')
    .trim()
    .slice(-200) || 'файл'

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.${randomUUIDv7()}.partial`
  try {
    const file = await open(partial, 'wx', 0o600)
    await file.writeFile(bytes)
    await file.sync()
    await file.close()
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  const directory = await open(dirname(path), 'r')
  await directory.sync()
  await directory.close()
}
