/** X8, X10: one program, from the stand of a laptop to production on a PostgreSQL of one's own; its data and its journal. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbeddedPostgres } from '../../server/kernel/postgres/index.ts'
import { standAccounts } from '../../server/seeds/stand.people.ts'
import { caller, findReport, signedIn } from './support/calls.ts'
import { type ForeignPostgres, startForeignPostgres } from './support/postgres.ts'
import { freePort, type Program, runCommand, startProgram } from './support/program.ts'

const clerkLogin = 'ds14@verhneozersk.example'
const secretKey = 'f'.repeat(64)
const directories: string[] = []
const programs: Program[] = []

const directory = (what: string): string => {
  const made = mkdtempSync(join(tmpdir(), `kabinet-${what}-`))
  directories.push(made)
  return made
}

/** What is still running when a journey has failed is ended after all of them. */
async function start(environment: Record<string, string>, dataDirectory: string, port?: number): Promise<Program> {
  const program = await startProgram(environment, { dataDirectory, port: port ?? (await freePort()) })
  programs.push(program)
  return program
}

afterAll(async () => {
  for (const program of programs) await program.stop()
  for (const made of directories) rmSync(made, { recursive: true, force: true })
})

/** A statement in the embedded database of a program, running or not. */
async function inDatabase(dataDirectory: string, ...statements: string[]): Promise<pg.QueryResult['rows']> {
  const embedded = await openEmbeddedPostgres({ dataDirectory, purpose: 'a journey' })
  const client = new pg.Client({ connectionString: embedded.connectionString })
  try {
    await client.connect()
    let rows: pg.QueryResult['rows'] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
    await embedded.stop()
  }
}

describe('production', () => {
  const settingsOf = (dataDirectory: string, port: number) => ({
    KABINET_ENV: 'production',
    BASE_URL: `http://localhost:${port}`,
    PORT: String(port),
    DATA_DIR: dataDirectory,
    SECRET_KEY: secretKey,
    MAIL_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Кабинет <kabinet@region.example>',
  })

  it('X10 without its settings it does not start, and names all of them at once', async () => {
    const { code, output } = await runCommand('start', [], { KABINET_ENV: 'production', SECRET_KEY: 'short' })
    expect(code).toBe(1)
    for (const name of ['BASE_URL', 'DATA_DIR', 'SECRET_KEY', 'MAIL_URL', 'MAIL_FROM'])
      expect(output.match(new RegExp(`• ${name}:`, 'g')), output).toHaveLength(1)
    expect(output).not.toMatch(/\n\s+at /)
  })

  it('X10 X8 nothing of the stand is there; an administrator is made by a command and comes in', async () => {
    const dataDirectory = directory('production')
    const port = await freePort()
    const settings = settingsOf(dataDirectory, port)
    const program = await start(settings, dataDirectory, port)
    const visitor = caller(program.address)
    for (const path of ['/_stand/mail', '/_stand/mail.json', '/_stand/accounts.json', '/_stand/kit'])
      expect((await visitor.send(path)).status, path).toBe(404)
    const signIn = await (await visitor.send('/sign-in')).text()
    expect(signIn).toContain('Авторизация')
    expect(signIn).not.toMatch(/стенд/i)
    for (const { login, name } of standAccounts) {
      expect(signIn).not.toContain(login)
      expect(signIn).not.toContain(name)
    }
    const [first] = standAccounts
    const refused = await visitor.call('POST', '/session', { login: first?.login, password: first?.password })
    expect([refused.status, refused.body.code]).toEqual([401, 'wrong-credentials'])
    expect(await inDatabase(dataDirectory, 'select 1 from accounts')).toHaveLength(0)

    const person = ['--email', 'Glavnaya@region.example', '--name', 'Мокроусова Клавдия Ильинична']
    const made = await runCommand('admin', ['create', ...person], settings)
    expect(made.code, made.output).toBe(0)
    const [, password = ''] = /Пароль: (\S+)/.exec(made.output) ?? []
    const administrator = await signedIn(program.address, 'glavnaya@region.example', password)
    const { body } = await administrator.call('GET', '/session')
    expect(body).toMatchObject({ stage: 'second-factor', roles: [{ role: 'administrator', scope: 'everywhere' }] })
    const forms = await administrator.send('/forms')
    expect([forms.status, forms.headers.get('location')]).toEqual([303, '/sign-in/second-factor?next=%2Fforms'])
    const again = await runCommand('admin', ['create', ...person], settings)
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('уже есть')])
    expect((await runCommand('journal', ['verify'], settings)).output).toContain('Журнал цел')
    await program.stop()
  })
})

