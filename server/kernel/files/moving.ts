/** Files from one store to another, each compared by its SHA-256; begun again, it goes on where it was broken off. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { filesPhrases, type Moved } from './files.phrases.ts'
import { BytesMissing, type FileStore } from './store.ts'

type Moving = {
  from: FileStore
  to: FileStore
  /** Takes away from the old store what has been compared in the new one. */
  remove: boolean
  warn: (line: string) => void
  /** Counts along, so that whoever is interrupted can tell how far it came. */
  amount: Moved
}

/** @throws FilesUnavailable when one of the stores is out of reach; nothing is lost, call it again */
export async function moveFiles({ from, to, remove, warn, amount }: Moving): Promise<void> {
  for await (const { sha256, size } of from.list()) {
    const state = await carry(from, to, sha256, size, remove)
    amount[state] += 1
    if (state === 'damaged') warn(filesPhrases.damaged(sha256))
    else if (remove) {
      await from.remove(sha256)
      amount.removed += 1
    }
  }
}

/** @param thoroughly compares also what was carried earlier, by reading it */
async function carry(from: FileStore, to: FileStore, sha256: string, size: number, thoroughly: boolean) {
  const there = await to.find(sha256)
  if (there?.size === size && (!thoroughly || (await isWhole(to, sha256)))) return 'present'
  if (!(await isWhole(from, sha256))) return 'damaged'
  // A store may take bytes under this name for granted.
  if (there) await to.remove(sha256)
  await to.putFrom(sha256, size, () => Readable.from(piecesOf(from, sha256)))
  if (!(await isWhole(to, sha256))) throw new Error(`${to.title}: ${sha256} has not come whole`)
  return 'moved'
}

async function* piecesOf(store: FileStore, sha256: string): AsyncGenerator<Buffer> {
  yield* await store.read(sha256)
}

async function isWhole(store: FileStore, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  try {
    for await (const piece of piecesOf(store, sha256)) hash.update(piece)
  } catch (error) {
    if (error instanceof BytesMissing) return false
    throw error
  }
  return hash.digest('hex') === sha256
}
