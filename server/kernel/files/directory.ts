/** Files in a directory: `DATA_DIR/files/ab/cd/<SHA-256>`. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chown, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { randomUUIDv7 } from '../db/index.ts'
import { mediaTypeOf } from './media-types.ts'
import { BytesMissing, type FileStore, type Held, refuseOtherNames, sha256Pattern } from './store.ts'

export function fileStore(dataDirectory: string): FileStore {
  const root = join(dataDirectory, 'files')
  const pathOf = (sha256: string) => {
    refuseOtherNames(sha256)
    return join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }
  const putFrom: FileStore['putFrom'] = async (sha256, _size, bytes) => {
    const path = pathOf(sha256)
    if (await touched(path)) return
    await writeDurably(dataDirectory, path, bytes())
  }
  return {
    title: `каталог ${root}`,
    put: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await putFrom(sha256, bytes.byteLength, () => Readable.from([bytes]))
      return { sha256, size: bytes.byteLength, mediaType: mediaTypeOf(bytes) }
    },
    putFrom,
    read: async (sha256) => {
      const file = await open(pathOf(sha256)).catch((error: unknown) => {
        throw isMissing(error) ? new BytesMissing(sha256, { cause: error }) : error
      })
      return file.createReadStream()
    },
    find: (sha256) => found(pathOf(sha256)),
    list: () => listed(root),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  }
}

async function found(path: string): Promise<Held | undefined> {
  const state = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  return state && { size: state.size, changedAt: state.mtime }
}

/** A directory at a time, in the order of the hashes. */
async function* listed(root: string): AsyncGenerator<Held & { sha256: string }> {
  for (const first of await namesIn(root)) {
    for (const second of await namesIn(join(root, first))) {
      for (const sha256 of await namesIn(join(root, first, second))) {
        const held = sha256Pattern.test(sha256) && (await found(join(root, first, second, sha256)))
        if (held) yield { sha256, ...held }
      }
    }
  }
}

const namesIn = async (directory: string) => (await readdir(directory).catch(() => [])).sort()

/** What is put again counts as new: whoever clears away what nobody points at goes by age. */
const touched = (path: string): Promise<boolean> => {
  const now = new Date()
  return utimes(path, now, now).then(
    () => true,
    () => false,
  )
}

async function writeDurably(dataDirectory: string, path: string, bytes: Readable): Promise<void> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  const owner = await stat(dataDirectory)
  await makeDirectories(dirname(path), owner)
  const partial = `${path}.${process.pid}.${randomUUIDv7()}.partial`
  try {
    await pipeline(bytes, createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }))
    await giveTo(owner, partial)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  const directory = await open(dirname(path), 'r')
  await directory.sync().finally(() => directory.close())
}

type Owner = { uid: number; gid: number }

async function makeDirectories(path: string, owner: Owner): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 })
  for (let made = path; first && made.length >= first.length; made = dirname(made)) await giveTo(owner, made)
}

/** Root works on behalf of the user to whom the data directory belongs and who must read it later. */
async function giveTo({ uid, gid }: Owner, path: string): Promise<void> {
  if (process.getuid?.() === 0) await chown(path, uid, gid)
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
