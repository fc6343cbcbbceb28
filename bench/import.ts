/**
 * An import of 60,000 organisations into the running program: how long each step takes, and the most memory that the
 * program has held. `node bench/import.ts [LINES] [xlsx|csv]`
 */
import { readFileSync } from 'node:fs'
import { startProgram } from '../test/journeys/support/program.ts'
import { importFile, importRow } from '../test/support/import-files.ts'
import { signedInCookie } from './load.ts'

const lines = Number(process.argv[2] ?? 60_000)
const format = process.argv[3] === 'csv' ? 'csv' : 'xlsx'
/** The stand's district: every school of the file is to stand under it. */
const higherInn = '0014000025'

function* rows() {
  for (let index = 0; index < lines; index += 1) yield importRow(index, higherInn)
}

const program = await startProgram()
try {
  const headers = { cookie: await signedInCookie(program.address, 'operator@svetlorechye.example') }
  const call = async (path: string, init: RequestInit = {}) => {
    const reply = await fetch(`${program.address}/api/v1/organisations${path}`, {
      ...init,
      headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
    })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return reply
  }
  const state = async (id: string) => (await call(`/imports/${id}`)).json()
  const until = async (id: string, wanted: string) => {
    for (;;) {
      const found = await state(id)
      if (found.state === wanted) return found
      if (found.stopped || found.problem) throw new Error(JSON.stringify(found))
      await new Promise((resolve) => setTimeout(resolve, 2000))
    }
  }
  const timed = async (name: string, work: () => Promise<unknown>) => {
    const started = performance.now()
    await work()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`${name.padEnd(22)} ${seconds.padStart(7)} s   peak ${peak()} MB`)
  }
  const peak = () => {
    const status = readFileSync(`/proc/${program.process.pid}/status`, 'utf8')
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
  }
  const file = await importFile(`bench.${format}`, rows())
  console.log(`${lines} lines, ${(file.size / 1_048_576).toFixed(1)} MB ${format}; at rest peak ${peak()} MB`)
  const body = new FormData()
  body.set('file', file)
  let id = ''
  await timed('upload', async () => {
    id = (await (await call('/imports', { method: 'POST', body })).json()).id
  })
  await timed('reading and dry run', () => until(id, 'ready'))
  await timed('applying', async () => {
    await call(`/imports/${id}/confirmation`, { method: 'PUT' })
    console.log((await until(id, 'applied')).counts)
  })
  await timed('export', async () => (await call('/export?format=xlsx')).arrayBuffer())
  await timed('undoing', async () => {
    await call(`/imports/${id}/undoing`, { method: 'PUT' })
    console.log((await until(id, 'undone')).counts)
  })
} finally {
  await program.stop()
}
