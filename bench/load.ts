import { type ChildProcess, spawn } from 'node:child_process'
import autocannon from 'autocannon'
import { freePort } from '../test/journeys/support/program.ts'
import { cpuTime } from './cpu.ts'
import type { Rate } from './measure.ts'

export type Server = { address: string; process: number; stop: () => Promise<void> }

/** Starts a server as a process of its own and waits until it answers `/health/ready`. */
export async function startServer(script: string, environment: Record<string, string>): Promise<Server> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [script], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      BASE_URL: address,
      LOG_LEVEL: 'error',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await answering(`${address}/health/ready`, child)
  return { address, process: child.pid ?? 0, stop: () => ended(child) }
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let look = 0; look < 600 && child.exitCode === null; look += 1) {
    if (
      await fetch(url).then(
        (reply) => reply.ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${url} does not answer`)
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })

/**
 * Calls for so many seconds, one after the other on each connection. An answer other than 2xx is a failure of the
 * measurement.
 * @param processes those that do the work
 */
export async function load(
  options: Pick<autocannon.Options, 'url' | 'headers' | 'requests' | 'connections'>,
  seconds: number,
  processes: number[],
): Promise<Rate> {
  const used = () => processes.reduce((sum, process) => sum + cpuTime(process), 0)
  const before = used()
  const result = await autocannon({ ...options, duration: seconds })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${options.url}: ${result.non2xx} refused, ${result.errors} broken`)
  return { perSecond: result.requests.average, cpuEach: (used() - before) / result.requests.total }
}

export async function signedInCookie(address: string, login: string): Promise<string> {
  const reply = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: 'Stend-2027!' }),
  })
  if (!reply.ok) throw new Error(`sign-in: ${reply.status}`)
  return reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
