/**
 * Files by content. A name that a person gave is only ever shown, never a path.
 * The database row is written after the bytes are durable, so a row never points at nothing.
 */
import { randomUUIDv7, type Tx } from '../db/index.ts'
import type { S3Settings } from '../settings.storage.ts'
import { fileStore } from './directory.ts'
import { insertFile, type StoredBytes } from './files.queries.ts'
import { s3Store } from './s3.ts'
import type { FileStore } from './store.ts'

/**
 * Where this installation keeps its files.
 * @param warn hears why a call to a store elsewhere has failed
 */
export const openFileStore = (
  { s3, dataDirectory }: { s3: S3Settings | undefined; dataDirectory: string },
  warn: (line: string) => void = () => undefined,
): FileStore => (s3 ? s3Store(s3, { warn }) : fileStore(dataDirectory))

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
