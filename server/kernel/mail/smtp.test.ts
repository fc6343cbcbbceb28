/** Letters through a real SMTP server: OpenSMTPD on loopback, delivering into a directory. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../../test/journeys/support/program.ts'
import { debianProgram } from '../../../test/support/debian.ts'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../db/index.ts'
import { sendDueLetters, sendLetter } from './mail.ts'
import { smtpTransport, type Transport } from './transport.ts'

const smtpd = '/usr/sbin/smtpd'
const available = process.getuid?.() === 0 && debianProgram('opensmtpd', smtpd)

describe.runIf(available)('a letter by SMTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-smtp-'))
  let world: World
  let server: ChildProcess
  let port: number
  let transport: Transport

  beforeAll(async () => {
    world = await openWorld()
    port = await freePort()
    server = await startServer()
    transport = smtpTransport(
      `smtp://127.0.0.1:${port}`,
      'Кабинет <kabinet@svetlorechye.example>',
      'svetlorechye.example',
    )
  })
  afterAll(async () => {
    transport.close()
    await ended(server)
    rmSync(folder, { recursive: true, force: true })
  })

  async function startServer(): Promise<ChildProcess> {
    chmodSync(folder, 0o755)
    mkdirSync(join(folder, 'mail'), { recursive: true })
    chmodSync(join(folder, 'mail'), 0o777)
    const configuration = join(folder, 'smtpd.conf')
    writeFileSync(
      configuration,
      `table everyone { "@" = nobody }\nlisten on 127.0.0.1 port ${port}\n` +
        `action "keep" maildir "${folder}/mail/%{dest.user}" virtual <everyone>\n` +
        'match from any for domain "svetlorechye.example" action "keep"\n',
      { mode: 0o600 },
    )
    const child = spawn(smtpd, ['-d', '-f', configuration], { stdio: 'ignore' })
    await listening()
    return child
  }

  async function listening(): Promise<void> {
    for (let look = 0; look < 100; look += 1) {
      const open = await new Promise<boolean>((resolve) => {
        const socket = createConnection(port, '127.0.0.1')
        socket.once('connect', () => resolve(true) ?? socket.destroy())
        socket.once('error', () => resolve(false))
      })
      if (open) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('OpenSMTPD does not listen')
  }

  const ended = (child: ChildProcess) =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })

  const write = (to: string) =>
    transaction(world, (tx) => sendLetter(tx, { to, subject: 'Отчёт возвращён', paragraphs: ['Исправьте раздел 7.'] }))
  const row = (to: string) =>
    world.db.selectFrom('letters').selectAll().where('recipient', '=', to).executeTakeFirstOrThrow()

  async function delivered(user: string): Promise<string[]> {
    for (let look = 0; look < 50; look += 1) {
      const files = safeList(join(folder, 'mail', user, 'new'))
      if (files.length > 0) return files.map((file) => readFileSync(join(folder, 'mail', user, 'new', file), 'utf8'))
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return []
  }
  const safeList = (path: string): string[] => {
    try {
      return readdirSync(path)
    } catch {
      return []
    }
  }

  it('arrives once, with its own Message-ID, and its text is not kept', async () => {
    await write('clerk@svetlorechye.example')
    expect(await sendDueLetters(world.db, transport)).toBe(1)
    expect(await sendDueLetters(world.db, transport)).toBe(0)
    const letters = await delivered('clerk')
    expect(letters).toHaveLength(1)
    const { id, body_text, sent_at } = await row('clerk@svetlorechye.example')
    expect(letters[0]).toContain(`Message-ID: <${id}@svetlorechye.example>`)
    expect(letters[0]).toContain('Auto-Submitted: auto-generated')
    expect(sent_at).not.toBeNull()
    expect(body_text).toBeNull()
  })

  it('is given up when the server refuses its recipient for good', async () => {
    await write('nobody@elsewhere.example')
    await sendDueLetters(world.db, transport)
    expect(await row('nobody@elsewhere.example')).toMatchObject({ sent_at: null, attempts: 1 })
    expect((await row('nobody@elsewhere.example')).failed_at).not.toBeNull()
  })

  it('waits while the server is away, and goes when it is back', async () => {
    await ended(server)
    await write('later@svetlorechye.example')
    expect(await sendDueLetters(world.db, transport)).toBe(0)
    expect(await row('later@svetlorechye.example')).toMatchObject({ sent_at: null, failed_at: null, attempts: 1 })
    server = await startServer()
    await world.db
      .updateTable('letters')
      .set({ next_attempt_at: new Date() })
      .where('recipient', '=', 'later@svetlorechye.example')
      .execute()
    expect(await sendDueLetters(world.db, transport)).toBe(1)
    expect(await delivered('later')).toHaveLength(1)
  })
})
