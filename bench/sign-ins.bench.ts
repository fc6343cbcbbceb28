import { join } from 'node:path'
import { hash, verify } from '@node-rs/argon2'
import autocannon from 'autocannon'
import { startServer } from './load.ts'
import { type Measurement, median } from './measure.ts'
import type { BenchStand } from './stand.ts'

const root = new URL('../', import.meta.url).pathname
const password = 'Stend-2027!'
const seconds = 5
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
    const figures = { ours: [] as number[], baseline: [] as number[] }
    await signIns(server.address)
    for (let round = 0; round < 3; round += 1) {
      figures.ours.push(await signIns(server.address))
      figures.baseline.push(await verifications(encoded))
    }
    const [one, other] = [median(figures.ours), median(figures.baseline)]
    return [
      {
        name: 'sign-ins',
        unit: 'per s',
        ours: one,
        baseline: other,
        ratio: one / other,
        aim: '≥ 0.95 of raw argon2 verification',
      },
    ]
  } finally {
    await server.stop()
  }
}

const atOnce = 4
let counter = 0

/** Every call comes from another address: limits per address are not what is measured. */
async function signIns(address: string): Promise<number> {
  const result = await autocannon({
    url: `${address}/api/v1/session`,
    connections: atOnce,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          counter += 1
          const forwarded = `10.${(counter >> 16) & 255}.${(counter >> 8) & 255}.${counter & 255}`
          return {
            ...request,
            headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
            body: JSON.stringify({ login: people[counter % people.length], password }),
          }
        },
      },
    ],
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`sign-ins: ${result.non2xx} refused, ${result.errors} broken`)
  return result.requests.average
}

async function verifications(encoded: string): Promise<number> {
  const until = performance.now() + seconds * 1000
  let count = 0
  const one = async () => {
    while (performance.now() < until) {
      await verify(encoded, password)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return count / seconds
}
