import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, open, readdir, readFile, readlink, rename, rm, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PostgresFailure } from './failure.ts'
import { majorVersion, type Place, socketOf, superuser } from './place.ts'
import { phrases } from './postgres.phrases.ts'

/** Makes the cluster when there is none yet; refuses one of another major version. */
export async function ensureCluster(place: Place, native: string, fsync: boolean) {
  if (existsSync(place.cluster)) return giveToServer(place)

  await refuseOtherMajor(place.base)
  await removeUnfinished(place.base)
  // An initdb that is killed leaves a directory that is of no use: it becomes the cluster only when it is whole.
  const unfinished = join(place.base, `unfinished-${randomBytes(4).toString('hex')}`)
  await mkdir(unfinished, { mode: 0o700 })
  if (place.runAs) await chown(unfinished, place.runAs.uid, place.runAs.gid)
  await initialise(unfinished, place, native, fsync)
  await rename(unfinished, place.cluster)
  await syncDirectory(place.base)
}

async function removeUnfinished(base: string) {
  for (const name of await readdir(base)) {
    if (name.startsWith('unfinished-')) await rm(join(base, name), { recursive: true, force: true, maxRetries: 5 })
  }
}

async function refuseOtherMajor(base: string) {
  const other = (await readdir(base)).find((name) => /^cluster-\d+$/.test(name))
  if (other)
    throw new PostgresFailure(phrases.otherMajor(other.replace('cluster-', ''), majorVersion, join(base, other)))
}

/** A data directory restored from an archive by root may belong to root, as whom PostgreSQL does not run. */
async function giveToServer({ cluster, runAs }: Place) {
  if (!runAs || (await stat(cluster)).uid === runAs.uid) return
  for (const entry of await readdir(cluster, { recursive: true }))
    await chown(join(cluster, entry), runAs.uid, runAs.gid)
  await chown(cluster, runAs.uid, runAs.gid)
}

async function initialise(directory: string, { runAs }: Place, native: string, fsync: boolean) {
  const options = [
    ...['-D', directory, '-U', superuser, '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums', '--no-instructions'],
    ...(fsync ? [] : ['--no-sync']),
  ]
  const environment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
  const child = spawn(join(native, 'bin', 'initdb'), options, {
    ...runAs,
    cwd: '/',
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new PostgresFailure(phrases.createFailed(output.trim().replaceAll('\n', ' ')))
}

async function syncDirectory(directory: string) {
  const handle = await open(directory)
  await handle.sync()
  await handle.close()
}

/**
 * Ends what an earlier run may have left. The caller holds the lock of the data directory, so whatever still runs in
 * the cluster serves nobody:
 * - a PostgreSQL that outlived its program is stopped in order;
 * - its children that outlived it are ended;
 * - a `postmaster.pid` without its process is removed: after a power cut its number may belong to another process, and
 *   while the dead one has not been reaped the server would take it for a living one.
 */
export async function settleLeftovers(place: Place, log: (line: string) => void) {
  const found = await processesIn(place.cluster)
  const [pid] = found
  if (pid !== undefined) {
    log(phrases.leftover((await readPostmasterPid(place.cluster))?.pid ?? pid))
    await endAll(place.cluster)
  }
  if (await answers(socketOf(place))) throw new PostgresFailure(phrases.survivor(socketOf(place)))
  await rm(join(place.cluster, 'postmaster.pid'), { force: true })
}

/** Orderly stop first; a server in recovery from a disk that does not answer is not waited for for ever. */
async function endAll(cluster: string) {
  for (const { signal, seconds } of [
    { signal: 'SIGINT', seconds: 20 },
    { signal: 'SIGQUIT', seconds: 5 },
    { signal: 'SIGKILL', seconds: 5 },
  ] as const) {
    const postmaster = (await readPostmasterPid(cluster))?.pid
    const found = await processesIn(cluster)
    // While the postmaster lives it ends its children; without it SIGINT would only cancel their queries.
    const addressed = postmaster && found.includes(postmaster) && signal !== 'SIGKILL' ? [postmaster] : found
    const orphans = postmaster === undefined || !found.includes(postmaster)
    for (const pid of addressed) send(pid, orphans && signal === 'SIGINT' ? 'SIGTERM' : signal)
    const deadline = Date.now() + seconds * 1000
    while (Date.now() < deadline) {
      if ((await processesIn(cluster)).length === 0) return
      await delay(20)
    }
  }
}

function send(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/**
 * Processes that work in a cluster: PostgreSQL and its children keep it as their current directory. One that has only
 * just begun is still elsewhere, but has the cluster on its command line.
 */
export async function processesIn(cluster: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const working = await Promise.all(pids.map((pid) => worksIn(cluster, pid)))
  return pids.filter((_, at) => working[at]).map(Number)
}

async function worksIn(cluster: string, pid: string): Promise<boolean> {
  if ((await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === cluster) return true
  const [program, , directory] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  return directory === cluster && program?.endsWith('/postgres') === true
}

async function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket)
    connection.once('connect', () => resolve(true)).once('error', () => resolve(false))
    connection.once('connect', () => connection.destroy())
  })
}

/** What PostgreSQL says of itself in the cluster; line 8 of the file says `ready` once it takes connections. */
export async function readPostmasterPid(cluster: string): Promise<{ pid: number; ready: boolean } | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined)
  const lines = text?.split('\n')
  const pid = Number(lines?.[0])
  return lines && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined
}
