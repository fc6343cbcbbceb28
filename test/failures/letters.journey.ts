/** kill -9 of the program in the midst of reading a mailbox: started again, it has kept each letter exactly once. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, type Program, startProgram } from '../journeys/support/program.ts'
import { type MailboxServer, mailboxServerAvailable, openMailboxServer } from '../support/imap.ts'

const count = 100
const subjects = Array.from({ length: count }, (_, at) => `pismo-${String(at).padStart(3, '0')}`)

describe.skipIf(!mailboxServerAvailable())('a mailbox', () => {
  let server: MailboxServer
  let kept: { dataDirectory: string; port: number }
  let program: Program | undefined

  beforeAll(async () => {
    server = await openMailboxServer()
    kept = { dataDirectory: mkdtempSync(join(tmpdir(), 'kabinet-killed-')), port: await freePort() }
    program = await start()
  }, 120_000)
  afterAll(async () => {
    await program?.stop()
    await server.remove()
    rmSync(kept.dataDirectory, { recursive: true, force: true })
  }, 60_000)

  const start = () => startProgram({ INBOX_URL: server.url }, kept)

  async function put(): Promise<void> {
    const { hostname, port, password } = new URL(server.url)
    const auth = { user: 'podderzhka@svetlorechye.example', pass: password }
    const client = new ImapFlow({ host: hostname, port: Number(port), secure: false, auth, logger: false })
    await client.connect()
    for (const subject of subjects)
      await client.append(
        'INBOX',
        `From: kedrov@dep.svetlorechye.example\r\nTo: podderzhka@svetlorechye.example\r\nSubject: ${subject}\r\n` +
          `Message-ID: <${subject}@pochta.example>\r\n\r\nletter ${subject}\r\n`,
      )
    await client.logout()
  }

  async function killAndStart(): Promise<void> {
    const child = program?.process
    if (!child?.pid) throw new Error('The program has no process')
    const gone = new Promise((resolve) => child.once('exit', resolve))
    process.kill(child.pid, 'SIGKILL')
    await gone
    program = await start()
  }

  /** The subjects of the letters kept, as an operator sees them. */
  async function caller() {
    const address = `http://localhost:${kept.port}/api/v1`
    const signIn = await fetch(`${address}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'operator@svetlorechye.example', password: 'Stend-2027!' }),
    })
    const cookie = signIn.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const read = async (page: number) => {
      const reply = await fetch(`${address}/letters?page=${page}`, { headers: { cookie } })
      if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`)
      // as: what the contract of the list says
      return (await reply.json()) as { total: number; letters: { subject: string }[] }
    }
    return {
      total: async () => (await read(1)).total,
      all: async () => (await Promise.all([1, 2, 3].map(read))).flatMap(({ letters }) => letters),
    }
  }

  it('is read to the end, each letter once, however often the program is killed', { timeout: 240_000 }, async () => {
    let letters = await caller()
    const putting = put()
    let kills = 0
    for (const share of [0.1, 0.4, 0.7]) {
      await expect.poll(letters.total, { timeout: 40_000, interval: 10 }).toBeGreaterThanOrEqual(count * share)
      if ((await letters.total()) < count) kills += 1
      await killAndStart()
      letters = await caller()
    }
    await putting
    await expect.poll(letters.total, { timeout: 60_000, interval: 100 }).toBe(count)
    expect((await letters.all()).map(({ subject }) => subject).sort()).toEqual(subjects)
    // At least once it was in the midst of them.
    expect(kills).toBeGreaterThanOrEqual(1)
  })
})
