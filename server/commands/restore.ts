import { resolve } from 'node:path'
import { BackupFailure, phrases, restoreBackup } from '../kernel/backup/index.ts'
import { openFileStore } from '../kernel/files/index.ts'
import { DataDirectoryBusy, type EmbeddedPostgres, startEmbeddedPostgres } from '../kernel/postgres/index.ts'
import { readSettings } from '../kernel/settings.ts'
import { migrations } from '../migrations/index.ts'

/** `bin/restore FILE [--replace]`: the database and the files from an archive of `bin/backup`, the program stopped. */
export async function run(args: string[]): Promise<number> {
  const replace = args.includes('--replace')
  const [file, ...rest] = args.filter((argument) => argument !== '--replace')
  if (!file || file.startsWith('-') || rest.length > 0) {
    console.error(phrases.restoreUsage)
    return 2
  }
  const settings = readSettings(process.env)
  const { databaseUrl, dataDirectory } = settings
  const embedded = databaseUrl ? undefined : await startAlone(dataDirectory)
  try {
    const archive = resolve(file)
    const store = openFileStore(settings, console.error)
    const connectionString = databaseUrl ?? embedded?.connectionString ?? ''
    const amount = await restoreBackup({ connectionString, dataDirectory, store, file: archive, migrations, replace })
    console.log(phrases.restored(archive, amount))
    return 0
  } finally {
    await embedded?.stop()
  }
}

/** A program that works with the data must not find them changed under it: it has to be stopped first. */
async function startAlone(dataDirectory: string): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres({ dataDirectory, purpose: phrases.purposeRestore, log: console.error })
  } catch (error) {
    if (error instanceof DataDirectoryBusy) throw new BackupFailure(phrases.stopProgram(error.message))
    throw error
  }
}
