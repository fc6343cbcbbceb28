import type { Readable } from 'node:stream'
import type { StoredBytes } from './files.queries.ts'

export type Held = { size: number; changedAt: Date }

/**
 * Bytes by their SHA-256, wherever they lie.
 * All of it throws FilesUnavailable 503 while the store is out of reach.
 */
export type FileStore = {
  /** As an administrator is told of it. */
  title: string
  /** Returns once the bytes are durable. Bytes that are there already count as put now. */
  put: (bytes: Uint8Array) => Promise<StoredBytes>
  /** The same for bytes that need not fit in memory; `open` is called anew for each attempt. */
  putFrom: (sha256: string, size: number, open: () => Readable) => Promise<void>
  /** @throws BytesMissing */
  read: (sha256: string) => Promise<Readable>
  find: (sha256: string) => Promise<Held | undefined>
  list: () => AsyncIterable<Held & { sha256: string }>
  /** For what nothing else can hold: whoever stored the same bytes would lose them as well. */
  remove: (sha256: string) => Promise<void>
}

export const sha256Pattern = /^[0-9a-f]{64}$/

export function refuseOtherNames(sha256: string): void {
  if (!sha256Pattern.test(sha256)) throw new RangeError('Not a SHA-256')
}

/** A record points at bytes that the store does not hold: somebody has taken them away from behind the program. */
export class BytesMissing extends Error {
  override readonly name = 'BytesMissing'

  constructor(sha256: string, options?: ErrorOptions) {
    super(`The store of files does not hold ${sha256}`, options)
  }
}
