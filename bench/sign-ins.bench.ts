import { join } from 'node:path'
import { hash, verify } from '@node-rs/argon2'
import type autocannon from 'autocannon'
import { load, startServer } from './load.ts'
import { compared, type Measurement, type Rate } from './measure.ts'
import type { BenchStand } from './stand.ts'

const root = new URL('../', import.meta.url).pathname
const password = 'Stend-2027!'
const seconds = 4
const people = [
  'admin@kabinet.example',
  'operator@svetlorechye.example',
  'uo@verhneozersk.example',
  'ds14@verhneozersk.example',
  'ds21@verhneozersk.example',
]

/** Sign-ins per second by the API, against nothing but argon2id verifications of the same strength, as many at a time. */
export async function benchSignIns(stand: BenchStand): Promise<Measurement[]> {
  const server = await startServer(join(root, 'dist/server/main.js'), {
    DATABASE_URL: stand.connectionString,
    DATA_DIR: stand.dataDirectory,
    TRUST_PROXY: 'yes',
  })
  try {
    const encoded = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
    const processes = [server.process, stand.postgres]
    await signIns(server.address, 10, processes) // until V8 has compiled what is hot
    const figures = { ours: [] as Rate[], baseline: [] as Rate[] }
    for (let round = 0; round < 5; round += 1) {
      figures.ours.push(await signIns(server.address, seconds, processes))
      figures.baseline.push(await verifications(encoded))
    }
    const aim = '≥ 0.95 of raw argon2 verification'
    return [compared('sign-ins', 'per s', aim, figures.ours, figures.baseline)]
  } finally {
    await server.stop()
  }
}

const atOnce = 4
let counter = 0

const signIns = (address: string, seconds: number, processes: number[]): Promise<Rate> =>
  load(
    {
      url: `${address}/api/v1/session`,
      connections: atOnce,
      requests: [{ method: 'POST', setupRequest: signInRequest }],
    },
    seconds,
    processes,
  )

/** Every call comes from another address: limits per address are not what is measured. */
function signInRequest(request: autocannon.Request): autocannon.Request {
  counter += 1
  const forwarded = `10.${(counter >> 16) & 255}.${(counter >> 8) & 255}.${counter & 255}`
  return {
    ...request,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
    body: JSON.stringify({ login: people[counter % people.length], password }),
  }
}

async function verifications(encoded: string): Promise<Rate> {
  const used = process.cpuUsage()
  const started = performance.now()
  let count = 0
  const one = async () => {
    while (performance.now() - started < seconds * 1000) {
      await verify(encoded, password)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  const { user, system } = process.cpuUsage(used)
  return { perSecond: (count / (performance.now() - started)) * 1000, cpuEach: (user + system) / 1000 / count }
}
