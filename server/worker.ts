/** Composition of what works in the background: letters, events, regular looks. */
import type pg from 'pg'
import type { Db } from './kernel/db/index.ts'
import { type FileStore, removeForgotten } from './kernel/files/index.ts'
import { dropOldKeys, dropOldLimits, dropOldPosts, isFirstAttempt } from './kernel/http/index.ts'
import { type Jobs, prepareJobs, startJobs } from './kernel/jobs/index.ts'
import type { Log } from './kernel/log.ts'
import { startLetterSender, type Transport } from './kernel/mail/index.ts'
import { type EventHandlers, handleEvent, handleWaitingEvents, joinHandlers } from './kernel/outbox/index.ts'
import type { Room } from './kernel/room.ts'
import { startPushSender } from './modules/messages/index.ts'

export type Worker = { stop: () => Promise<void> }

export const handlersOf = (rooms: readonly Room[]): EventHandlers =>
  joinHandlers(rooms.flatMap((room) => room.handlers ?? []))

type Parts = {
  pool: pg.Pool
  db: Db
  files: FileStore
  rooms: readonly Room[]
  transports: readonly Transport[]
  /** No other program works on this database: the embedded one has a single owner. */
  alone: boolean
  log: Log
}

export async function startWorker({ pool, db, files, rooms, transports, alone, log }: Parts): Promise<Worker> {
  const onError = (error: unknown) => log.error({ err: error }, 'background work failed')
  const handlers = handlersOf(rooms)
  await prepareJobs(pool)
  // Each by itself: a gateway of SMS that hangs holds no letter up.
  const senders = transports.map((transport) => startLetterSender(db, transport, alone, onError))
  const push = startPushSender(db, onError)
  const jobs: Jobs = startJobs(
    pool,
    { 'handle-event': (payload) => handleEvent(db, handlers, eventIdOf(payload)) },
    async () => {
      await regularly(db, rooms, handlers)
      await cleanFiles(pool, db, files)
    },
    onError,
  )
  return {
    stop: async () => {
      await jobs.stop()
      await push.stop()
      await Promise.all(senders.map((sender) => sender.stop()))
    },
  }
}

async function regularly(db: Db, rooms: readonly Room[], handlers: EventHandlers): Promise<void> {
  await handleWaitingEvents(db, handlers)
  await dropOldKeys(db)
  await dropOldLimits(db)
  await dropOldPosts(db)
  // What one room cannot do must not keep the others from their deadlines.
  const failures: unknown[] = []
  for (const room of rooms) await room.regularly?.(db).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, 'Regular looks failed')
}

const aDay = 86_400

/** Bytes that no row points at, once a day, by whichever node looks first. A week is longer than any upload takes. */
export async function cleanFiles(pool: pg.Pool, db: Db, files: FileStore): Promise<void> {
  if (!(await isFirstAttempt(db, 'files:cleaning', aDay))) return
  const client = await pool.connect()
  try {
    await removeForgotten(client, files, new Date(Date.now() - 7 * aDay * 1000))
  } finally {
    client.release()
  }
}

function eventIdOf(payload: unknown): string {
  if (typeof payload === 'object' && payload !== null && 'eventId' in payload) return String(payload.eventId)
  throw new TypeError('A job without its event')
}
