/** The built program with the stand, on a port and in a directory of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settingsTable } from '../../../server/kernel/settings.ts'

export type Program = {
  address: string
  dataDirectory: string
  process: ChildProcess
  /** What it has printed so far. */
  output: () => string
  stop: () => Promise<void>
}

const root = new URL('../../../', import.meta.url).pathname

/** @param environment settings beside PORT, BASE_URL and DATA_DIR */
export async function startProgram(
  environment: Record<string, string> = {},
  kept?: { dataDirectory: string; port: number },
): Promise<Program> {
  const port = kept?.port ?? (await freePort())
  const dataDirectory = kept?.dataDirectory ?? mkdtempSync(join(tmpdir(), 'kabinet-journey-'))
  const address = `http://localhost:${port}`
  const child = spawn(process.execPath, [join(root, 'bin/start.ts')], {
    cwd: root,
    env: {
      ...ownEnvironment(),
      PORT: String(port),
      BASE_URL: address,
      DATA_DIR: dataDirectory,
      LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const program: Program = {
    address,
    dataDirectory,
    process: child,
    output: () => output,
    stop: async () => {
      await ended(child)
      if (!kept) rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
  await untilReady(program)
  return program
}

/** Runs a command to its end: `bin/backup`, or a start that is to fail. */
export async function runCommand(
  command: 'start' | 'admin' | 'backup' | 'restore' | 'journal' | 'forms' | 'files',
  args: string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const entry = command === 'start' ? ['bin/start.ts'] : ['bin/run.ts', command]
  const child = spawn(process.execPath, [...entry, ...args], {
    cwd: root,
    env: { ...ownEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearTimeout(late)
  return { code, output }
}

/** What the tests themselves were started with must not become the program's settings. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const names = new Set<string>(settingsTable.map(({ name }) => name))
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.has(name) && name !== 'NODE_OPTIONS'))
}

async function untilReady(program: Program): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (program.process.exitCode !== null) break
    const ready = await fetch(`${program.address}/health/ready`).then(
      (reply) => reply.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The program did not start:\n${program.output()}`)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(late)
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port')),
      )
    })
  })
