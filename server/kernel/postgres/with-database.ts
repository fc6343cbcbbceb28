import { type Db, openDatabase, openPool } from '../db/index.ts'
import type { Settings } from '../settings.ts'
import { openEmbeddedPostgres } from './index.ts'

/**
 * Opens the database of an installation for one command, whether the program runs or not, and closes it after the work.
 * @param purpose said to whoever finds the data directory taken meanwhile
 */
export async function withDatabase<T>(
  { databaseUrl, dataDirectory }: Pick<Settings, 'databaseUrl' | 'dataDirectory'>,
  purpose: string,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const embedded = databaseUrl
    ? undefined
    : await openEmbeddedPostgres({ dataDirectory, purpose, log: (line) => console.error(line) })
  try {
    const db = openDatabase(openPool(databaseUrl ?? embedded?.connectionString ?? '', 3, () => {}))
    try {
      return await work(db)
    } finally {
      await db.destroy()
    }
  } finally {
    await embedded?.stop()
  }
}
