/** The mailbox is read from a real Dovecot, to which a real OpenSMTPD delivers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBreakingLink } from '../../../../test/support/breaking-link.ts'
import {
  lettersInLetters,
  nested,
  withCharset,
  withHead,
  withParts,
  withScan,
} from '../../../../test/support/heavy-letters.ts'
import { type MailboxServer, mailboxServerAvailable, openMailboxServer } from '../../../../test/support/imap.ts'
import { type MailServer, mailServerAvailable, openMailServer } from '../../../../test/support/smtp.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { fileStore } from '../../../kernel/files/index.ts'
import { type Inbox, type InboxParts, startInbox } from './inbox.ts'

const letters = join(import.meta.dirname, '../../../../test/letters')
const letterOf = (subject: string, id = subject) =>
  `From: kedrov@dep.svetlorechye.example\r\nTo: podderzhka@svetlorechye.example\r\nSubject: ${subject}\r\n` +
  `Message-ID: <${id}@pochta.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nПисьмо ${subject}\r\n`

describe.skipIf(!mailboxServerAvailable())('the mailbox', () => {
  let world: World
  let server: MailboxServer
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-inbox-'))
  const running: Inbox[] = []

  beforeAll(async () => {
    world = await openWorld()
  })
  afterEach(async () => {
    for (const inbox of running.splice(0)) await inbox.stop()
    await server?.remove()
    await world.db.deleteFrom('incoming_letters').execute()
    await world.db.deleteFrom('mailboxes').execute()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function reads(more: Partial<InboxParts> = {}): Inbox {
    const inbox = startInbox({
      db: world.db,
      files: fileStore(folder),
      url: server.url,
      doneFolder: undefined,
      region: undefined,
      own: ['podderzhka@svetlorechye.example'],
      alone: true,
      onError: () => undefined,
      pauses: { firstMs: 50, mostMs: 200, lookMs: 60_000 },
      ...more,
    })
    running.push(inbox)
    return inbox
  }

  const subjects = async () =>
    (await world.db.selectFrom('incoming_letters').select('subject').orderBy('id').execute()).map(
      ({ subject }) => subject,
    )

  async function until(wanted: readonly string[]): Promise<void> {
    await expect
      .poll(async () => (await subjects()).sort(), { timeout: 25_000, interval: 50 })
      .toEqual([...wanted].sort())
  }

  async function withMailbox<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const { hostname, port } = new URL(server.url)
    const auth = { user: 'podderzhka@svetlorechye.example', pass: 'Stend-2027!' }
    const client = new ImapFlow({ host: hostname, port: Number(port), secure: false, auth, logger: false })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.logout()
    }
  }
  const put = (...raws: (string | Buffer)[]) =>
    withMailbox(async (client) => {
      for (const raw of raws) await client.append('INBOX', raw)
    })

  it('is read from the beginning, then on as the server tells of new letters', async () => {
    server = await openMailboxServer()
    await put(letterOf('odin'), letterOf('dva'))
    reads()
    await until(['odin', 'dva'])
    await put(letterOf('tri'))
    await until(['odin', 'dva', 'tri'])
  })

  it('has kept letters moved to a folder that is made for them', async () => {
    server = await openMailboxServer()
    await put(letterOf('odin'))
    reads({ doneFolder: 'Done' })
    await until(['odin'])
    await expect
      .poll(() => withMailbox(async (client) => (await client.status('Done', { messages: true })).messages), {
        timeout: 10_000,
      })
      .toBe(1)
    expect(await withMailbox(async (client) => (await client.status('INBOX', { messages: true })).messages)).toBe(0)
  })

  it('is read on after the server was away, and no letter is lost or doubled', async () => {
    server = await openMailboxServer()
    await put(letterOf('odin'))
    reads()
    await until(['odin'])
    await server.stop()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await server.start()
    await put(letterOf('dva'))
    await until(['odin', 'dva'])
  })

  it('is read on by another program where the first was stopped in the middle', async () => {
    server = await openMailboxServer()
    const all = Array.from({ length: 40 }, (_, at) => `pismo-${at}`)
    await put(...all.map((subject) => letterOf(subject)))
    for (const pause of [30, 60, 90]) {
      const inbox = reads()
      await new Promise((resolve) => setTimeout(resolve, pause))
      await inbox.stop()
    }
    reads()
    await until(all)
  })

  it('does not double letters when the server numbers them anew', { timeout: 60_000 }, async () => {
    server = await openMailboxServer()
    await put(letterOf('odin'), letterOf('dva'))
    reads()
    await until(['odin', 'dva'])
    const numbers = () =>
      world.db.selectFrom('mailboxes').select(['uid_validity', 'last_uid']).executeTakeFirstOrThrow()
    const before = await numbers()
    await server.numberAnew()
    // Read once more from the beginning under the new numbers.
    const isReadAnew = async () => {
      const { uid_validity: validity, last_uid: last } = await numbers()
      return validity !== before.uid_validity && Number(last) === 2
    }
    await expect.poll(isReadAnew, { timeout: 25_000, interval: 50 }).toBe(true)
    await until(['odin', 'dva'])
    // Only the server's own word can bring these: the next look is a minute away.
    for (const more of [['tri'], ['tri', 'chetyre']]) {
      await put(letterOf(more.at(-1) ?? ''))
      await until(['odin', 'dva', ...more])
    }
  })

  it('keeps one letter that came by two ways once, and another letter under a used Message-ID as another', async () => {
    server = await openMailboxServer()
    await put(letterOf('odin'), `Received: from relay.example\r\n${letterOf('odin')}`, letterOf('drugoe', 'odin'))
    reads()
    await until(['odin', 'drugoe'])
  })

  it('is read by one program at a time', async () => {
    server = await openMailboxServer()
    await put(letterOf('odin'))
    reads({ alone: false })
    await until(['odin'])
    const errors: unknown[] = []
    reads({ alone: false, onError: (error) => errors.push(error) })
    await put(letterOf('dva'))
    await until(['odin', 'dva'])
    const { leased_by: holder } = await world.db.selectFrom('mailboxes').select('leased_by').executeTakeFirstOrThrow()
    expect(holder).not.toBeNull()
    expect(errors).toEqual([])
  })

  it('loses no letter of the hostile ones', async () => {
    server = await openMailboxServer()
    const hostile = ['51-no-head-at-all', '53-parts-without-end', '63-huge-text']
    const { readdirSync } = await import('node:fs')
    const files = readdirSync(letters).filter(
      (name) => name.endsWith('.eml') && /no-head|without-end|huge|injection|forged|winmail/.test(name),
    )
    expect(files.length).toBeGreaterThanOrEqual(hostile.length)
    await withMailbox(async (client) => {
      for (const name of files) await client.append('INBOX', readFileSync(join(letters, name)))
    })
    reads()
    await expect.poll(async () => (await subjects()).length, { timeout: 20_000 }).toBe(files.length)
  })

  it('is read on where the link broke in the middle of a letter', { timeout: 60_000 }, async () => {
    server = await openMailboxServer()
    await put(letterOf('odin'), withScan('bolshoe', 2), letterOf('tri'))
    const link = await openBreakingLink(Number(new URL(server.url).port))
    try {
      link.breakAfter(300_000)
      const errors: unknown[] = []
      reads({ url: server.url.replace(/:\d+\//, `:${link.port}/`), onError: (error) => errors.push(error) })
      // Again and again: what came before the break stays, the letter itself has not come whole.
      await expect.poll(link.broken, { timeout: 25_000, interval: 50 }).toBeGreaterThanOrEqual(3)
      expect(await subjects()).toEqual(['odin'])
      link.breakAfter(undefined)
      await until(['odin', 'bolshoe', 'tri'])
      expect(errors.length).toBeGreaterThanOrEqual(3)
      const kept = await world.db
        .selectFrom('incoming_letters')
        .select('size')
        .where('subject', '=', 'bolshoe')
        .execute()
      expect(Number(kept[0]?.size)).toBe(withScan('bolshoe', 2).length)
    } finally {
      await link.close()
    }
  })

  it('is read on behind letters that are too much of something, in bounded memory', { timeout: 120_000 }, async () => {
    server = await openMailboxServer()
    const heavy = [
      withScan('tyazheloe', 25),
      withParts('chasti', 10_000),
      nested('vlozhennoe', 5000),
      lettersInLetters('matryoshka', 5000),
      withCharset('kodirovka', 'x-no-such-charset'),
      withHead('shapka', 2000),
    ]
    await withMailbox(async (client) => {
      for (const raw of heavy) await client.append('INBOX', raw)
      await client.append('INBOX', letterOf('poslednee'))
    })
    global.gc?.()
    const before = process.memoryUsage().rss
    let most = before
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 20)
    reads()
    await expect.poll(async () => (await subjects()).length, { timeout: 60_000 }).toBe(heavy.length + 1)
    clearInterval(watch)
    const kinds = await world.db.selectFrom('incoming_letters').select(['subject', 'kind', 'size']).execute()
    const kindOf = (subject: string) => kinds.find((letter) => letter.subject === subject)?.kind
    expect(kindOf('tyazheloe')).toBe('application')
    expect(kindOf('poslednee')).toBe('request')
    expect(kinds.map(({ size }) => Number(size)).sort((one, other) => one - other)).toEqual(
      [...heavy, Buffer.from(letterOf('poslednee'))].map(({ length }) => length).sort((one, other) => one - other),
    )
    // The heaviest letter some times over; a letter of a hundred times its size is refused by its parts before that.
    expect((most - before) / 1024 / 1024).toBeLessThan(400)
  })

  describe.skipIf(!mailServerAvailable())('with a server of letters before it', () => {
    let mail: MailServer
    afterEach(() => mail.remove())

    it('gives what was sent by SMTP', async () => {
      mail = await openMailServer()
      const transport = createTransport({ url: mail.address })
      const send = (subject: string) =>
        transport.sendMail({
          from: 'kedrov@dep.svetlorechye.example',
          to: 'podderzhka@svetlorechye.example',
          subject,
          text: 'Прошу предоставить доступ к порталу технической поддержки.\nФИО: Кедров Лев Аркадьевич',
        })
      await send('pervoe')
      await mail.delivered('podderzhka')
      server = await openMailboxServer(mail.maildirOf('podderzhka'))
      reads()
      await until(['pervoe'])
      await send('vtoroe')
      await until(['pervoe', 'vtoroe'])
      const kept = await world.db.selectFrom('incoming_letters').select(['kind', 'sender']).execute()
      expect(kept).toEqual([
        { kind: 'application', sender: 'kedrov@dep.svetlorechye.example' },
        { kind: 'application', sender: 'kedrov@dep.svetlorechye.example' },
      ])
    })
  })
})
