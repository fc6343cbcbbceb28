/**
 * Events: what happened, told to whoever must act on it after the commit. Written in the action's transaction; each is
 * handled once, in a transaction of its own that also marks it handled.
 */
import { type Db, randomUUIDv7, type Tx, transaction } from '../db/index.ts'
import { addJob } from '../jobs/index.ts'
import { insertEvent, listWaitingEvents, lockEvent, markHandled, noteFailure } from './outbox.queries.ts'

/** The rooms name their events here: `declare module … { interface Events { 'report.refused': { reportId: string } } }`. */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it by declaration merging
export interface Events {}
export type EventName = keyof Events & string
export type EventHandlers = { [N in EventName]?: (tx: Tx, payload: Events[N], eventId: string) => Promise<void> }

export async function publish<N extends EventName>(tx: Tx, name: N, payload: Events[N]): Promise<void> {
  const id = randomUUIDv7()
  await insertEvent(tx, { id, name, payload })
  await addJob(tx, 'handle-event', { eventId: id })
}

const mostAttempts = 10

export async function handleEvent(db: Db, handlers: EventHandlers, eventId: string): Promise<void> {
  try {
    await transaction({ db }, async (tx) => {
      const event = await lockEvent(tx, eventId)
      if (!event) return
      await callHandler(tx, handlers, event)
      await markHandled(tx, eventId)
    })
  } catch (error) {
    await noteFailure(db, eventId, mostAttempts, error instanceof Error ? error.message : String(error))
    throw error
  }
}

/** Events whose job was lost, or failed: the table is the truth, the job queue a hint. */
export async function handleWaitingEvents(db: Db, handlers: EventHandlers): Promise<void> {
  for (const id of await listWaitingEvents(db, 500)) await handleEvent(db, handlers, id).catch(() => undefined)
}

/** Several rooms may act on one event: each in its turn, in the transaction that marks the event handled. */
export function joinHandlers(all: readonly EventHandlers[]): EventHandlers {
  const names = new Set(all.flatMap((handlers) => Object.keys(handlers)))
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      async (tx: Tx, payload: unknown, id: string) => {
        for (const handlers of all) await callHandler(tx, handlers, { id, name, payload })
      },
    ]),
  )
}

async function callHandler(
  tx: Tx,
  handlers: EventHandlers,
  event: { id: string; name: string; payload: unknown },
): Promise<void> {
  // as: a name and its payload were written together by `publish`, whose types tie them
  const handler = handlers[event.name as EventName] as
    | ((tx: Tx, payload: unknown, eventId: string) => Promise<void>)
    | undefined
  await handler?.(tx, event.payload, event.id)
}