describe('the stand', () => {
  const dataDirectory = directory('stand')
  let port: number
  let program: Program
  const own = () => ({ DATA_DIR: dataDirectory, BASE_URL: program.address, PORT: String(port) })

  beforeAll(async () => {
    port = await freePort()
    program = await start({}, dataDirectory, port)
  })

  it('X10 of two programs on one data directory the second says so and ends', async () => {
    const second = await runCommand('start', [], { ...own(), PORT: String(await freePort()) })
    expect(second.code).toBe(1)
    expect(second.output).toMatch(/уже работает с каталогом данных .*процесс \d+/)
    expect(second.output).not.toMatch(/\n\s+at /)
    expect((await caller(program.address).send('/sign-in')).status).toBe(200)
  })

  it('X10 a second start shows the first page within three seconds', async () => {
    // What else this machine does just now slows a start, and nothing quickens it: the quickest of three tells.
    const times: number[] = []
    while (times.length < 3 && !times.some((time) => time < 3000)) {
      await program.stop()
      const began = performance.now()
      program = await start({}, dataDirectory, port)
      expect((await caller(program.address).send('/sign-in')).status).toBe(200)
      times.push(performance.now() - began)
    }
    expect(Math.min(...times), `starts took ${times.map(Math.round)} ms`).toBeLessThan(3000)
  })

  it('X10 X8 a copy of the running program is restored elsewhere with its reports, files and journal', async () => {
    const clerk = await signedIn(program.address, clerkLogin)
    const { id } = await findReport(clerk, 'Ромашка')
    expect((await clerk.call('PATCH', `/reports/${id}/cells`, { changes: { '7/709/5': '17' } })).status).toBe(200)
    const file = Buffer.from(`%PDF-1.4\n${'Приказ о комплектовании\n'.repeat(50)}%%EOF\n`)
    const form = new FormData()
    for (const [name, value] of Object.entries(await clerk.guardsOf(`/reports/${id}`))) form.set(name, value)
    form.set('file', new File([file], 'Приказ № 7.pdf', { type: 'application/pdf' }))
    expect((await clerk.send(`/reports/${id}/attachments`, { method: 'POST', body: form })).status).toBe(303)

    const archive = join(directory('backup'), 'copy.kabinet')
    const backup = await runCommand('backup', [archive], own())
    expect(backup.code, backup.output).toBe(0)
    await clerk.call('PATCH', `/reports/${id}/cells`, { changes: { '7/709/5': '18' } })

    const otherDirectory = directory('restored')
    const other = { DATA_DIR: otherDirectory, BASE_URL: 'http://localhost' }
    const onRunning = await runCommand('restore', [archive], own())
    expect([onRunning.code, onRunning.output]).toEqual([1, expect.stringContaining('остановите программу')])
    const restored = await runCommand('restore', [archive], other)
    expect(restored.code, restored.output).toBe(0)
    const twin = await start({}, otherDirectory)
    const there = await signedIn(twin.address, clerkLogin)
    const cells = await there.call('GET', `/reports/${id}/cells`)
    expect(cells.body.values['7/709/5']).toBe('17')
    const { attachments } = (await there.call('GET', `/reports/${id}/attachments`)).body
    expect(attachments).toMatchObject([{ name: 'Приказ № 7.pdf', size: file.byteLength }])
    const download = await there.send(`/reports/${id}/attachments/${attachments[0].id}`)
    expect(Buffer.from(await download.arrayBuffer()).equals(file)).toBe(true)
    expect((await runCommand('journal', ['verify'], other)).code).toBe(0)
    await twin.stop()
  })

  it('X8 the journal says that it is intact, and where it is not once a row was changed', async () => {
    const intact = await runCommand('journal', ['verify'], own())
    expect([intact.code, intact.output]).toEqual([0, expect.stringMatching(/Журнал цел: \d+/)])
    await expect(inDatabase(dataDirectory, 'delete from journal')).rejects.toThrow('append-only')
    const [{ id }] = await inDatabase(dataDirectory, "select id from journal where action = 'session.started' limit 1")
    await inDatabase(
      dataDirectory,
      'alter table journal disable trigger journal_is_append_only',
      `update journal set body = replace(body, 'session.started', 'session.refused') where id = ${Number(id)}`,
    )
    const changed = await runCommand('journal', ['verify'], own())
    expect([changed.code, changed.output]).toEqual([1, expect.stringContaining(`Журнал нарушен у записи ${id}`)])
    await inDatabase(
      dataDirectory,
      `update journal set body = replace(body, 'session.refused', 'session.started') where id = ${Number(id)}`,
    )
    expect((await runCommand('journal', ['verify'], own())).code).toBe(0)
    await inDatabase(dataDirectory, 'delete from journal where id = (select max(id) from journal)')
    expect((await runCommand('journal', ['verify'], own())).code).toBe(1)
  })

  it('X10 an older program refuses the database of a newer one', async () => {
    await program.stop()
    const newer = Number(readFileSync(new URL('../../server/migrations/HEAD', import.meta.url), 'utf8')) + 1
    await inDatabase(dataDirectory, `insert into schema_migrations (number, name) values (${newer}, 'from the future')`)
    const { code, output } = await runCommand('start', [], own())
    expect([code, output]).toEqual([1, expect.stringContaining('База данных новее программы')])
    expect(output).not.toMatch(/\n\s+at /)
  })
})

