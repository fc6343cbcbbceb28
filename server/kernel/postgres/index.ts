/**
 * The embedded database: a real PostgreSQL as a child process on a Unix socket, for installations without an own one.
 * Started, kept running and stopped here; everything else in the program sees only a connection string.
 */
import { chmod, mkdir, realpath, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { prepareBinaries } from './binaries.ts'
import { ensureCluster, settleLeftovers } from './cluster.ts'
import { DataDirectoryBusy, PostgresFailure } from './failure.ts'
import { takeLock } from './lock.ts'
import { connectionStringTo, findPlace, isRoot, type Place, preparePlace } from './place.ts'
import { phrases } from './postgres.phrases.ts'
import { type Server, startServer } from './server.ts'

export { DataDirectoryBusy, PostgresFailure } from './failure.ts'

export type EmbeddedPostgres = {
  /** For `pg`, over the Unix socket; stays the same when the server is restarted. */
  connectionString: string
  /** Stops the server in order and lets go of the data directory. May be called twice. */
  stop(): Promise<void>
  /** Called with the reason each time the server ends by itself; it is being started again already. */
  onCrash(callback: (reason: string) => void): void
}

export type EmbeddedPostgresOptions = {
  /** Made when it is not there. Holds the lock and, in `postgres/`, the cluster. */
  dataDirectory: string
  /** Gets a line at a time, in Russian, for the person who runs the program. */
  log?: (line: string) => void
  /** Only tests may do without: a power cut then loses data. */
  fsync?: boolean
  /** The database in the cluster; made when it is not there. */
  name?: string
  /** Shown to whoever finds the data directory taken. */
  purpose?: string
  /** Where root puts the cluster when the server's user cannot enter the data directory. */
  elsewhere?: string
}

/**
 * Starts PostgreSQL on a data directory and keeps it running.
 * @throws DataDirectoryBusy when another program, or this one, already runs on it
 * @throws PostgresFailure when it cannot run, with what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = () => {}, fsync = true, name = 'kabinet' } = options
  const dataDirectory = await prepareDataDirectory(options.dataDirectory)
  const lock = takeLock(dataDirectory, options.purpose ?? phrases.program)
  let kept: ReturnType<typeof keepRunning> | undefined
  const stop = async () => {
    await kept?.stop()
    lock.release()
  }
  try {
    const place = await preparePlace(dataDirectory, options.elsewhere ?? '/var/lib/kabinet', log)
    const native = await prepareBinaries(place)
    await ensureCluster(place, native, fsync)
    const start = () => startWhenSettled(place, native, fsync, log)
    kept = keepRunning(await start(), start, log)
    await ensureDatabase(place, name)
    return { connectionString: connectionStringTo(place, name), onCrash: kept.onCrash, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * A program that was killed while it restarted its PostgreSQL may leave one that has only just begun and is seen nowhere
 * yet; it shows by the locks that it takes. So a refused start settles and tries again for ten seconds.
 */
async function startWhenSettled(place: Place, native: string, fsync: boolean, log: (line: string) => void) {
  const deadline = Date.now() + 10_000
  for (;;) {
    await settleLeftovers(place, log)
    try {
      return await startServer(place, native, fsync, log)
    } catch (error) {
      const taken = error instanceof PostgresFailure && /lock file .* already exists/.test(error.message)
      if (!taken || Date.now() > deadline) throw error
      await delay(200)
    }
  }
}

/**
 * A connection to the database of a data directory, whether the program runs on it or not: joins the running server,
 * else starts it for the time until `stop()`. For commands such as a backup.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres(options)
  } catch (error) {
    if (!(error instanceof DataDirectoryBusy)) throw error
    return joinRunning(options, error)
  }
}

/** Whether a data directory holds a database already. */
export const hasEmbeddedPostgres = async (dataDirectory: string): Promise<boolean> =>
  (await findPlace(dataDirectory)) !== undefined

async function joinRunning({ dataDirectory, name = 'kabinet' }: EmbeddedPostgresOptions, busy: DataDirectoryBusy) {
  // The program that holds the directory may itself be starting.
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const place = await findPlace(dataDirectory)
    const connectionString = place && connectionStringTo(place, name)
    if (connectionString && (await connects(connectionString))) {
      return { connectionString, stop: async () => {}, onCrash: () => {} }
    }
    await delay(200)
  }
  throw busy
}

async function connects(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function prepareDataDirectory(dataDirectory: string): Promise<string> {
  // The directories above it, if any are made, are made as the system's settings say.
  await mkdir(dirname(resolve(dataDirectory)), { recursive: true })
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  if (isRoot()) await letThrough(dataDirectory)
  return realpath(dataDirectory)
}

/** The server's user has to pass through root's directory to its own part; the rest is closed by modes of its own. */
async function letThrough(dataDirectory: string) {
  const { mode, uid } = await stat(dataDirectory)
  if (uid === 0) await chmod(dataDirectory, (mode & 0o777) | 0o011)
}

async function ensureDatabase(place: Place, name: string) {
  const client = new Client({ connectionString: connectionStringTo(place, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

const backoffSeconds = [0.1, 0.5, 2, 5, 10]
/** A server that has run this long did not fail because of how it was started. */
const steadyMilliseconds = 60_000

/** Starts the server again each time it ends by itself, at once at first, then at growing intervals, for ever. */
function keepRunning(first: Server, start: () => Promise<Server>, log: (line: string) => void) {
  const callbacks: ((reason: string) => void)[] = []
  const stopping = new AbortController()
  let server: Server | undefined = first
  const loop = run()

  async function run() {
    let failures = 0
    while (server) {
      const startedAt = Date.now()
      let reason = await server.ended
      server = undefined
      if (Date.now() - startedAt > steadyMilliseconds) failures = 0
      while (!server) {
        if (stopping.signal.aborted) return
        const seconds = backoffSeconds[Math.min(failures++, backoffSeconds.length - 1)] ?? 10
        log(phrases.crashed(reason, seconds))
        for (const callback of callbacks) callback(reason)
        await delay(seconds * 1000, undefined, { signal: stopping.signal }).catch(() => {})
        if (stopping.signal.aborted) return
        try {
          server = await start()
          log(phrases.recovered)
        } catch (error) {
          reason = error instanceof Error ? error.message : String(error)
        }
      }
      if (stopping.signal.aborted) await server.stop()
    }
  }

  return {
    onCrash: (callback: (reason: string) => void) => void callbacks.push(callback),
    async stop() {
      stopping.abort()
      await server?.stop()
      await loop
    },
  }
}
