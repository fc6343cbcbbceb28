import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { createApp } from '../server/app.tsx'
import { openMetrics } from '../server/kernel/health/index.ts'
import { openLog } from '../server/kernel/log.ts'
import { readSettings } from '../server/kernel/settings.ts'
import { ApiClient } from '../test/support/clients.ts'
import { inTurns, type Measurement } from './measure.ts'
import type { BenchStand } from './stand.ts'

const sections = 10
const rows = 100
const columns = 20

/** Saving 20,000 cells through the API (validation, merge, history, journal) against one raw `unnest` upsert of them. */
export async function benchSaving(stand: BenchStand): Promise<Measurement[]> {
  const settings = readSettings({ DATA_DIR: stand.dataDirectory, LOG_LEVEL: 'error', BASE_URL: 'http://localhost' })
  const app = createApp({
    settings,
    db: stand.db,
    assets: { address: (name) => name, mount: () => undefined },
    log: openLog('error'),
    metrics: openMetrics(stand.pool, async () => 0),
  })
  const admin = new ApiClient(app, { login: 'admin@kabinet.example', password: 'Stend-2027!' })
  const clerk = new ApiClient(app, { login: 'ds14@verhneozersk.example', password: 'Stend-2027!' })
  const published = await admin.post('/forms', { xml: bigTemplate() })
  const deadline = new Date(Date.now() + 86_400_000).toISOString()
  await admin.post('/campaigns', { form: published.body.form.id, year: 2026, deadline, organisationKind: 'preschool' })
  const list = await clerk.get('/reports?form=bench')
  const report: string = list.body.reports[0].id

  let round = 0
  const ours = async () => {
    round += 1
    const reply = await clerk.patch(`/reports/${report}/cells`, { changes: values(round), source: 'paste' })
    if (reply.status !== 200 || reply.body.saved !== sections * rows * columns)
      throw new Error(`saving: ${reply.status} ${reply.body.saved}`)
  }
  const baseline = async () => {
    const entries = Object.entries(values(round))
    await sql`
      insert into report_cells (report_id, cell, value)
      select ${rawReport}::uuid, cell, value
      from unnest(${entries.map(([cell]) => cell)}::text[], ${entries.map(([, value]) => value)}::text[]) as given (cell, value)
      on conflict (report_id, cell) do update set value = excluded.value`.execute(stand.db)
  }
  const rawReport = await anotherReport(stand, report)
  const times = await inTurns(9, 2, ours, baseline)
  return [
    {
      name: 'saving 20,000 cells',
      unit: 'ms',
      ours: times.ours,
      baseline: times.baseline,
      ratio: times.baseline / times.ours,
      aim: '≥ 0.5, that is ≤ 2× the time of one raw unnest upsert',
    },
  ]
}

async function anotherReport({ db }: BenchStand, report: string): Promise<string> {
  const { rows: found } = await sql<{
    id: string
  }>`select id from reports where id <> ${report} and state = 'draft' limit 1`.execute(db)
  return found[0]?.id ?? randomUUID()
}

function values(round: number): Record<string, string> {
  const cells: Record<string, string> = {}
  for (let section = 1; section <= sections; section += 1)
    for (let row = 1; row <= rows; row += 1)
      for (let column = 3; column < 3 + columns; column += 1)
        cells[`${section}/${row}/${column}`] = String((round * 7 + row * column) % 100_000)
  return cells
}

function bigTemplate(): string {
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
  const section = (code: number) => `
    <section code="${code}" name="Раздел ${code}" nb="${code}">
      <columns>
        <column code="1" name="Показатель" type="B"/><column code="2" name="№" type="B"/>
        ${numbers(3, columns)
          .map(
            (column) =>
              `<column code="${column}" name="Графа ${column}" type="Z"><default-cell column="${column}" inputType="2" format="N(9,0)"/></column>`,
          )
          .join('')}
      </columns>
      <rows>${numbers(1, rows)
        .map((row) => `<row code="${row}" name="Строка ${row}" type="F"/>`)
        .join('')}</rows>
    </section>`
  return `<?xml version="1.0" encoding="utf-8"?>
    <metaForm code="bench" OKUD="9999999" shifr="bench" name="Большая форма" idp="1" idf="1" obj="okpo" format-version="1.3" version="01-01-2026">
      <title><item field="okpo" name="ОКПО"/></title>
      <sections>${numbers(1, sections).map(section).join('')}</sections>
      <controls/>
    </metaForm>`
}
