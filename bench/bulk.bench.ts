/**
 * A million values of a thousand reports in one call of the API, each line read, held against its form, saved with
 * history and answered, against one raw COPY of as many rows into the same table from a file of the database's machine.
 */
import { createWriteStream, readFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { randomUUIDv7 } from '../server/kernel/db/index.ts'
import { cpuTime } from './cpu.ts'
import { signedInCookie, startServer } from './load.ts'
import type { Measurement } from './measure.ts'
import type { BenchStand } from './stand.ts'

const [sections, rows, columns] = [5, 20, 10]
const reports = 1000
const code = 'bulk'
const root = new URL('../', import.meta.url).pathname

type Target = { id: string; organisation: string }

export async function benchBulk(stand: BenchStand): Promise<Measurement[]> {
  const server = await startServer(join(root, 'dist/server/main.js'), {
    DATABASE_URL: stand.connectionString,
    DATA_DIR: stand.dataDirectory,
  })
  try {
    await publish(server.address)
    const cookie = await signedInCookie(server.address, 'ds14@verhneozersk.example')
    await mayFillAll(stand)
    const copied = await plantReports(stand, 2026)
    const imported = await plantReports(stand, 2027)
    await sql`analyze`.execute(stand.db)
    const used = () => cpuTime(server.process) + cpuTime(stand.postgres)
    const atStart = used()
    const baseline = await copy(stand, copied)
    const afterCopy = used()
    const atRest = memoryOf(server.process)
    const ours = await timed(() => send(server.address, cookie, imported))
    const memory = memoryOf(server.process)
    const cpu = { ours: used() - afterCopy, baseline: afterCopy - atStart }
    console.log(
      `bulk import: ${(ours / 1000).toFixed(1)} s, copy ${(baseline / 1000).toFixed(1)} s; peak of the process ${memory} MB, ${atRest} MB before it`,
    )
    return [
      {
        name: 'bulk import of 1,000,000 values',
        unit: 's',
        ours: ours / 1000,
        baseline: baseline / 1000,
        ratio: baseline / ours,
        cpu: { ...cpu, ratio: cpu.baseline / cpu.ours },
        aim: '≥ 0.25, that is ≤ 4× the time of one raw COPY',
      },
    ]
  } finally {
    await server.stop()
  }
}

async function timed(run: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}

/** The most that it has held, in megabytes. */
const memoryOf = (process: number): number =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1] ?? 0) / 1024)

async function publish(address: string): Promise<void> {
  const cookie = await signedInCookie(address, 'admin@kabinet.example')
  const reply = await fetch(`${address}/api/v1/forms`, {
    method: 'POST',
    body: JSON.stringify({ xml: template() }),
    headers: { cookie, 'content-type': 'application/json', origin: address },
  })
  if (!reply.ok) throw new Error(`publishing: ${reply.status} ${await reply.text()}`)
}

/** One who answers for all the institutions of the municipality. */
const mayFillAll = ({ db }: BenchStand) =>
  sql`
    insert into grants (id, account_id, role, scope, organisation_id)
    select ${randomUUIDv7()}::uuid, a.id, 'responsible', 'subtree',
      (select id from organisations where level = 'municipality' order by id limit 1)
    from accounts a where a.email = 'ds14@verhneozersk.example'`.execute(db)

async function plantReports({ db }: BenchStand, year: number): Promise<Target[]> {
  const campaign = randomUUIDv7()
  await sql`
    insert into campaigns (id, form_version_id, year, title, deadline, audience, opened_at)
    select ${campaign}::uuid, v.id, ${year}, ${`${year} год`}, now() + interval '1 day',
      '{"rules": [], "also": [], "except": []}'::jsonb, now()
    from form_versions v join forms f on f.id = v.form_id where f.code = ${code}`.execute(db)
  const planted = await sql<Target>`
    with chosen as (select id from organisations where level = 'institution' and short_name like '%Берёзка%' limit ${reports})
    insert into reports (id, campaign_id, organisation_id) select uuidv7(), ${campaign}::uuid, id from chosen
    returning id, organisation_id as organisation`.execute(db)
  return planted.rows
}

function* cells(): Generator<string> {
  for (let section = 1; section <= sections; section += 1)
    for (let row = 1; row <= rows; row += 1)
      for (let column = 3; column < 3 + columns; column += 1) yield `${section}/${row}/${column}`
}

async function copy({ db, dataDirectory }: BenchStand, targets: readonly Target[]): Promise<number> {
  const path = join(dataDirectory, 'values.txt')
  const file = createWriteStream(path)
  for (const { id } of targets) {
    let number = 0
    let text = ''
    for (const cell of cells()) {
      number += 1
      text += `${id}\t${cell}\t${number * 7}\n`
    }
    file.write(text)
  }
  await new Promise((resolve) => file.end(() => resolve(undefined)))
  await chmod(dataDirectory, 0o755)
  await chmod(path, 0o644)
  return timed(async () => {
    await sql`copy report_cells (report_id, cell, value) from ${sql.lit(path)}`.execute(db)
  })
}

async function send(address: string, cookie: string, targets: readonly Target[]): Promise<void> {
  const encoder = new TextEncoder()
  async function* lines() {
    for (const { organisation } of targets) {
      const head = `{"organisation":"${organisation}","form":"${code}","period":"2027","cell":"`
      let number = 0
      let text = ''
      for (const cell of cells()) {
        number += 1
        text += `${head}${cell}","value":${number * 7}}\n`
      }
      yield encoder.encode(text)
    }
  }
  const reply = await fetch(`${address}/api/v1/values`, {
    method: 'POST',
    // as: the same stream under the name that the web standard gives it
    body: Readable.toWeb(Readable.from(lines(), { objectMode: false })) as ReadableStream<Uint8Array>,
    duplex: 'half',
    headers: { cookie, 'content-type': 'application/jsonl', origin: address, 'idempotency-key': crypto.randomUUID() },
  } as RequestInit) // as: a body that is a stream says so by a field that the type lacks
  if (!reply.ok || !reply.body) throw new Error(`bulk: ${reply.status} ${await reply.text()}`)
  let [count, rest] = [0, '']
  const decoder = new TextDecoder()
  for await (const chunk of reply.body) {
    const text = rest + decoder.decode(chunk, { stream: true })
    const end = text.lastIndexOf('\n') + 1
    count += text.slice(0, end).split('"state":"saved"').length - 1
    rest = text.slice(end)
  }
  const wanted = targets.length * sections * rows * columns
  if (count !== wanted) throw new Error(`bulk: ${count} of ${wanted} are saved`)
}

function template(): string {
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
  const section = (number: number) => `
    <section code="${number}" name="Раздел ${number}" nb="${number}">
      <columns><column code="1" name="Показатель" type="B"/><column code="2" name="№" type="B"/>${numbers(3, columns)
        .map(
          (column) =>
            `<column code="${column}" name="Графа ${column}" type="Z"><default-cell column="${column}" inputType="2" format="N(9,0)"/></column>`,
        )
        .join('')}</columns>
      <rows>${numbers(1, rows)
        .map((row) => `<row code="${row}" name="Строка ${row}" type="F"/>`)
        .join('')}</rows>
    </section>`
  return `<?xml version="1.0" encoding="utf-8"?>
    <metaForm code="${code}" OKUD="9999998" shifr="bulk" name="Форма для значений" idp="1" idf="1" obj="okpo" format-version="1.3" version="01-01-2026">
      <title><item field="okpo" name="ОКПО"/></title>
      <sections>${numbers(1, sections).map(section).join('')}</sections>
      <controls/>
    </metaForm>`
}