describe('a PostgreSQL of one’s own', () => {
  let postgres: ForeignPostgres | undefined

  beforeAll(async () => {
    postgres = await startForeignPostgres()
  }, 240_000)
  afterAll(() => postgres?.stop())

  it('X10 the same program works on it, and so do two at once', async (context) => {
    if (!postgres) return context.skip('нет PostgreSQL из пакетов Debian')
    const shared = { DATABASE_URL: postgres.address, SECRET_KEY: secretKey }
    const one = await start(shared, directory('node-one'))
    const other = await start(shared, directory('node-other'))
    const clerk = await signedIn(one.address, clerkLogin)
    const supervisor = await signedIn(other.address, 'uo@verhneozersk.example')
    const { id } = await findReport(supervisor, 'Журавушка')
    const reason = 'Проверка двух узлов'
    expect((await supervisor.call('PUT', `/reports/${id}/refusal`, { reason })).status).toBe(200)
    await expect
      .poll(async () => await (await fetch(`${one.address}/_stand/mail.json?to=ds21@verhneozersk.example`)).text(), {
        timeout: 15_000,
      })
      .toContain(reason)

    const own = await findReport(clerk, 'Ромашка')
    await clerk.call('PATCH', `/reports/${own.id}/cells`, { changes: { '7/709/5': '21' } })
    const colleague = await signedIn(other.address, 'ds14.deloproizvodstvo@verhneozersk.example')
    const { body } = await colleague.call('GET', `/reports/${own.id}/cells`)
    expect(body.values['7/709/5']).toBe('21')
    const intact = await runCommand('journal', ['verify'], { ...shared, DATA_DIR: one.dataDirectory })
    expect([intact.code, intact.output]).toEqual([0, expect.stringContaining('Журнал цел')])
    await one.stop()
    expect((await colleague.call('GET', `/reports/${own.id}`)).status).toBe(200)
    await other.stop()
  })
})
