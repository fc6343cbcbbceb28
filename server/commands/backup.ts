import { resolve } from 'node:path'
import { phrases, writeBackup } from '../kernel/backup/index.ts'
import { openFileStore } from '../kernel/files/index.ts'
import { hasEmbeddedPostgres, openEmbeddedPostgres } from '../kernel/postgres/index.ts'
import { readSettings } from '../kernel/settings.ts'

/** `bin/backup FILE`: the database and the files into one archive, whether the program runs or not. */
export async function run(args: string[]): Promise<number> {
  const [file, ...rest] = args
  if (!file || file.startsWith('-') || rest.length > 0) {
    console.error(phrases.backupUsage)
    return 2
  }
  const settings = readSettings(process.env)
  const { databaseUrl, dataDirectory } = settings
  if (!databaseUrl && !(await hasEmbeddedPostgres(dataDirectory))) {
    console.error(phrases.nothingToBackUp(dataDirectory))
    return 1
  }
  const embedded = databaseUrl
    ? undefined
    : await openEmbeddedPostgres({ dataDirectory, purpose: phrases.purposeBackup, log: console.error })
  try {
    const target = resolve(file)
    const store = openFileStore(settings, console.error)
    const connectionString = databaseUrl ?? embedded?.connectionString ?? ''
    const amount = await writeBackup({ connectionString, dataDirectory, store, file: target, warn: console.error })
    console.log(phrases.backedUp(target, amount))
    return 0
  } finally {
    await embedded?.stop()
  }
}
