/** The program: settings, database, migrations, the stand's region, worker, web. */
import { serve } from '@hono/node-server'
import { createApp } from './app.tsx'
import { loadAssets } from './kernel/assets.ts'
import { loadCalendar } from './kernel/calendar/index.ts'
import { type Db, migrate, openDatabase, openPool } from './kernel/db/index.ts'
import { checkS3, type FileStore, openFileStore } from './kernel/files/index.ts'
import { openMetrics } from './kernel/health/index.ts'
import { type Log, openLog } from './kernel/log.ts'
import { builtInMailbox, countWaitingLetters, smtpTransport, type Transport } from './kernel/mail/index.ts'
import { startEmbeddedPostgres } from './kernel/postgres/index.ts'
import { readSettings, type Settings, WrongSettings } from './kernel/settings.ts'
import { smsTransport } from './kernel/sms/index.ts'
import { migrations } from './migrations/index.ts'
import { configureDomains, loadFreeMailDomains, readDomains } from './modules/identity/index.ts'
import { type Inbox, startInbox } from './modules/letters/index.ts'
import { loadRegions } from './modules/organisations/index.ts'
import { drawnCountry } from './modules/roadmap/index.ts'
import { roomsOf } from './rooms.ts'
import { plantStand } from './seeds/stand.ts'
import { startWorker } from './worker.ts'

await main().catch((error: unknown) => {
  const foreseen = error instanceof WrongSettings || (error instanceof Error && 'exitCode' in error)
  console.error(foreseen ? error.message : error)
  process.exit(1)
})

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  if (settings.domainsFile) configureDomains(readDomains(settings.domainsFile))
  loadCalendar()
  const log = openLog(settings.logLevel)
  const say = (line: string) => console.log(line)
  // When the database dies under it, graphile-worker lets rejections escape that nobody can catch. The program goes on:
  // every call's own errors are answered where they happen, and the queue is opened anew by jobs.ts.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection escaped'))
  const missing = settings.s3 && (await checkS3(settings.s3))
  if (missing) say(missing)
  const embedded = settings.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDirectory: settings.dataDirectory, log: say })
  const pool = openPool(
    settings.databaseUrl ?? embedded?.connectionString ?? '',
    settings.databaseConnections,
    (error) => log.warn({ err: error.message }, 'a database connection was lost'),
  )
  const db = openDatabase(pool)
  await migrate(db, migrations)
  if (settings.environment === 'stand') await plantStand(db)
  await loadRegions(db)
  await loadFreeMailDomains(db)
  // Now rather than while the first visitor waits.
  if (settings.services.includes('roadmap')) drawnCountry()
  const metrics = openMetrics(pool, async () => (await countWaitingLetters(db)).count)
  const assets = loadAssets(new URL('../assets', import.meta.url).pathname)
  const app = createApp({ settings, db, assets, log, metrics })
  // After the app, which tells messages where their links lead.
  const rooms = roomsOf(settings.services)
  const files = openFileStore(settings, (line) =>
    log.warn({ store: line }, 'the store of files does not do as it is asked'),
  )
  const alone = embedded !== undefined
  const worker = await startWorker({ pool, db, files, rooms, transports: transportsOf(settings), alone, log })
  const inbox = openInbox({ settings, db, files, alone, log })
  const server = serve({ fetch: app.fetch, port: settings.port, hostname: settings.host }, () => {
    say(`Кабинет открыт: ${settings.baseUrl}${settings.environment === 'stand' ? ' (стенд)' : ''}`)
  })
  server.on('error', (error) => {
    console.error(`Порт ${settings.port} не открыть: ${error.message}`)
    void stop(1)
  })

  let stopping = false
  async function stop(code: number): Promise<void> {
    if (stopping) return
    stopping = true
    // Whoever is being answered is answered; whoever holds a connection open for nothing does not hold us.
    setTimeout(() => process.exit(code), 10_000).unref()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    await inbox?.stop()
    await worker.stop()
    await db.destroy()
    await embedded?.stop()
    process.exit(code)
  }
  process.once('SIGTERM', () => void stop(0))
  process.once('SIGINT', () => void stop(0))
}

type InboxParts = { settings: Settings; db: Db; files: FileStore; alone: boolean; log: Log }

function openInbox({ settings, db, files, alone, log }: InboxParts): Inbox | undefined {
  const { inbox, mailFrom } = settings
  if (!inbox) return undefined
  const own = [/[^<\s]+@[^>\s]+/.exec(mailFrom)?.[0], decodeURIComponent(new URL(inbox.url).username)]
  return startInbox({
    ...inbox,
    db,
    files,
    own: own.flatMap((address) => address?.toLowerCase() ?? []),
    alone,
    onError: (error) => log.warn({ err: error }, 'the mailbox cannot be read for now'),
  })
}

function transportsOf(settings: Settings): Transport[] {
  if (settings.environment === 'stand' || !settings.mailUrl) return [builtInMailbox]
  const mail = smtpTransport(settings.mailUrl, settings.mailFrom, new URL(settings.baseUrl).hostname)
  const sms = smsTransport(settings.sms)
  return sms ? [mail, sms] : [mail]
}
