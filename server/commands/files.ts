import { parseArgs } from 'node:util'
import { openPool } from '../kernel/db/index.ts'
import { FilesUnavailable } from '../kernel/errors/index.ts'
import { fileStore, filesPhrases, moveFiles, openFileStore, removeForgotten, s3Store } from '../kernel/files/index.ts'
import { openEmbeddedPostgres } from '../kernel/postgres/index.ts'
import { readSettings } from '../kernel/settings.ts'

const aDay = 86_400_000

/** `bin/files move --to s3|directory [--remove]` and `bin/files clean [--days N]`. */
export async function run(args: string[]): Promise<number> {
  const asked = readArguments(args)
  if (!asked) {
    console.error(filesPhrases.usage)
    return 2
  }
  return asked.what === 'move' ? move(asked.to, asked.remove) : clean(asked.days)
}

type Asked = { what: 'move'; to: 's3' | 'directory'; remove: boolean } | { what: 'clean'; days: number }

function readArguments(args: string[]): Asked | undefined {
  try {
    const options = { to: { type: 'string' }, remove: { type: 'boolean' }, days: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const { to, remove = false, days = '7' } = values
    const [what, ...rest] = positionals
    if (rest.length > 0) return undefined
    if (what === 'move' && (to === 's3' || to === 'directory')) return { what, to, remove }
    return what === 'clean' && /^[1-9]\d{0,3}$/.test(days) ? { what, days: Number(days) } : undefined
  } catch {
    return undefined
  }
}

async function move(direction: 's3' | 'directory', remove: boolean): Promise<number> {
  const { s3, dataDirectory } = readSettings(process.env)
  if (!s3) {
    console.error(filesPhrases.noS3)
    return 1
  }
  const directory = fileStore(dataDirectory)
  const bucket = s3Store(s3, { warn: console.error })
  const [from, to] = direction === 's3' ? [directory, bucket] : [bucket, directory]
  const amount = { moved: 0, present: 0, removed: 0, damaged: 0 }
  try {
    await moveFiles({ from, to, remove, warn: console.error, amount })
  } catch (error) {
    if (!(error instanceof FilesUnavailable)) throw error
    console.error(filesPhrases.interrupted(amount))
    return 1
  }
  console.log(filesPhrases.moved(amount, from.title, to.title))
  return amount.damaged > 0 ? 1 : 0
}

async function clean(days: number): Promise<number> {
  const settings = readSettings(process.env)
  const { databaseUrl, dataDirectory } = settings
  const embedded = databaseUrl
    ? undefined
    : await openEmbeddedPostgres({ dataDirectory, purpose: filesPhrases.purposeClean, log: console.error })
  const pool = openPool(databaseUrl ?? embedded?.connectionString ?? '', 1, () => undefined)
  const store = openFileStore(settings, console.error)
  try {
    const client = await pool.connect()
    const removed = await removeForgotten(client, store, new Date(Date.now() - days * aDay)).finally(() =>
      client.release(),
    )
    console.log(filesPhrases.cleaned(removed, days, store.title))
    return 0
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    console.error(filesPhrases.notPrepared)
    return 1
  } finally {
    await pool.end()
    await embedded?.stop()
  }
}
