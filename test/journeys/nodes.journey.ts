/** X10: several nodes on one PostgreSQL and one store of files in S3; any of them may be killed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileStore, removeForgotten, s3Store } from '../../server/kernel/files/index.ts'
import { type Balancer, openBalancer } from '../support/balancer.ts'
import { type HoldingLink, openHoldingLink } from '../support/holding-link.ts'
import { type MailServer, mailServerAvailable, openMailServer, textOfLetter } from '../support/smtp.ts'
import { openSwift, type Swift, swiftAvailable } from '../support/swift.ts'
import { type Caller, findReport, signedIn } from './support/calls.ts'
import { type ForeignPostgres, startForeignPostgres } from './support/postgres.ts'
import { freePort, type Program, runCommand, startProgram } from './support/program.ts'

const clerkLogin = 'ds14@verhneozersk.example'
const directory = mkdtempSync(join(tmpdir(), 'kabinet-nodes-'))
const programs: Program[] = []

let postgres: ForeignPostgres | undefined
let swift: Swift | undefined
let mail: MailServer | undefined
let database: pg.Client
let store: FileStore
let link: HoldingLink
let balancer: Balancer
let one: Program
let other: Program

/** What every node is given alike. */
let shared: Record<string, string>

async function start(name: string, environment: Record<string, string>): Promise<Program> {
  const port = await freePort()
  const program = await startProgram(environment, { dataDirectory: join(directory, name), port })
  programs.push(program)
  return program
}

beforeAll(async () => {
  postgres = await startForeignPostgres()
  if (swiftAvailable()) swift = await openSwift()
  if (mailServerAvailable()) mail = await openMailServer()
  if (!postgres || !swift || !mail) return
  store = s3Store(swift.settings)
  shared = { DATABASE_URL: postgres.address, SECRET_KEY: 'f'.repeat(64), ...swift.environment }
  // The stand's people come into the database first; the nodes are of production, with a real server of letters.
  const planter = await start('planter', shared)
  await planter.stop()
  database = new pg.Client({ connectionString: postgres.address })
  await database.connect()
  await database.query(
    `insert into report_nudges (report_id) select id from reports where state in ('draft', 'refused')`,
  )

  link = await openHoldingLink(Number(new URL(swift.settings.endpoint).port))
  const production = {
    ...shared,
    KABINET_ENV: 'production',
    BASE_URL: 'http://localhost:1',
    MAIL_URL: mail.address,
    MAIL_FROM: 'Кабинет <kabinet@svetlorechye.example>',
  }
  // The one that will be killed reaches the store by a link that can be held still.
  const nodes = [
    start('one', { ...production, S3_ENDPOINT: `http://127.0.0.1:${link.port}` }),
    start('other', production),
  ]
  ;[one, other] = (await Promise.all(nodes)) as [Program, Program] // as: two were started
  balancer = await openBalancer([one.address, other.address])
}, 500_000)

afterAll(async () => {
  for (const program of programs) await program.stop()
  await balancer?.close()
  await link?.close()
  await database?.end()
  await mail?.remove()
  await swift?.remove()
  await postgres?.stop()
  rmSync(directory, { recursive: true, force: true })
})

const letter = (text: string) => Buffer.from(`%PDF-1.4\n${text.repeat(50_000)}%%EOF\n`)

async function attach(person: Caller, reportId: string, name: string, bytes: Buffer): Promise<number> {
  const form = new FormData()
  for (const [field, value] of Object.entries(await person.guardsOf(`/reports/${reportId}`))) form.set(field, value)
  form.set('file', new File([new Uint8Array(bytes)], name, { type: 'application/pdf' }))
  return (await person.send(`/reports/${reportId}/attachments`, { method: 'POST', body: form })).status
}

async function download(person: Caller, reportId: string, name: string): Promise<Buffer | undefined> {
  const { attachments } = (await person.call('GET', `/reports/${reportId}/attachments`)).body
  const found = attachments.find((attachment: { name: string }) => attachment.name === name)
  if (!found) return undefined
  const reply = await person.send(`/reports/${reportId}/attachments/${found.id}`)
  expect(reply.status).toBe(200)
  return Buffer.from(await reply.arrayBuffer())
}

async function bytesWithoutRow(): Promise<string[]> {
  const known = new Set((await database.query('select sha256 from files')).rows.map(({ sha256 }) => sha256))
  const found: string[] = []
  for await (const { sha256 } of store.list()) if (!known.has(sha256)) found.push(sha256)
  return found
}

async function rowsWithoutBytes(): Promise<string[]> {
  const { rows } = await database.query<{ sha256: string }>('select distinct sha256 from files')
  const found: string[] = []
  for (const { sha256 } of rows) if (!(await store.find(sha256))) found.push(sha256)
  return found
}

async function kill(program: Program): Promise<void> {
  const gone = new Promise((resolve) => program.process.once('exit', resolve))
  program.process.kill('SIGKILL')
  await gone
}

