/** Letters through a real SMTP server: OpenSMTPD on loopback, delivering into a directory. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MailServer, mailServerAvailable, openMailServer } from '../../../test/support/smtp.ts'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../db/index.ts'
import { sendDueLetters, sendLetter } from './mail.ts'
import { smtpTransport, type Transport } from './transport.ts'

describe.runIf(mailServerAvailable())('a letter by SMTP', () => {
  let world: World
  let server: MailServer
  let transport: Transport

  beforeAll(async () => {
    world = await openWorld()
    server = await openMailServer()
    transport = smtpTransport(server.address, 'Кабинет <kabinet@svetlorechye.example>', 'svetlorechye.example')
  })
  afterAll(async () => {
    transport.close()
    await server.remove()
  })

  const write = (to: string) =>
    transaction(world, (tx) => sendLetter(tx, { to, subject: 'Отчёт возвращён', paragraphs: ['Исправьте раздел 7.'] }))
  const row = (to: string) =>
    world.db.selectFrom('letters').selectAll().where('recipient', '=', to).executeTakeFirstOrThrow()

  it('arrives once, with its own Message-ID, and its text is not kept', async () => {
    await write('clerk@svetlorechye.example')
    expect(await sendDueLetters(world.db, transport)).toBe(1)
    expect(await sendDueLetters(world.db, transport)).toBe(0)
    const letters = await server.delivered('clerk')
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
    await server.stop()
    await write('later@svetlorechye.example')
    expect(await sendDueLetters(world.db, transport)).toBe(0)
    expect(await row('later@svetlorechye.example')).toMatchObject({ sent_at: null, failed_at: null, attempts: 1 })
    await server.start()
    await world.db
      .updateTable('letters')
      .set({ next_attempt_at: new Date() })
      .where('recipient', '=', 'later@svetlorechye.example')
      .execute()
    expect(await sendDueLetters(world.db, transport)).toBe(1)
    expect(await server.delivered('later')).toHaveLength(1)
  })
})
