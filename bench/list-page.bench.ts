import { join } from 'node:path'
import { load, signedInCookie, startServer } from './load.ts'
import { compared, type Measurement, type Rate } from './measure.ts'
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
    const ofOurs = (seconds: number) => load(page, seconds, [ours.process, stand.postgres])
    const ofBare = (seconds: number) => load(list, seconds, [bare.process, stand.postgres])
    // Until V8 has compiled what is hot: a page takes a third of the time of the first ones after some thousands.
    await ofOurs(12)
    await ofBare(3)
    const figures = { ours: [] as Rate[], baseline: [] as Rate[] }
    for (let round = 0; round < 5; round += 1) {
      figures.ours.push(await ofOurs(4))
      figures.baseline.push(await ofBare(4))
    }
    const aim = '≥ 0.5 of a bare handler with one SQL query'
    return [compared('signed-in list page', 'pages/s', aim, figures.ours, figures.baseline)]
  } finally {
    await ours.stop()
    await bare.stop()
  }
}
