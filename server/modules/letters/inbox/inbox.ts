/**
 * Reads the mailbox: new letters as the server tells of them (IDLE, RFC 2177), from where the last reading ended. A letter
 * and its UID are noted in one transaction, so a program that is killed loses none and reads none twice; where the server
 * numbers its letters anew, `keepLetter` knows those that are kept already.
 */
import { randomUUID } from 'node:crypto'
import { ImapFlow } from 'imapflow'
import type { Db } from '../../../kernel/db/index.ts'
import type { FileStore } from '../../../kernel/files/index.ts'
import { keepLetter } from '../keeping.ts'
import { beginReading, noteProblem, noteRead, releaseLease, takeLease } from './mailboxes.queries.ts'

export type InboxParts = {
  db: Db
  files: FileStore
  /** `imaps://user:password@host/INBOX` */
  url: string
  doneFolder: string | undefined
  region: string | undefined
  /** Addresses of our own. */
  own: readonly string[]
  /** No other program works on this database. */
  alone: boolean
  onError: (error: unknown) => void
  /** Shorter in tests. */
  pauses?: { firstMs: number; mostMs: number; lookMs: number }
}
export type Inbox = { stop: () => Promise<void> }

const leaseSeconds = 60
const usualPauses = { firstMs: 1000, mostMs: 300_000, lookMs: 120_000 }
const largestSource = 64 * 1024 * 1024

class LeaseLost extends Error {}

export function startInbox(parts: InboxParts): Inbox {
  const reader = new InboxReader(parts)
  const running = reader.run()
  return {
    stop: async () => {
      reader.stop()
      await running
    },
  }
}

class InboxReader {
  private readonly parts: InboxParts
  private readonly by = randomUUID()
  private readonly name: string
  private readonly folder: string
  private readonly pauses: typeof usualPauses
  private stopping = false
  private again = false
  private wake: () => void = () => undefined

  constructor(parts: InboxParts) {
    this.parts = parts
    const { username, host, pathname } = new URL(parts.url)
    this.folder = decodeURIComponent(pathname.slice(1)) || 'INBOX'
    this.name = `imap:${decodeURIComponent(username)}@${host}/${this.folder}`
    this.pauses = parts.pauses ?? usualPauses
  }

  stop(): void {
    this.stopping = true
    this.wake()
  }

  /** Until it is stopped: a break of whatever kind is met by a longer and longer pause, the first success ends it. */
  async run(): Promise<void> {
    let pause = this.pauses.firstMs
    while (!this.stopping) {
      try {
        if (await this.lease(this.parts.alone)) {
          await this.session(() => {
            pause = this.pauses.firstMs
          })
        } else await this.rest(this.pauses.firstMs * 10)
      } catch (error) {
        if (this.stopping) break
        this.parts.onError(error)
        this.again = false
        await noteProblem(this.parts.db, this.name, toldBy(error)).catch(() => undefined)
        await this.rest(pause)
        pause = Math.min(pause * 2, this.pauses.mostMs)
      }
    }
    await releaseLease(this.parts.db, this.name, this.by).catch(() => undefined)
  }

  private lease = (alone = false): Promise<boolean> => takeLease(this.parts.db, this.name, this.by, leaseSeconds, alone)

  private async session(onSuccess: () => void): Promise<void> {
    const client = clientOf(this.parts.url)
    let closed = false
    client.on('close', () => {
      closed = true
      this.wake()
    })
    // Told by the command that fails; without a listener it would end the program.
    client.on('error', () => this.wake())
    client.on('exists', () => {
      this.again = true
      this.wake()
    })
    const renewal = setInterval(() => void this.lease().catch(() => undefined), (leaseSeconds * 1000) / 3)
    try {
      await client.connect()
      const { uidValidity } = await client.mailboxOpen(this.folder)
      const validity = String(uidValidity)
      let last = await beginReading(this.parts.db, this.name, validity)
      // What was kept just before a break may not have been put away.
      if (last > 0) await this.putAway(client, `1:${last}`)
      while (!this.stopping && !closed) {
        this.again = false
        last = await this.readOn(client, validity, last)
        onSuccess()
        if (this.again || closed || this.stopping) continue
        void client.idle().catch(() => undefined)
        await this.rest(this.pauses.lookMs)
        if (!closed && !this.stopping && !(await this.lease())) throw new LeaseLost('Another program reads the mailbox')
      }
      if (closed && !this.stopping) throw new Error('The connection to the mailbox was closed')
    } finally {
      clearInterval(renewal)
      await Promise.race([client.logout().catch(() => undefined), pauseOf(2000)])
      client.close()
    }
  }

  /** Every letter after the last one, oldest first; returns the last one's UID. */
  private async readOn(client: ImapFlow, validity: string, from: number): Promise<number> {
    let last = from
    const found = (await client.search({ uid: `${from + 1}:*` }, { uid: true })) || []
    // «n:*» of a mailbox without new letters names its last one.
    for (const uid of found.filter((each) => each > from).sort((one, other) => one - other)) {
      if (this.stopping) return last
      const fetched = await client.fetchOne(
        String(uid),
        { source: { maxLength: largestSource }, size: true },
        { uid: true },
      )
      if (!fetched || fetched.source === undefined) continue
      await this.keep(fetched.source, validity, uid)
      last = uid
      if ((fetched.size ?? 0) <= largestSource) await this.putAway(client, String(uid))
    }
    return last
  }

  private async keep(raw: Buffer, uidValidity: string, uid: number): Promise<void> {
    const { db, files, region, own } = this.parts
    const arrival = { raw, mailbox: this.name, uidValidity, uid, regionCode: region ?? null, own }
    await keepLetter({ db, files }, arrival, async (tx) => {
      if (!(await noteRead(tx, this.name, this.by, uidValidity, uid)))
        throw new LeaseLost('Another program reads the mailbox')
    })
  }

  private async putAway(client: ImapFlow, uids: string): Promise<void> {
    const { doneFolder } = this.parts
    if (doneFolder === undefined) {
      await client.messageFlagsAdd(uids, ['\\Seen'], { uid: true })
      return
    }
    const moved = await client.messageMove(uids, doneFolder, { uid: true })
    if (moved) return
    await client.mailboxCreate(doneFolder).catch(() => undefined)
    await client.messageMove(uids, doneFolder, { uid: true })
  }

  private rest(milliseconds: number): Promise<void> {
    if (this.stopping || this.again) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function clientOf(url: string): ImapFlow {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'imaps:'
  return new ImapFlow({
    host: hostname,
    port: Number(port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 30_000,
    greetingTimeout: 15_000,
    // Longer than a look, so that silence of the network, not of people, ends a connection.
    socketTimeout: 300_000,
  })
}

const pauseOf = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Without the password that an address may hold. */
const toldBy = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\/\/[^@\s]*@/g, '//…@')
