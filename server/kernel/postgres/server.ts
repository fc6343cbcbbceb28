import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { readPostmasterPid } from './cluster.ts'
import { serverSettings } from './configuration.ts'
import { PostgresFailure } from './failure.ts'
import type { Place } from './place.ts'
import { phrases } from './postgres.phrases.ts'

/** One run of the server, from its readiness to its end. */
export type Server = {
  /** Settles when the process has ended, with why. */
  ended: Promise<string>
  /** Stops in order: open transactions are rolled back, everything is written. Within a minute at the latest by force. */
  stop(): Promise<void>
}

/** Recovery after a power cut reads the whole write-ahead log, on a slow disk for a while. */
const longestStartSeconds = 300

/** Starts PostgreSQL on a cluster and waits until it takes connections. */
export async function startServer(
  place: Place,
  native: string,
  fsync: boolean,
  log: (line: string) => void,
): Promise<Server> {
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', place.cluster, ...serverSettings(place, fsync)], {
    ...place.runAs,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own session: Ctrl+C in a terminal must reach the program first, which stops the server last.
    detached: true,
  })
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `код ${code}`))
  })
  if (child.pid) guard(place, child.pid, ended)
  const said = collectOutput(child, log)
  const outcome = await Promise.race([ended, becomesReady(place, child)])
  if (outcome !== 'ready') {
    child.kill('SIGQUIT')
    throw new PostgresFailure(phrases.startFailed([outcome, ...said].join(' ')))
  }

  keepLoopAlive(child, false)
  return { ended, stop: () => stopServer(child, ended) }
}

async function becomesReady({ cluster }: Place, child: ChildProcess): Promise<string> {
  const deadline = Date.now() + longestStartSeconds * 1000
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const state = await readPostmasterPid(cluster)
    if (state?.ready && state.pid === child.pid) return 'ready'
    await delay(10)
  }
  return phrases.startTooLong(longestStartSeconds)
}

/** Passes on what the server complains about; returns its last lines, which explain a failed start. */
function collectOutput(child: ChildProcess, log: (line: string) => void): string[] {
  const last: string[] = []
  if (!child.stderr) return last
  createInterface({ input: child.stderr }).on('line', (line) => {
    last.push(line)
    if (last.length > 5) last.shift()
    if (/^(FATAL|PANIC)/.test(line) && !/terminating|shutting down|starting up/.test(line)) log(`PostgreSQL: ${line}`)
  })
  return last
}

/**
 * Starts a tiny process that stops the server when the program ends without having done so, kill -9 included: the
 * system then closes the other end of its input.
 */
function guard({ runAs }: Place, pid: number, ended: Promise<string>) {
  const shell = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(pid)], {
    ...runAs,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // The next start settles what is left too, so a system without a shell only loses tidiness.
  shell.once('error', () => {})
  void ended.then(() => shell.kill('SIGKILL'))
  for (const held of [shell, shell.stdin]) changeHold(held, 'unref')
}

async function stopServer(child: ChildProcess, ended: Promise<string>) {
  keepLoopAlive(child, true)
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    child.kill(signal)
    const timeout = new AbortController()
    const outcome = await Promise.race([ended, delay(20_000, 'late', { signal: timeout.signal }).catch(() => 'ended')])
    timeout.abort()
    if (outcome !== 'late') return
  }
}

/** A running server does not keep a program from ending that has nothing else to do; stopping it is waited for. */
function keepLoopAlive(child: ChildProcess, alive: boolean) {
  for (const held of [child, child.stderr]) changeHold(held, alive ? 'ref' : 'unref')
}

/** The streams of a child are sockets, which can be let go of, though their type does not say so. */
function changeHold(held: unknown, change: 'ref' | 'unref') {
  if (typeof held !== 'object' || held === null) return
  const method: unknown = Reflect.get(held, change)
  if (typeof method === 'function') method.call(held)
}
