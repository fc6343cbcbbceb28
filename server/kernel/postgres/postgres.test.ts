import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { processesIn, readPostmasterPid } from './cluster.ts'
import { DataDirectoryBusy, type EmbeddedPostgres, openEmbeddedPostgres, startEmbeddedPostgres } from './index.ts'

const isRoot = process.getuid?.() === 0
const made: string[] = []

afterAll(async () => {
  for (const directory of made) await rm(directory, { recursive: true, force: true, maxRetries: 5 })
})

describe('the embedded database', () => {
  it('sorts Russian, checks its pages, listens on its own socket alone and keeps what it was given', async () => {
    const dataDirectory = await newDirectory()
    await using(await start(dataDirectory), async ({ connectionString }) => {
      expect(await answer(connectionString, 'show data_checksums')).toBe('on')
      expect(await answer(connectionString, 'show listen_addresses')).toBe('')
      expect(await answer(connectionString, `select lower('ЁЖ') || upper('щ')`)).toBe('ёжЩ')
      expect(
        await answer(
          connectionString,
          `select string_agg(w, '' order by w collate "ru-RU-x-icu") from unnest('{я,ё,а,ж}'::text[]) w`,
        ),
      ).toBe('аёжя')
      const socketDirectory = join(dataDirectory, 'postgres', 'socket')
      expect((await stat(socketDirectory)).mode & 0o777).toBe(0o700)
      await answer(connectionString, 'create table kept as select 42 as kept')
    })
    await using(await start(dataDirectory), async ({ connectionString }) =>
      expect(await answer(connectionString, 'select kept from kept')).toBe(42),
    )
  })

  it('runs once on a data directory: a second start says who runs, a command joins', async () => {
    const dataDirectory = await newDirectory()
    await using(await start(dataDirectory), async (first) => {
      await expect(start(dataDirectory)).rejects.toThrow(DataDirectoryBusy)

      const second = program(dataDirectory)
      const [code] = await once(second, 'exit')
      expect(code).toBe(1)
      expect(second.said.trim().split('\n')).toEqual([expect.stringContaining(`(программа, процесс ${process.pid})`)])

      const joined = await openEmbeddedPostgres({ dataDirectory })
      expect(joined.connectionString).toBe(first.connectionString)
      await joined.stop()
      expect(await answer(first.connectionString, 'select 1')).toBe(1)
    })
  })

  it('comes back by itself when its process is killed, with what was committed', async () => {
    const dataDirectory = await newDirectory()
    await using(await start(dataDirectory), async (postgres) => {
      await answer(postgres.connectionString, 'create table kept as select 7 as kept')
      const reasons: string[] = []
      postgres.onCrash((reason) => void reasons.push(reason))
      for (const times of [1, 2]) {
        const before = await postmasterOf(dataDirectory)
        process.kill(before, 'SIGKILL')
        await until(async () => (await postmasterOf(dataDirectory)) !== before && (await answers(postgres)))
        expect(await answer(postgres.connectionString, 'select kept from kept')).toBe(7)
        expect(reasons).toHaveLength(times)
      }
    })
  })

  it('ends soon after a program that was killed, and starts again with the next', async () => {
    const dataDirectory = await newDirectory()
    const killed = program(dataDirectory)
    await killed.started
    killed.kill('SIGKILL')
    await until(async () => (await processesIn(clusterOf(dataDirectory))).length === 0)
    await using(await start(dataDirectory), async (postgres) => expect(await answers(postgres)).toBe(true))
  })

  it('is stopped in order by the next start when nothing else has stopped it', async () => {
    const dataDirectory = await newDirectory()
    const killed = program(dataDirectory)
    await killed.started
    const left = await postmasterOf(dataDirectory)
    for (const guard of await guardsOf(left)) process.kill(guard, 'SIGKILL')
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    expect(await processesIn(clusterOf(dataDirectory))).toContain(left)

    const lines: string[] = []
    const postgres = await startEmbeddedPostgres({ dataDirectory, fsync: false, log: (line) => void lines.push(line) })
    await using(postgres, async () => {
      expect(lines).toEqual([expect.stringContaining(`процесс ${left}`)])
      expect(await postmasterOf(dataDirectory)).not.toBe(left)
    })
  })

  it('starts after its first start was killed half way', async () => {
    const dataDirectory = await newDirectory()
    const killed = program(dataDirectory)
    await until(async () =>
      (await namesIn(join(dataDirectory, 'postgres'))).some((name) => name.startsWith('unfinished-')),
    )
    await delay(100)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    await using(await start(dataDirectory), async (postgres) => expect(await answers(postgres)).toBe(true))
    expect(await namesIn(join(dataDirectory, 'postgres'))).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^unf/)]),
    )
  })

  it('starts when the number of its dead process belongs to another by now', async () => {
    const dataDirectory = await newDirectory()
    await (await start(dataDirectory)).stop()
    const other = spawn('sleep', ['60'], isRoot ? { uid: 65534, gid: 65534, cwd: '/' } : {})
    await writeFile(join(clusterOf(dataDirectory), 'postmaster.pid'), `${other.pid}\n${clusterOf(dataDirectory)}\n`)
    await using(await start(dataDirectory), async (postgres) => expect(await answers(postgres)).toBe(true))
    expect(other.exitCode ?? other.signalCode).toBeNull()
    other.kill()
  })

  it('works below a path that is too long for a socket', async () => {
    const dataDirectory = join(await newDirectory(), 'очень-длинное-имя-каталога'.repeat(3), 'data')
    await using(await start(dataDirectory), async (postgres) => {
      expect(await answers(postgres)).toBe(true)
      const socketDirectory = new URL(postgres.connectionString).searchParams.get('host') ?? ''
      expect(socketDirectory).not.toContain(dataDirectory)
      made.push(socketDirectory)
    })
  })

  it('refuses a database of another major version, saying what to do', async () => {
    const dataDirectory = await newDirectory()
    await mkdir(join(dataDirectory, 'postgres', 'cluster-17'), { recursive: true })
    await expect(start(dataDirectory)).rejects.toThrow('PostgreSQL 17')
  })
})

