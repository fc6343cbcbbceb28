import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, lstat, mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PostgresFailure } from './failure.ts'
import { phrases } from './postgres.phrases.ts'

/** The major version of the server; the name of the cluster's directory carries it. */
export const majorVersion = 18

/** The user that PostgreSQL runs as when the program runs as root, whom PostgreSQL refuses. */
export type RunAs = { uid: number; gid: number }

/** Where the database lies: `base` holds the cluster, copied binaries, and usually the socket. */
export type Place = { base: string; cluster: string; socketDirectory: string; runAs: RunAs | undefined }

const nobody: RunAs = { uid: 65534, gid: 65534 }
export const isRoot = () => process.getuid?.() === 0

/**
 * Finds or makes the place of the database of a data directory, which must exist.
 *
 * It is `<data directory>/postgres`, except when the program runs as root and the user that PostgreSQL then runs as
 * cannot enter it, because it lies below /root, say. Then it is a new directory in `elsewhere`, and the file
 * `<data directory>/postgres.place` says which.
 */
export async function preparePlace(
  dataDirectory: string,
  elsewhere: string,
  log: (line: string) => void,
): Promise<Place> {
  const base = await prepareBase(dataDirectory, elsewhere, log)
  const place = await describePlace(base)
  if (place.runAs && existsSync(place.cluster)) {
    if (!canEnter(base, place.runAs)) throw new PostgresFailure(phrases.unreachable(base))
  }
  await prepareSocketDirectory(place)
  return place
}

/** The place of a database that exists; undefined when there is none yet. */
export async function findPlace(dataDirectory: string): Promise<Place | undefined> {
  const base = (await readPointer(dataDirectory)) ?? join(dataDirectory, 'postgres')
  const place = existsSync(base) ? await describePlace(base) : undefined
  return place && existsSync(place.cluster) ? place : undefined
}

async function describePlace(givenBase: string): Promise<Place> {
  const base = await realpath(givenBase)
  const cluster = join(base, `cluster-${majorVersion}`)
  const runAs = await chooseUser(cluster)
  return { base, cluster, runAs, socketDirectory: chooseSocketDirectory(base, runAs) }
}

/** Root runs PostgreSQL as the owner of the cluster, so that root and that user can take turns; else as nobody. */
async function chooseUser(cluster: string): Promise<RunAs | undefined> {
  if (!isRoot()) return undefined
  const owner = await stat(cluster).catch(() => undefined)
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody
}

async function prepareBase(dataDirectory: string, elsewhere: string, log: (line: string) => void): Promise<string> {
  const pointed = await readPointer(dataDirectory)
  if (pointed) return adoptPointed(dataDirectory, pointed)

  const inside = join(dataDirectory, 'postgres')
  await mkdir(inside, { recursive: true, mode: 0o700 })
  if (!isRoot()) return inside
  await chmod(inside, 0o711)
  if (canEnter(inside, nobody)) return inside
  // The owner of an existing cluster may differ from nobody; preparePlace judges that case.
  if (existsSync(join(inside, `cluster-${majorVersion}`))) return inside
  return placeElsewhere(dataDirectory, elsewhere, log)
}

const pointerOf = (dataDirectory: string) => join(dataDirectory, 'postgres.place')

async function readPointer(dataDirectory: string): Promise<string | undefined> {
  const text = await readFile(pointerOf(dataDirectory), 'utf8').catch(() => undefined)
  return text?.trim() || undefined
}

/** A pointer outlives a move of the data directory, but must not serve a copy of it: two would share one database. */
async function adoptPointed(dataDirectory: string, base: string): Promise<string> {
  const own = await realpath(dataDirectory)
  const owner = await readFile(join(base, 'data-directory'), 'utf8').catch(() => undefined)
  if (owner === undefined) throw new PostgresFailure(phrases.placeMissing(pointerOf(dataDirectory), base))
  if (owner === own) return base

  if ((await readPointer(owner)) === base) throw new PostgresFailure(phrases.placeCopied(own, owner))
  await writeFile(join(base, 'data-directory'), own)
  return base
}

async function placeElsewhere(dataDirectory: string, elsewhere: string, log: (line: string) => void): Promise<string> {
  const own = await realpath(dataDirectory)
  // Random, so that a new data directory at an old path never finds the database of its predecessor.
  const base = join(elsewhere, `${shortHash(own)}-${randomBytes(4).toString('hex')}`)
  await mkdir(base, { recursive: true })
  await chmod(base, 0o711)
  if (!canEnter(base, nobody)) throw new PostgresFailure(phrases.unreachable(base))

  await writeFile(join(base, 'data-directory'), own)
  await writeFile(`${pointerOf(dataDirectory)}.tmp`, `${base}\n`, { flush: true })
  await rename(`${pointerOf(dataDirectory)}.tmp`, pointerOf(dataDirectory))
  log(phrases.placedElsewhere(dataDirectory, base))
  return base
}

/** Whether a user can enter a directory: asked of the system itself, which knows about groups and access lists. */
export function canEnter(directory: string, user: RunAs): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
  )
}

/** A Unix socket's path has at most 107 bytes; `/.s.PGSQL.5432` takes 14 of them. */
const longestSocketDirectory = 107 - 14

function chooseSocketDirectory(base: string, runAs: RunAs | undefined): string {
  const inside = join(base, 'socket')
  if (Buffer.byteLength(inside) <= longestSocketDirectory) return inside
  const name = `kabinet-${runAs?.uid ?? process.getuid?.()}-${shortHash(base)}`
  // Not os.tmpdir(): a backup started with another TMPDIR must find the same socket.
  return join(isRoot() && existsSync('/run') ? '/run' : '/tmp', name)
}

/** In /tmp somebody else may have made the directory first: it is used only when it belongs to the right user. */
async function prepareSocketDirectory({ socketDirectory, runAs }: Place) {
  await mkdir(socketDirectory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  if (runAs) await chown(socketDirectory, runAs.uid, runAs.gid)
  const found = await lstat(socketDirectory)
  if (!found.isDirectory() || found.uid !== (runAs?.uid ?? process.getuid?.())) {
    throw new PostgresFailure(phrases.socketTaken(socketDirectory))
  }
  await chmod(socketDirectory, 0o700)
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

export const socketOf = ({ socketDirectory }: Place) => join(socketDirectory, '.s.PGSQL.5432')

/** A connection string of `pg` for a database of the place's cluster. */
export const connectionStringTo = ({ socketDirectory }: Place, database: string) =>
  `postgresql://${superuser}@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(socketDirectory)}`

/** The owner of everything in the cluster; who may connect is decided by the socket's directory. */
export const superuser = 'kabinet'
