import { join } from 'node:path'
import { startServer } from './load.ts'
import type { BenchStand } from './stand.ts'

const root = new URL('../', import.meta.url).pathname
const owner = { login: 'ds14@verhneozersk.example', password: 'Stend-2027!' }
const reader = { login: 'uo@verhneozersk.example', password: 'Stend-2027!' }
const seconds = 15
const wrongPerSecond = 200

export type Storm = {
  name: string
  /** Of the owner's sign-ins, from the browser that has signed in before. */
  owner: { tried: number; failed: number; p95: number }
  /** Of pages that others read meanwhile. */
  others: { tried: number; failed: number; p95: number }
  /** What the wrong sign-ins were answered. */
  answers: Record<string, number>
}

/**
 * Two hundred wrong sign-ins a second, from one address, from many at one login, and from many at many logins: does the
 * owner still come in, and do others still get their pages, as quickly as when all is quiet?
 */
export async function benchStorm(stand: BenchStand): Promise<Storm[]> {
  const server = await startServer(join(root, 'dist/server/main.js'), {
    DATABASE_URL: stand.connectionString,
    DATA_DIR: stand.dataDirectory,
    TRUST_PROXY: 'yes',
  })
  try {
    const storm = async (name: string, guess: ((count: number) => Guess) | undefined) => {
      await stand.pool.query('delete from rate_limits')
      return measured(name, server.address, guess)
    }
    await storm('warming up', undefined)
    return [
      await storm('quiet', undefined),
      await storm('one address', () => ({ from: '198.51.100.1', login: owner.login })),
      await storm('many addresses, one login', (count) => ({ from: addressOf(count), login: owner.login })),
      await storm('many addresses, many logins', (count) => ({
        from: addressOf(count),
        login: `nikogo${count}@verhneozersk.example`,
      })),
    ]
  } finally {
    await server.stop()
  }
}

type Guess = { from: string; login: string }

const addressOf = (count: number): string => `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`

async function measured(name: string, address: string, guess: ((count: number) => Guess) | undefined): Promise<Storm> {
  const browser = await firstSignIn(address, owner, '192.0.2.10')
  const cookie = await firstSignIn(address, reader, '192.0.2.11')
  const until = performance.now() + seconds * 1000
  const answers: Record<string, number> = {}
  const [ownerTimes, otherTimes] = await Promise.all([
    again(until, 500, async () => (await signIn(address, owner, '192.0.2.10', browser)).status === 201),
    again(until, 100, async () => (await fetch(`${address}/cabinet`, { headers: { cookie } })).status === 200),
    guess ? pour(until, address, guess, answers) : undefined,
  ])
  return { name, owner: told(ownerTimes), others: told(otherTimes), answers }
}

/** So many a second whatever becomes of them, as an attacker does: nobody waits for the answer before the next. */
async function pour(
  until: number,
  address: string,
  guess: (count: number) => Guess,
  answers: Record<string, number>,
): Promise<void> {
  const sent: Promise<void>[] = []
  const started = performance.now()
  for (let count = 0; performance.now() < until; count += 1) {
    const early = started + (count * 1000) / wrongPerSecond - performance.now()
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
    const { from, login } = guess(count)
    const answered = signIn(address, { login, password: 'Ne-Tot-1!' }, from)
      .then(({ status }) => String(status))
      .catch(() => 'no answer')
    sent.push(
      answered.then((status) => {
        answers[status] = (answers[status] ?? 0) + 1
      }),
    )
  }
  await Promise.all(sent)
}

type Times = { times: number[]; failed: number }

/** One after the other, with a pause; a failure counts with its time. */
async function again(until: number, pause: number, deed: () => Promise<boolean>): Promise<Times> {
  const all: Times = { times: [], failed: 0 }
  while (performance.now() < until) {
    const started = performance.now()
    const good = await deed().catch(() => false)
    all.times.push(performance.now() - started)
    if (!good) all.failed += 1
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return all
}

function told({ times, failed }: Times) {
  const sorted = times.toSorted((one, other) => one - other)
  return { tried: times.length, failed, p95: Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0) }
}

const signIn = (address: string, who: { login: string; password: string }, from: string, cookie = '') =>
  fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(who),
  })

async function firstSignIn(address: string, who: typeof owner, from: string): Promise<string> {
  const reply = await signIn(address, who, from)
  if (!reply.ok) throw new Error(`sign-in: ${reply.status}`)
  return reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
