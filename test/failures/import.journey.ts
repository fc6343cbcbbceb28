/**
 * kill -9 of the program in the midst of an import, again and again: every line of the file is done exactly once, however
 * often the work was begun anew.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort, type Program, startProgram } from '../journeys/support/program.ts'
import { importFile, importRow } from '../support/import-files.ts'

const lines = Number(process.env.IMPORT_LINES ?? 3000)
const district = '0014000025'

let kept: { dataDirectory: string; port: number }
let program: Program

beforeAll(async () => {
  kept = { dataDirectory: mkdtempSync(join(tmpdir(), 'kabinet-import-')), port: await freePort() }
  program = await startProgram({}, kept)
}, 90_000)

afterAll(async () => {
  await program.stop()
  rmSync(kept.dataDirectory, { recursive: true, force: true })
})

/** As the operator of the stand's region. */
async function caller() {
  const signIn = await fetch(`${program.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'operator@svetlorechye.example', password: 'Stend-2027!' }),
  })
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return async (path: string, init: RequestInit = {}) => {
    const headers = { cookie, 'idempotency-key': crypto.randomUUID() }
    const reply = await fetch(`${program.address}/api/v1/organisations${path}`, { ...init, headers })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return reply.json()
  }
}

async function killAndStart(): Promise<void> {
  const { pid } = program.process
  if (pid === undefined) throw new Error('The program has no process')
  const gone = new Promise((resolve) => program.process.once('exit', resolve))
  process.kill(pid, 'SIGKILL')
  await gone
  program = await startProgram({}, kept)
}

type State = {
  state: string
  done: number
  of: number
  lines: number
  stopped: boolean
  counts: Record<string, number>
}

/** Lets it work until it has come so far, or to the end of its step. */
async function until(id: string, come: (found: State) => boolean): Promise<State> {
  const call = await caller()
  for (let look = 0; look < 1800; look += 1) {
    const found: State = await call(`/imports/${id}`)
    if (found.stopped) throw new Error(JSON.stringify(found))
    if (come(found)) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The import does not go on')
}

it('E1 does every line of an import exactly once, killed while it reads, applies and undoes', {
  timeout: 600_000,
}, async () => {
  const body = new FormData()
  body.set(
    'file',
    await importFile(
      'Тысячи.xlsx',
      Array.from({ length: lines }, (_, index) => importRow(index, district)),
    ),
  )
  const { id } = await (await caller())('/imports', { method: 'POST', body })
  await until(id, (found) => found.lines > 0)
  await killAndStart()
  const ready = await until(id, ({ state }) => state === 'ready')
  expect(ready).toMatchObject({ lines, counts: { add: lines, wrong: 0 } })

  await (await caller())(`/imports/${id}/confirmation`, { method: 'PUT' })
  for (const share of [0.1, 0.5]) {
    const { state } = await until(id, (found) => found.state === 'applied' || found.done > lines * share)
    if (share === 0.1) expect(state).toBe('applying')
    await killAndStart()
  }
  const applied = await until(id, ({ state }) => state === 'applied')
  expect(applied.counts).toMatchObject({ applied: lines, failed: 0 })
  const count = async (state: string) =>
    (await (await caller())(`?municipality=${await districtId()}&state=${state}&kind=school`)).total
  const before = await count('active')
  expect(before).toBeGreaterThanOrEqual(lines)
  expect(before).toBeLessThan(lines + 50)

  await (await caller())(`/imports/${id}/undoing`, { method: 'PUT' })
  await until(id, (found) => found.state === 'undone' || found.done > lines * 0.3)
  await killAndStart()
  const undone = await until(id, ({ state }) => state === 'undone')
  expect(undone.counts).toMatchObject({ undone: lines, notUndone: 0 })
  expect(await count('active')).toBe(before - lines)
  expect(await count('liquidated')).toBe(lines)
})

const districtId = async (): Promise<string> =>
  (await (await caller())(`/search?q=${district}`)).find(({ inn }: { inn: string }) => inn === district).id
