/**
 * The stand in a database of one's own, with the program around it: people act through the API or its pages, letters
 * are read in the built-in mailbox.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll } from 'vitest'
import { createApp } from '../../server/app.tsx'
import type { Assets } from '../../server/kernel/assets.ts'
import { restoreBackup } from '../../server/kernel/backup/index.ts'
import { type Db, openDatabase, openPool } from '../../server/kernel/db/index.ts'
import { openMetrics } from '../../server/kernel/health/index.ts'
import { openLog } from '../../server/kernel/log.ts'
import { builtInMailbox, listSentLetters, sendDueLetters } from '../../server/kernel/mail/index.ts'
import { type EventHandlers, handleEvent } from '../../server/kernel/outbox/index.ts'
import { readSettings } from '../../server/kernel/settings.ts'
import { migrations } from '../../server/migrations/index.ts'
import { roomsOf } from '../../server/rooms.ts'
import { standAccounts } from '../../server/seeds/stand.people.ts'
import { handlersOf } from '../../server/worker.ts'
import { ApiClient, PageClient } from './clients.ts'
import { cloneDatabase } from './database.ts'

export type PersonKey = string
export type ReadLetter = { subject: string; text: string; links: string[] }

export type World = {
  app: Hono
  db: Db
  /** The JSON API as this person. */
  as: (person: PersonKey) => ApiClient
  /** The pages as this person, or as a visitor. */
  page: (person?: PersonKey) => PageClient
  visitor: () => ApiClient
  /** Handles events and sends letters until there are none. */
  settle: () => Promise<void>
  lettersTo: (address: string) => Promise<ReadLetter[]>
}

type WorldChoice = { backup?: string; services?: string; pool?: { connections: number; wait: number } }

const assets: Assets = { address: (name) => `/assets/${name}`, mount: () => undefined }

/**
 * Call it in `beforeAll`; what it opens is closed after the file.
 * @param backup of an older program, restored and brought up to date instead of today's stand
 * @param services that are switched on, as the setting says it; all when absent
 * @param pool how many connections there are, and for how many milliseconds one is waited for
 */
export async function openWorld({ backup, services, pool: bounds }: WorldChoice = {}): Promise<World> {
  const { address, drop } = await cloneDatabase()
  const dataDirectory = mkdtempSync(join(tmpdir(), 'kabinet-world-'))
  if (backup) await restoreBackup({ connectionString: address, dataDirectory, file: backup, migrations, replace: true })
  const settings = readSettings({
    DATA_DIR: dataDirectory,
    LOG_LEVEL: 'error',
    BASE_URL: 'http://localhost',
    SERVICES: services,
  })
  const pool = openPool(address, bounds?.connections ?? 6, () => undefined)
  // A thousand calls at once wait for their turn, however slow the machine is.
  pool.options.connectionTimeoutMillis = bounds?.wait ?? 100_000
  const handlers = handlersOf(roomsOf(settings.services))
  const db = openDatabase(pool)
  const app = createApp({
    settings,
    db,
    assets,
    log: openLog(settings.logLevel),
    metrics: openMetrics(pool, async () => 0),
  })
  afterAll(async () => {
    await db.destroy()
    await drop()
    rmSync(dataDirectory, { recursive: true, force: true })
  })
  return {
    app,
    db,
    as: (person) => new ApiClient(app, credentialsOf(person)),
    page: (person) => new PageClient(app, person === undefined ? undefined : credentialsOf(person)),
    visitor: () => new ApiClient(app, undefined),
    settle: () => settle(db, handlers),
    lettersTo: async (to) =>
      (await listSentLetters(db, { to })).map(({ subject, text }) => ({
        subject,
        text,
        links: [...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => link),
      })),
  }
}

function credentialsOf(key: PersonKey): { login: string; password: string } {
  const person = standAccounts.find((account) => account.key === key)
  if (!person) throw new Error(`The stand has no ${key}`)
  return person
}

async function settle(db: Db, handlers: EventHandlers): Promise<void> {
  for (;;) {
    const waiting = await db
      .selectFrom('events')
      .select('id')
      .where('handled_at', 'is', null)
      .where('failed_at', 'is', null)
      .execute()
    for (const { id } of waiting) await handleEvent(db, handlers, id)
    const sent = await sendDueLetters(db, builtInMailbox)
    if (waiting.length === 0 && sent === 0) return
  }
}