describe.runIf(isRoot)('the embedded database of root', () => {
  it('lies elsewhere when only root can enter the data directory', async () => {
    const closed = await newDirectory()
    await mkdir(closed, { mode: 0o700 })
    const elsewhere = await newDirectory()
    const dataDirectory = join(closed, 'data')
    const lines: string[] = []
    const options = { fsync: false, elsewhere, log: (line: string) => void lines.push(line) }
    await using(await startEmbeddedPostgres({ ...options, dataDirectory }), async ({ connectionString }) => {
      await answer(connectionString, 'create table kept as select 3 as kept')
    })
    const place = (await readFile(join(dataDirectory, 'postgres.place'), 'utf8')).trim()
    expect(lines).toEqual([expect.stringContaining(place)])

    await cp(dataDirectory, join(closed, 'copy'), { recursive: true })
    await expect(startEmbeddedPostgres({ ...options, dataDirectory: join(closed, 'copy') })).rejects.toThrow(
      'скопирован',
    )

    await rename(dataDirectory, join(closed, 'moved'))
    const moved = await startEmbeddedPostgres({ ...options, dataDirectory: join(closed, 'moved') })
    await using(moved, async ({ connectionString }) =>
      expect(await answer(connectionString, 'select kept from kept')).toBe(3),
    )

    await rm(place, { recursive: true })
    await expect(startEmbeddedPostgres({ ...options, dataDirectory: join(closed, 'moved') })).rejects.toThrow(
      'её там нет',
    )
  })

  it('may take turns with that of an ordinary user', async () => {
    const dataDirectory = await newDirectory()
    await mkdir(dataDirectory)
    const daemon = { uid: 1, gid: 1 }
    await chown(dataDirectory, daemon.uid, daemon.gid)
    for (const user of [daemon, undefined, daemon]) {
      const running = program(dataDirectory, user)
      await running.started
      expect((await stat(clusterOf(dataDirectory))).uid).toBe(daemon.uid)
      running.kill('SIGTERM')
      await once(running, 'exit')
    }
  })
})

const start = (dataDirectory: string) => startEmbeddedPostgres({ dataDirectory, fsync: false })
const clusterOf = (dataDirectory: string) => join(dataDirectory, 'postgres', 'cluster-18')
const namesIn = (directory: string) => readdir(directory).catch(() => [])

/** A data directory that is not there yet, below one that everybody may enter. */
async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'kabinet-pg-'))
  await chmod(directory, 0o755)
  made.push(directory)
  return join(directory, 'data')
}

async function using(postgres: EmbeddedPostgres, work: (postgres: EmbeddedPostgres) => Promise<void>) {
  try {
    await work(postgres)
  } finally {
    await postgres.stop()
  }
}

async function answer(connectionString: string, text: string): Promise<unknown> {
  const client = new Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

const answers = ({ connectionString }: EmbeddedPostgres) => answer(connectionString, 'select true').catch(() => false)

async function postmasterOf(dataDirectory: string): Promise<number> {
  return (await readPostmasterPid(clusterOf(dataDirectory)))?.pid ?? 0
}

async function until(condition: () => Promise<unknown>) {
  const deadline = Date.now() + 15_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not happen in time')
    await delay(10)
  }
}

/** The shells that wait for the end of the program to stop the server with this number. */
async function guardsOf(postmaster: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return pids.filter((_, at) => commands[at]?.endsWith(`sh\0${postmaster}\0`)).map(Number)
}

type Program = ChildProcess & { started: Promise<void>; said: string }

/** A program that runs the database until it is told to stop, in a process of its own. */
function program(dataDirectory: string, user: { uid?: number; gid?: number } = {}): Program {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    try {
      const postgres = await startEmbeddedPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)}, fsync: false })
      process.on('SIGTERM', () => postgres.stop().then(() => process.exit(0)))
      console.log('started')
      setInterval(() => {}, 1000)
    } catch (error) {
      console.error(error.message)
      process.exit(error.exitCode)
    }`
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code], {
    ...user,
    cwd: '/',
    env: { PATH: process.env.PATH, HOME: tmpdir() },
  })
  const running: Program = Object.assign(child, { started: Promise.resolve(), said: '' })
  child.stderr.on('data', (chunk) => {
    running.said += chunk
  })
  running.started = Promise.race([
    once(child.stdout, 'data').then(() => {}),
    once(child, 'exit').then(() => Promise.reject(new Error(running.said))),
  ])
  running.started.catch(() => {})
  return running
}
