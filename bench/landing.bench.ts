import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { load, type Server, signedInCookie, startServer } from './load.ts'
import { compared, type Measurement, type Rate } from './measure.ts'
import type { BenchStand } from './stand.ts'

const root = new URL('../', import.meta.url).pathname
const path = '/public/roadmaps/profstandarty'
const packed = { 'accept-encoding': 'gzip' }
const perSecond = 500
const runSeconds = 60
const twin = 'bench-landing-page.svg'

export type LandingRun = {
  name: string
  answered: number
  failed: number
  perSecond: number
  p99: number
  slowest: number
  /** What operators did meanwhile, through the API. */
  saved: number
  notSaved: number
  megabytes: number
}

/** The open page of a roadmap against a file of the same bytes, and while operators work. */
export async function benchLanding(stand: BenchStand): Promise<{ measurement: Measurement; run: LandingRun }> {
  const environment = { DATABASE_URL: stand.connectionString, DATA_DIR: stand.dataDirectory }
  const start = () => startServer(join(root, 'dist/server/main.js'), environment)
  const first = await start()
  const page = Buffer.from(await (await fetch(`${first.address}${path}`)).arrayBuffer())
  await first.stop()
  // The server reads its files when it starts.
  const file = join(root, 'dist/assets', twin)
  writeFileSync(file, page)
  const server = await start()
  try {
    const measurement = await againstFile(server, stand)
    return { measurement, run: await whileOperatorsWork(server) }
  } finally {
    await server.stop()
    rmSync(file)
  }
}

async function againstFile(server: Server, stand: BenchStand): Promise<Measurement> {
  const of = (address: string) => (seconds: number) =>
    load({ url: `${server.address}${address}`, headers: packed, connections: 16 }, seconds, [
      server.process,
      stand.postgres,
    ])
  const [ours, theirs] = [of(path), of(`/assets/${twin}`)]
  await ours(5)
  await theirs(5)
  const rates = { ours: [] as Rate[], baseline: [] as Rate[] }
  for (let round = 0; round < 5; round += 1) {
    rates.ours.push(await ours(4))
    rates.baseline.push(await theirs(4))
  }
  return compared('open page of a roadmap', 'pages/s', '≥ 0.3 of a file of the same bytes', rates.ours, rates.baseline)
}

/** Visitors choose this and that; what they see changes under them all the time. */
const visited = [
  path,
  `${path}?indicator=vovlecheno`,
  `${path}?indicator=obucheno&sort=name`,
  `${path}?view=tiles`,
  `${path}?view=table`,
  `${path}/regions/38`,
  `${path}/regions/00`,
  `${path}/embed`,
  `${path}/data.csv`,
]

async function whileOperatorsWork(server: Server): Promise<LandingRun> {
  const operator = await operatorAt(server.address)
  const until = performance.now() + runSeconds * 1000
  let memory = 0
  const watching = setInterval(() => {
    memory = Math.max(memory, memoryOf(server.process))
  }, 500)
  const saving = Promise.all([work(until, operator.report), work(until, operator.report)])
  const result = await autocannon({
    url: server.address,
    requests: visited.map((address) => ({ path: address, headers: packed })),
    connections: 32,
    overallRate: perSecond,
    duration: runSeconds,
  })
  const deeds = (await saving).flat()
  clearInterval(watching)
  return {
    name: `open pages, ${perSecond} a second for ${runSeconds} s while operators report`,
    answered: result.requests.total,
    failed: result.non2xx + result.errors + result.timeouts,
    perSecond: result.requests.average,
    p99: result.latency.p99,
    slowest: result.latency.max,
    saved: deeds.filter((good) => good).length,
    notSaved: deeds.filter((good) => !good).length,
    megabytes: Math.round(memory),
  }
}

/** One after the other, as people do, with a breath between. */
async function work(until: number, deed: () => Promise<boolean>): Promise<boolean[]> {
  const done: boolean[] = []
  while (performance.now() < until) {
    done.push(await deed())
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return done
}

async function operatorAt(address: string): Promise<{ report: () => Promise<boolean> }> {
  const cookie = await signedInCookie(address, 'operator@svetlorechye.example')
  const read = async (from: string) => (await fetch(`${address}/api/v1${from}`, { headers: { cookie } })).json()
  const { roadmaps } = await read('/roadmaps')
  const { measures } = await read(`/roadmaps/${roadmaps[0].id}/plan?region=00&whole=yes`)
  const going: { id: string }[] = measures.filter(({ state }: { state: string }) => state === 'going')
  let count = 0
  const report = async () => {
    count += 1
    const body = new FormData()
    body.set('text', `Работы идут, запись ${count}`)
    body.set('percent', String(count % 100))
    const reply = await fetch(`${address}/api/v1/measures/${going[count % going.length]?.id}/reports`, {
      method: 'POST',
      headers: { cookie, 'idempotency-key': `bench-${count}` },
      body,
    })
    await reply.arrayBuffer()
    return reply.status === 201
  }
  return { report }
}

/** Megabytes that a process holds, without those it has begun. NaN where there is no /proc. */
function memoryOf(process: number): number {
  if (!readdirSync('/proc').includes(String(process))) return Number.NaN
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1]) / 1024
}
