/** A PostgreSQL that is not ours: Debian's package, in a directory and on a port of its own, run as nobody when we are root. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { debianProgram } from '../../support/debian.ts'
import { freePort } from './program.ts'

export type ForeignPostgres = { address: string; stop: () => Promise<void> }

const home = '/usr/lib/postgresql'
const nobody = { uid: 65534, gid: 65534 }

/** Undefined, with a line that says why, where there is none and none can be installed. */
export async function startForeignPostgres(): Promise<ForeignPostgres | undefined> {
  if (!debianProgram('postgresql', home)) return undefined
  const version = readdirSync(home).sort((one, other) => Number(other) - Number(one))[0] ?? ''
  const program = (name: string) => join(home, version, 'bin', name)
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-foreign-postgres-'))
  const runAs = process.getuid?.() === 0 ? nobody : {}
  if ('uid' in runAs) chownSync(directory, nobody.uid, nobody.gid)
  const cluster = join(directory, 'cluster')
  execFileSync(program('initdb'), ['-D', cluster, '-U', 'kabinet', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...runAs,
    cwd: directory,
    stdio: 'ignore',
  })
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'fsync=off']
  const server = spawn(program('postgres'), ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])], {
    ...runAs,
    cwd: directory,
    stdio: 'ignore',
  })
  await untilAnswers(`postgres://kabinet@127.0.0.1:${port}/postgres`)
  return {
    address: `postgres://kabinet@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await ended(server)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function untilAnswers(address: string): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const client = new pg.Client({ connectionString: address })
    const answers = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => undefined)
    if (answers) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The foreign PostgreSQL did not start')
}

/** SIGINT: PostgreSQL's fast shutdown. */
async function ended(server: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  if (server.exitCode === null) server.kill('SIGINT')
  else return
  await gone
}
