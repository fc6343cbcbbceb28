/**
 * kill -9 at random moments while a report is filled in, sent and decided: of the program, of its database, of both.
 * Nothing acknowledged may be lost, no letter may come twice, no report may stand between two states.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileForm, reportValues } from '../../engine/index.ts'
import { readReport, readTemplate } from '../../engine/xml.ts'
import { freePort, type Program, startProgram } from '../journeys/support/program.ts'
import { postmasterOf, untilBack } from './support.ts'

const rounds = Number(process.env.KILL_ROUNDS ?? 20)
const clerk = 'ds14@verhneozersk.example'
const supervisor = 'uo@verhneozersk.example'
const password = 'Stend-2027!'

let kept: { dataDirectory: string; port: number }
let program: Program

beforeAll(async () => {
  kept = { dataDirectory: mkdtempSync(join(tmpdir(), 'kabinet-kill-')), port: await freePort() }
  program = await startProgram({}, kept)
}, 90_000)

afterAll(async () => {
  await program.stop()
  rmSync(kept.dataDirectory, { recursive: true, force: true })
})

/** A caller that signs in and keeps its cookie; throws when the link is cut. */
async function caller(login: string) {
  const signIn = await fetch(`${program.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  if (!signIn.ok) throw new Error(`sign-in: ${signIn.status}`)
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return async (method: string, path: string, body?: unknown) => {
    const reply = await fetch(`${program.address}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: the test looks into answers of several shapes
    return { status: reply.status, body: (await reply.json().catch(() => undefined)) as any }
  }
}
type Caller = Awaited<ReturnType<typeof caller>>

/** What the clerk was told is saved, and what happened to the report as far as it was told. */
const acknowledged = new Map<string, string>()
const lastTried = new Map<string, string>()
const refusals: number[] = []
let counter = 0

async function work(clerkCalls: Caller, supervisorCalls: Caller, report: string): Promise<void> {
  for (;;) {
    counter += 1
    const cell = `7/709/${5 + (counter % 6)}`
    const value = String(counter % 5)
    lastTried.set(cell, value)
    const saved = await clerkCalls('PATCH', `/reports/${report}/cells`, { changes: { [cell]: value } })
    if (saved.status === 200) acknowledged.set(cell, value)
    if (counter % 4 !== 0) continue
    const sent = await clerkCalls('PUT', `/reports/${report}/sending`, {})
    if (sent.status >= 500) throw new Error(`sending: ${sent.status}`)
    const refused = await supervisorCalls('PUT', `/reports/${report}/refusal`, { reason: `Причина № ${counter}` })
    if (refused.status === 200) refusals.push(counter)
  }
}

/** Values of a whole report that passes its checks. */
async function fillWithoutErrors(calls: Caller, report: string): Promise<void> {
  const folder = new URL('../../reference/forms/', import.meta.url)
  const template = readTemplate(readFileSync(new URL('85-k.xml', folder)))
  const sample = readReport(readFileSync(new URL('samples/85-k-2026.xml', folder)))
  if (!template.ok || !sample.ok) throw new Error('The reference form cannot be read')
  const values = reportValues(compileForm(template.template), sample.report)
  const saved = await calls('PATCH', `/reports/${report}/cells`, { changes: values })
  expect(saved.status).toBe(200)
}

/** In turn: the program, its database, both. A dead child is reaped by whoever started it. */
async function killSomething(round: number): Promise<void> {
  const { pid } = program.process
  if (pid === undefined) throw new Error('The program has no process')
  const database = postmasterOf(pid)
  if (round % 3 !== 0 && database) process.kill(database, 'SIGKILL')
  if (round % 3 !== 1) {
    const gone = new Promise((resolve) => program.process.once('exit', resolve))
    process.kill(pid, 'SIGKILL')
    await gone
    program = await startProgram({}, kept)
  }
}

/** Every acknowledged value stands, and the report's state agrees with its last submission. */
async function check(report: string): Promise<void> {
  const calls = await caller(clerk)
  const { body } = await calls('GET', `/reports/${report}/cells`)
  const stored = Object.fromEntries([...acknowledged.keys()].map((cell) => [cell, body.values[cell]]))
  // A save whose answer was cut off may stand too: then it is the value after the acknowledged one.
  for (const [cell, value] of acknowledged) {
    const later = lastTried.get(cell)
    expect([value, later], `${cell} after ${value}`).toContain(stored[cell])
    acknowledged.set(cell, stored[cell] ?? value)
  }
  const { state } = (await calls('GET', `/reports/${report}`)).body
  const { submissions } = (await calls('GET', `/reports/${report}/submissions`)).body
  const last = submissions
    .sort((one: { number: number }, other: { number: number }) => one.number - other.number)
    .at(-1)
  expect(last?.outcome ?? (last ? 'sent' : 'draft')).toBe(state)
}

/** Letters go on their way without haste after a crash: events that nobody took are looked for every 15 seconds. */
async function everythingHandled(): Promise<void> {
  for (let look = 0; look < 90; look += 1) {
    const text = await (await fetch(`${program.address}/metrics`)).text()
    const told = refusals.every((counted) => lastLetters.some((letter) => letter.text.includes(`Причина № ${counted}`)))
    if (told && /^kabinet_letters_waiting 0$/m.test(text)) return
    await new Promise((resolve) => setTimeout(resolve, 1000))
    lastLetters = await letters()
  }
}

let lastLetters: Letter[] = []
const letters = async (): Promise<Letter[]> => (await fetch(`${program.address}/_stand/mail.json`)).json()

type Letter = { to: string; subject: string; text: string }

async function noLetterTwice(): Promise<void> {
  const reasons = (await letters()).flatMap(({ to, text }) =>
    /Причина № \d+/.test(text) ? [`${to} ${/Причина № \d+/.exec(text)?.[0]}`] : [],
  )
  expect(reasons.length).toBeGreaterThan(0)
  expect(reasons.filter((reason, index) => reasons.indexOf(reason) !== index)).toEqual([])
  const toldTheClerk = reasons.filter((reason) => reason.startsWith(clerk))
  for (const counted of refusals) expect(toldTheClerk).toContain(`${clerk} Причина № ${counted}`)
}

function journalIsIntact(): void {
  const root = new URL('../../', import.meta.url).pathname
  const output = execFileSync(join(root, 'bin/journal'), ['verify'], {
    env: { ...process.env, DATA_DIR: kept.dataDirectory, BASE_URL: program.address },
    encoding: 'utf8',
  })
  expect(output).toMatch(/Журнал цел/)
}

it('loses nothing that was acknowledged and doubles no letter', { timeout: 600_000 }, async () => {
  const reports = await (await caller(clerk))('GET', '/reports?year=2026')
  const report: string = reports.body.reports.find(
    ({ form }: { form: { cipher: string } }) => form.cipher === '85-К',
  ).id
  await fillWithoutErrors(await caller(clerk), report)

  for (let round = 0; round < rounds; round += 1) {
    const working = work(await caller(clerk), await caller(supervisor), report).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 400))
    await killSomething(round)
    await working
    await untilBack(program)
    await check(report)
  }
  expect(refusals.length).toBeGreaterThan(0)
  await everythingHandled()
  await noLetterTwice()
  await journalIsIntact()
})
