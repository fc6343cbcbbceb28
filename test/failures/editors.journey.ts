/**
 * Fifty people type into one report for a minute; in the middle of it the program is killed, later its database. No cell
 * that was acknowledged may be lost, and the history of each must be whole and in order. Ten of them look on as well, as
 * an open page does: what they were told is what the history says.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmbeddedPostgres } from '../../server/kernel/postgres/index.ts'
import { type Caller, findReport, signedIn } from '../journeys/support/calls.ts'
import { freePort, type Program, startProgram } from '../journeys/support/program.ts'
import { postmasterOf, untilBack } from './support.ts'

const editors = 50
const lookers = 10
const seconds = Number(process.env.EDITING_SECONDS ?? 60)
const logins = ['ds14@verhneozersk.example', 'ds14.deloproizvodstvo@verhneozersk.example']

let kept: { dataDirectory: string; port: number }
let program: Program
beforeAll(async () => {
  kept = { dataDirectory: mkdtempSync(join(tmpdir(), 'kabinet-editors-')), port: await freePort() }
  program = await startProgram({}, kept)
}, 90_000)
afterAll(async () => {
  await program.stop()
  rmSync(kept.dataDirectory, { recursive: true, force: true })
})

/** Cells of section 7 that are entered: rows 703–710, columns 4–11. */
const cells = Array.from({ length: 64 }, (_, index) => `7/${703 + (index % 8)}/${4 + Math.floor(index / 8)}`)

type Saved = { cell: string; value: string; version: number }
const acknowledged: Saved[] = []
let counter = 0

/** Types on until the end; what a dead program does not answer was not acknowledged. */
async function type(person: Caller, report: string, until: number): Promise<void> {
  while (performance.now() < until) {
    counter += 1
    const cell = cells[Math.floor(Math.random() * cells.length)] ?? ''
    const value = String(counter)
    const reply = await person
      .call('PATCH', `/reports/${report}/cells`, { changes: { [cell]: value } })
      .catch(() => undefined)
    // A closed cell («х») among them is refused by itself.
    if (reply?.status === 200 && reply.body.saved === 1) acknowledged.push({ cell, value, version: reply.body.version })
    else if (reply && reply.status !== 200 && reply.status < 500)
      throw new Error(`saving: ${reply.status} ${JSON.stringify(reply.body)}`)
    await pause(reply ? 100 + Math.random() * 200 : 500)
  }
}

type Told = { since: number; version: number; cells: Record<string, string | null> }
const told: Told[] = []
const peopleSeen = new Set<string>()

/** Asks what is new since the version that is known, and says where they stand, until the end. */
async function lookOn(person: Caller, report: string, until: number): Promise<void> {
  let since = 0
  while (performance.now() < until) {
    await person.call('PUT', `/reports/${report}/presence`, { section: '7', cell: cells[0] }).catch(() => undefined)
    const news = await person.call('GET', `/reports/${report}/changes?since=${since}`).catch(() => undefined)
    if (news?.status === 200) {
      const { version, cells: changed, people } = news.body
      told.push({ since, version, cells: changed })
      for (const { name } of people) peopleSeen.add(name)
      since = version
    } else if (news && news.status < 500) throw new Error(`looking on: ${news.status} ${JSON.stringify(news.body)}`)
    await pause(1_000)
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

async function killOnTheWay(): Promise<void> {
  await pause(seconds * 350)
  const gone = new Promise((resolve) => program.process.once('exit', resolve))
  program.process.kill('SIGKILL')
  await gone
  program = await startProgram({}, kept)
  await pause(seconds * 250)
  const database = postmasterOf(program.process.pid ?? 0)
  if (database === undefined) throw new Error('The program has no database')
  process.kill(database, 'SIGKILL')
  await untilBack(program)
}

type Change = { number: number; cells: string[]; old_values: (string | null)[]; new_values: (string | null)[] }

async function readStored(report: string): Promise<{ changes: Change[]; values: Map<string, string> }> {
  const embedded = await openEmbeddedPostgres({ dataDirectory: kept.dataDirectory, purpose: 'a journey' })
  const client = new pg.Client({ connectionString: embedded.connectionString })
  try {
    await client.connect()
    const changes = await client.query<Change>(
      'select number, cells, old_values, new_values from report_changes where report_id = $1 order by number',
      [report],
    )
    const values = await client.query<{ cell: string; value: string }>(
      'select cell, value from report_cells where report_id = $1',
      [report],
    )
    return { changes: changes.rows, values: new Map(values.rows.map(({ cell, value }) => [cell, value])) }
  } finally {
    await client.end()
    await embedded.stop()
  }
}

/** What each cell changed after the one version had by the other. */
function latestBetween(changes: readonly Change[], { since, version }: Pick<Told, 'since' | 'version'>): Told['cells'] {
  const latest: Told['cells'] = {}
  for (const change of changes) {
    if (change.number <= since || change.number > version) continue
    change.cells.forEach((cell, index) => {
      latest[cell] = change.new_values[index] ?? null
    })
  }
  return latest
}

it('X5 E9 fifty people type into one report, the program and its database die: nothing acknowledged is lost', {
  timeout: 240_000,
}, async () => {
  const people = await Promise.all(logins.map((login) => signedIn(program.address, login)))
  const [first] = people
  if (!first) throw new Error('Nobody is there')
  const report = (await findReport(first, 'Ромашка')).id
  const until = performance.now() + seconds * 1000
  const typing = Array.from({ length: editors }, (_, index) =>
    type(people[index % people.length] ?? first, report, until),
  )
  const looking = Array.from({ length: lookers }, (_, index) =>
    lookOn(people[index % people.length] ?? first, report, until),
  )
  await Promise.all([...typing, ...looking, killOnTheWay()])
  await program.stop()

  const { changes, values } = await readStored(report)
  expect(acknowledged.length).toBeGreaterThan(seconds * 10)
  const versions = changes.map(({ number }) => number)
  expect(new Set(versions).size).toBe(versions.length)

  const byVersion = new Map(changes.map((change) => [change.number, change]))
  const lost = acknowledged.filter(({ cell, value, version }) => {
    const change = byVersion.get(version)
    return change?.new_values[change.cells.indexOf(cell)] !== value
  })
  expect(lost).toEqual([])

  expect(told.length).toBeGreaterThan((seconds * lookers) / 5)
  expect(peopleSeen.size).toBe(logins.length)
  expect(told.filter(({ since, version }) => version < since)).toEqual([])
  for (const news of told) expect(news.cells).toEqual(latestBetween(changes, news))

  const standing = new Map<string, string | null>()
  const broken: string[] = []
  for (const change of changes)
    change.cells.forEach((cell, index) => {
      const before = standing.get(cell)
      if (before !== undefined && before !== change.old_values[index]) broken.push(`${cell} in ${change.number}`)
      standing.set(cell, change.new_values[index] ?? null)
    })
  expect(broken).toEqual([])
  for (const [cell, value] of standing) expect(values.get(cell) ?? null, cell).toBe(value)
})
