import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { compileForm, reportValues } from '../engine/index.ts'
import { readReport, readTemplate } from '../engine/xml.ts'
import { cpuTime } from './cpu.ts'
import { startServer } from './load.ts'
import type { BenchStand } from './stand.ts'

const root = new URL('../', import.meta.url).pathname
const people = 200
const seconds = 60
/** Between two saves of one person, in milliseconds, on the average: the grid saves at every pause. */
const pause = 2000

export type Deadline = {
  name: string
  saves: { count: number; median: number; p99: number }
  sendings: { count: number; median: number; p99: number }
  /** Answers other than 2xx, by status. */
  errors: Record<string, number>
  /** Of the processor time of program and database together, that of the database. */
  shareOfDatabase: number
  /** Of the program at the end, in megabytes. */
  memory: number
}

/**
 * The last minute of a deadline: each of two hundred people fills in the report of its own organisation, cell after cell,
 * and sends it in the second half; the load itself runs on the same processors.
 */
export async function benchDeadline(stand: BenchStand): Promise<Deadline> {
  const reports = await plantClerks(stand)
  const server = await startServer(join(root, 'dist/server/main.js'), {
    DATABASE_URL: stand.connectionString,
    DATA_DIR: stand.dataDirectory,
    TRUST_PROXY: 'yes',
  })
  try {
    const clerks = await signedIn(server.address, reports)
    const filled = sample()
    for (const clerk of clerks) await clerk('PATCH', 'cells', { changes: filled })
    const before = { program: cpuTime(server.process), database: cpuTime(stand.postgres) }
    const tally: Tally = { saves: [], sendings: [], errors: {} }
    const until = performance.now() + seconds * 1000
    await Promise.all(clerks.map((clerk) => lastMinute(clerk, until, tally)))
    const program = cpuTime(server.process) - before.program
    const database = cpuTime(stand.postgres) - before.database
    return {
      name: `${people} people save and send for ${seconds} s`,
      saves: told(tally.saves),
      sendings: told(tally.sendings),
      errors: tally.errors,
      shareOfDatabase: database / (program + database),
      memory: residentMegabytes(server.process),
    }
  } finally {
    await server.stop()
  }
}

type Clerk = (method: string, what: string, body: unknown) => Promise<Response>
type Tally = { saves: number[]; sendings: number[]; errors: Record<string, number> }

/** Rows 703–710 of the sample, of which a change keeps the controls whole: girls among foreigners are not counted twice. */
const cell = '7/709/5'

async function lastMinute(clerk: Clerk, until: number, tally: Tally): Promise<void> {
  const sendsAt = until - Math.random() * seconds * 500
  await sleep(Math.random() * pause)
  for (let count = 0; performance.now() < Math.min(until, sendsAt); count += 1) {
    await timed(tally.saves, tally, () => clerk('PATCH', 'cells', { changes: { [cell]: String(count % 2) } }))
    await sleep(pause * (0.5 + Math.random()))
  }
  await timed(tally.sendings, tally, () => clerk('PUT', 'sending', {}))
}

async function timed(times: number[], { errors }: Tally, deed: () => Promise<Response>): Promise<void> {
  const started = performance.now()
  const status = await deed().then(
    async (reply) => {
      const text = await reply.text()
      return reply.ok ? undefined : `${reply.status} ${text.slice(0, 120)}`
    },
    () => 'no answer',
  )
  times.push(performance.now() - started)
  if (status) errors[status] = (errors[status] ?? 0) + 1
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** One person for each of so many kindergartens, with the password of the stand. Returns the reports by login. */
async function plantClerks({ db }: BenchStand): Promise<Map<string, string>> {
  const { rows } = await sql<{ email: string; report: string }>`
    with clerk as (select * from accounts where email = 'ds14@verhneozersk.example'),
    campaign as (
      select c.id from campaigns c join form_versions v on v.id = c.form_version_id join forms f on f.id = v.form_id
      where f.cipher = '85-К' order by c.year desc limit 1),
    given as (
      select o.id as organisation, uuidv7() as report, uuidv7() as account,
        'last.minute.' || row_number() over (order by o.id) || '@verhneozersk.example' as email
      from organisations o
      where o.kind = 'preschool'
        and not exists (select from reports r, campaign c where r.organisation_id = o.id and r.campaign_id = c.id)
      limit ${people}),
    asked as (
      insert into reports (id, campaign_id, organisation_id)
      select given.report, campaign.id, given.organisation from given, campaign
      returning id),
    opened as (
      insert into accounts (id, surname, name, patronymic, position, email, email_confirmed_at, password_hash,
        password_changed_at, audience, approved_at)
      select given.account, clerk.surname, clerk.name, clerk.patronymic, clerk.position, given.email, now(),
        clerk.password_hash, clerk.password_changed_at, clerk.audience, clerk.approved_at from given, clerk
      returning id),
    agreed as (
      insert into consents (id, account_id, version)
      select uuidv7(), opened.id, (select version from consents order by given_at desc limit 1) from opened
      returning id),
    attached as (
      insert into memberships (id, account_id, organisation_id, role, starts_on)
      select uuidv7(), account, organisation, 'responsible', current_date - 1 from given
      returning id)
    select given.email, given.report from given, (select count(*) from asked) a, (select count(*) from agreed) b,
      (select count(*) from attached) c`.execute(db)
  return new Map(rows.map(({ email, report }) => [email, report]))
}

async function signedIn(address: string, reports: ReadonlyMap<string, string>): Promise<Clerk[]> {
  const clerks: Clerk[] = []
  for (const [login, report] of reports) {
    const from = `10.1.${clerks.length >> 8}.${clerks.length & 255}`
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': from }
    const reply = await fetch(`${address}/api/v1/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ login, password: 'Stend-2027!' }),
    })
    if (!reply.ok) throw new Error(`sign-in: ${reply.status} ${await reply.text()}`)
    const cookie = reply.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    clerks.push((method, what, body) =>
      fetch(`${address}/api/v1/reports/${report}/${what}`, {
        method,
        headers: { ...headers, cookie },
        body: JSON.stringify(body),
      }),
    )
  }
  return clerks
}

/** A whole report of the reference form that passes its checks. */
function sample(): Record<string, string> {
  const read = (file: string) => readFileSync(join(root, 'reference/forms', file))
  const template = readTemplate(read('85-k.xml'))
  const report = readReport(read('samples/85-k-2026.xml'))
  if (!template.ok || !report.ok) throw new Error('The reference form cannot be read')
  return reportValues(compileForm(template.template), report.report)
}

function told(times: number[]) {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (part: number) => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0)
  return { count: times.length, median: at(0.5), p99: at(0.99) }
}

function residentMegabytes(process: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
