import { join } from 'node:path'
import { perSecond, signedInCookie, startServer } from './load.ts'
import { type Measurement, median } from './measure.ts'
import type { BenchStand } from './stand.ts'

const root = new URL('../', import.meta.url).pathname

/** A supervisor's list of reports (fifty rows of a thousand) as a whole signed-in page, against a bare handler's JSON. */
export async function benchListPage(stand: BenchStand): Promise<Measurement[]> {
  const environment = { DATABASE_URL: stand.connectionString, DATA_DIR: stand.dataDirectory }
  const ours = await startServer(join(root, 'dist/server/main.js'), environment)
  const bare = await startServer(join(root, 'bench/bare-server.ts'), environment)
  try {
    const cookie = await signedInCookie(ours.address, 'uo@verhneozersk.example')
    const page = { url: `${ours.address}/reports`, headers: { cookie }, connections: 8 }
    const list = { url: `${bare.address}/list`, connections: 8 }
    const figures = { ours: [] as number[], baseline: [] as number[] }
    await perSecond(page, 3)
    await perSecond(list, 3)
    for (let round = 0; round < 3; round += 1) {
      figures.ours.push(await perSecond(page, 4))
      figures.baseline.push(await perSecond(list, 4))
    }
    const [one, other] = [median(figures.ours), median(figures.baseline)]
    return [
      {
        name: 'signed-in list page',
        unit: 'pages/s',
        ours: one,
        baseline: other,
        ratio: one / other,
        aim: '≥ 0.5 of a bare handler with one SQL query',
      },
    ]
  } finally {
    await ours.stop()
    await bare.stop()
  }
}