describe('two nodes behind a proxy', () => {
  it('X10 one session serves both, and what is attached on one is read on the other', async (context) => {
    if (!postgres || !swift || !mail) return context.skip('нет PostgreSQL, Swift или OpenSMTPD из пакетов Debian')
    // Each request goes to the other node than the one before: the form, its sending, the file.
    const clerk = await signedIn(balancer.address, clerkLogin)
    const { id } = await findReport(clerk, 'Ромашка')
    for (let request = 0; request < 4; request += 1) expect((await clerk.send('/cabinet')).status).toBe(200)
    expect(await attach(clerk, id, 'Приказ № 7.pdf', letter('Приказ'))).toBe(303)

    const colleague = 'ds14.deloproizvodstvo@verhneozersk.example'
    for (const node of [one, other]) {
      const person = await signedIn(node.address, colleague)
      expect((await download(person, id, 'Приказ № 7.pdf'))?.equals(letter('Приказ'))).toBe(true)
    }
    expect(await rowsWithoutBytes()).toEqual([])
    expect(await bytesWithoutRow()).toEqual([])
  })

  it('X10 reminders that both have found at once, and letters of both, go once', async (context) => {
    if (!mail) return context.skip('нет OpenSMTPD из пакетов Debian')
    const supervisor = await signedIn(balancer.address, 'uo@verhneozersk.example')
    const { id } = await findReport(supervisor, 'Журавушка')
    const reason = 'Проверка двух узлов'
    expect((await supervisor.call('PUT', `/reports/${id}/refusal`, { reason })).status).toBe(200)
    const post = mail
    const refusals = async () =>
      (await post.delivered('ds21')).filter((raw) => textOfLetter(raw).replaceAll('\u00a0', ' ').includes(reason))
    await expect.poll(async () => (await refusals()).length, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0)
    const waiting = async () => {
      const { rows } = await database.query(
        `select (select count(*) from letters where sent_at is null and failed_at is null and recipient like '%@verhneozersk.example')
          + (select count(*) from report_nudges where sent_at is null) as count`,
      )
      return Number(rows[0].count)
    }
    await expect.poll(waiting, { timeout: 60_000, interval: 500 }).toBe(0)

    const { rows } = await database.query<{ recipient: string; count: number }>(
      `select recipient, count(*)::int as count from letters where sent_at is not null and error is null
       and recipient = any($1) and created_at > (select min(asked_at) from report_nudges) group by recipient`,
      [[clerkLogin, 'ds21@verhneozersk.example']],
    )
    expect(rows).toHaveLength(2)
    for (const { recipient, count } of rows) {
      const [user = ''] = recipient.split('@')
      const letters = await mail.delivered(user, count)
      expect(letters.length, recipient).toBe(count)
      const ids = letters.map((raw) => /^message-id:\s*(\S+)/im.exec(raw)?.[1])
      expect(new Set(ids).size).toBe(count)
    }
    const told = await refusals()
    expect(told).toHaveLength(1)
  })

  it('X10 a node killed in the middle of an upload leaves no row without bytes', async (context) => {
    if (!swift || !mail) return context.skip('нет Swift или OpenSMTPD из пакетов Debian')
    const clerk = await signedIn(balancer.address, clerkLogin)
    const { id } = await findReport(clerk, 'Ромашка')
    balancer.steer(one.address)
    link.hold({ requestsAfter: 100_000 })
    const halfway = attach(clerk, id, 'Половина.pdf', letter('Половина'))
    await link.held()
    await kill(one)
    expect(await halfway).toBe(502)
    expect(await rowsWithoutBytes()).toEqual([])
    expect(await bytesWithoutRow()).toEqual([])

    // The neighbour goes on for whoever was at work on the killed one, in the same session.
    balancer.steer(undefined)
    expect(await download(clerk, id, 'Половина.pdf')).toBeUndefined()
    expect(await attach(clerk, id, 'Половина.pdf', letter('Половина'))).toBe(303)
    expect((await download(clerk, id, 'Половина.pdf'))?.equals(letter('Половина'))).toBe(true)
  })

  it('X10 killed between the bytes and the row it leaves bytes alone, which age clears away', async (context) => {
    if (!swift || !mail) return context.skip('нет Swift или OpenSMTPD из пакетов Debian')
    link.hold('nothing')
    const settings = { S3_ENDPOINT: `http://127.0.0.1:${link.port}`, BASE_URL: 'http://localhost:1' }
    one = await start('one-again', { ...shared, ...settings })
    const clerk = await signedIn(one.address, clerkLogin)
    const { id } = await findReport(clerk, 'Ромашка')
    link.hold('answers')
    const broken = attach(clerk, id, 'Без строки.pdf', letter('Без строки')).catch(() => 'broken')
    await link.held()
    await kill(one)
    expect(await broken).toBe('broken')
    expect(await rowsWithoutBytes()).toEqual([])
    expect(await bytesWithoutRow()).toHaveLength(1)

    // It is young: an upload that another node is busy with looks the same.
    const own = { ...shared, DATA_DIR: join(directory, 'other') }
    const cleaned = await runCommand('files', ['clean', '--days', '1'], own)
    expect([cleaned.code, cleaned.output]).toEqual([0, expect.stringContaining('1 дн.: 0')])
    expect(await bytesWithoutRow()).toHaveLength(1)
    expect((await runCommand('files', ['clean', '--days', '0'], own)).code).toBe(2)

    expect(await removeForgotten(database, store, new Date(Date.now() + 60_000))).toBe(1)
    expect([await bytesWithoutRow(), await rowsWithoutBytes()]).toEqual([[], []])
  })

  it('X10 while the store is away files are out of reach, said plainly, and the rest goes on', async (context) => {
    if (!swift || !mail) return context.skip('нет Swift или OpenSMTPD из пакетов Debian')
    const clerk = await signedIn(other.address, clerkLogin)
    const { id } = await findReport(clerk, 'Ромашка')
    const { attachments } = (await clerk.call('GET', `/reports/${id}/attachments`)).body
    await swift.stop()
    try {
      expect(await attach(clerk, id, 'Не сейчас.pdf', letter('Не сейчас'))).toBe(503)
      const reply = await clerk.send(`/reports/${id}/attachments/${attachments[0].id}`)
      expect([reply.status, await reply.text()]).toEqual([
        503,
        expect.stringMatching(/Файлы сейчас недоступны[\s\S]*Хранилище файлов сейчас не\sотвечает/),
      ])
      expect((await clerk.call('PATCH', `/reports/${id}/cells`, { changes: { '7/709/5': '23' } })).status).toBe(200)
      expect((await fetch(`${other.address}/health/ready`)).status).toBe(200)
    } finally {
      await swift.start()
    }
    expect(await attach(clerk, id, 'Теперь.pdf', letter('Теперь'))).toBe(303)
    expect((await download(clerk, id, 'Теперь.pdf'))?.equals(letter('Теперь'))).toBe(true)
  })

  it('X10 the copy of such an installation takes its files along, into a directory or into S3', async (context) => {
    if (!swift || !mail) return context.skip('нет Swift или OpenSMTPD из пакетов Debian')
    const archive = join(directory, 'copy.kabinet')
    const backup = await runCommand('backup', [archive], { ...shared, DATA_DIR: join(directory, 'other') })
    expect([backup.code, backup.output]).toEqual([0, expect.not.stringContaining('Внимание')])
    const restored = await runCommand('restore', [archive], { DATA_DIR: join(directory, 'small') })
    expect(restored.code, restored.output).toBe(0)
    const small = await start('small', {})
    const clerk = await signedIn(small.address, clerkLogin)
    const { id } = await findReport(clerk, 'Ромашка')
    expect((await download(clerk, id, 'Приказ № 7.pdf'))?.equals(letter('Приказ'))).toBe(true)
    await small.stop()

    // And from the directory into a bucket of its own.
    const bucket = await swift.bucket('kabinet-moved')
    const own = { ...swift.environment, S3_BUCKET: bucket.bucket, DATA_DIR: small.dataDirectory }
    const moved = await runCommand('files', ['move', '--to', 's3', '--remove'], own)
    expect([moved.code, moved.output]).toEqual([0, expect.stringMatching(/Перенесено [1-9]\d*, было на месте 0/)])
    const large = await start('small', own)
    const again = await signedIn(large.address, clerkLogin)
    expect((await download(again, id, 'Приказ № 7.pdf'))?.equals(letter('Приказ'))).toBe(true)
    await large.stop()

    // The same archive into a store of S3 at once.
    const third = await swift.bucket('kabinet-restored')
    const elsewhere = { ...swift.environment, S3_BUCKET: third.bucket, DATA_DIR: join(directory, 'third') }
    expect((await runCommand('restore', [archive], elsewhere)).code).toBe(0)
    const { rows } = await database.query<{ sha256: string }>('select distinct sha256 from files')
    for (const { sha256 } of rows) expect(await s3Store(third).find(sha256), sha256).toBeDefined()
  })

  it('X10 it does not start with half a store, a wrong key or no bucket', async (context) => {
    if (!swift) return context.skip('нет Swift из пакетов Debian')
    const own = { DATA_DIR: join(directory, 'wrong') }
    const half = await runCommand('start', [], { ...own, S3_ENDPOINT: 'https://s3.region.example' })
    expect(half.code).toBe(1)
    for (const name of ['S3_REGION', 'S3_BUCKET', 'S3_KEY', 'S3_SECRET']) expect(half.output).toContain(`• ${name}:`)
    const stranger = await runCommand('start', [], { ...own, ...swift.environment, S3_SECRET: 'guessed' })
    expect([stranger.code, stranger.output]).toEqual([1, expect.stringContaining('S3_KEY и S3_SECRET')])
    const nowhere = await runCommand('start', [], { ...own, ...swift.environment, S3_BUCKET: 'nowhere' })
    expect([nowhere.code, nowhere.output]).toEqual([1, expect.stringContaining('Создайте бакет «nowhere»')])
    for (const { output } of [half, stranger, nowhere]) expect(output).not.toMatch(/\n\s+at /)
  })
})
