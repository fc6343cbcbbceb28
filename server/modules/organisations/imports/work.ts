/**
 * Imports at work: a file is read, its lines are checked, applied, undone, in batches. A batch is one transaction with the
 * cursor in it, so a program that is killed leaves whole batches behind and the next one goes on from there.
 */
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import type { FileStore } from '../../../kernel/files/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { applyBatch } from './applying.ts'
import { checkBatch } from './checking.ts'
import {
  findImport,
  holdImport,
  type Import,
  leaseImport,
  noteFailedAttempt,
  releaseImport,
  renewLease,
  secondsToNext,
} from './imports.queries.ts'
import { readFile } from './reading.ts'
import { undoBatch } from './undoing.ts'

let files: FileStore | undefined

declare module '../../../kernel/outbox/outbox.ts' {
  interface Events {
    /** It has come to its end, or cannot go on: whoever ordered it is told. */
    'organisations.import-ended': { importId: string; outcome: ImportEnding }
  }
}

export type ImportEnding = 'applied' | 'undone' | 'unreadable' | 'stopped'

/** Told once by the composition: where the files lie that were uploaded. */
export const configureImports = (parts: { files: FileStore }): void => {
  files = parts.files
}

/** A leased import, and the way to its next batch. */
export type Work = {
  db: Db
  /** False when the import was turned by a person or taken by another worker: then nothing was done. */
  batch: (state: Import['state'], action: (tx: Tx, held: Import) => Promise<void>) => Promise<boolean>
}

const mostAttempts = 5
const working = new WeakMap<Db, Promise<void>>()

/** Works on all that waits; a second call in the same process joins the first. */
export function workOnImports(db: Db): Promise<void> {
  const now = working.get(db) ?? allWaiting(db).finally(() => working.delete(db))
  working.set(db, now)
  return now
}

/** A hint: what it misses, the regular look finds. */
export const workSoon = (db: Db): void => void workOnImports(db).catch(() => undefined)

async function allWaiting(db: Db): Promise<void> {
  for (;;) {
    const leased = await leaseImport(db)
    if (!leased && (await isFreeSoon(db))) continue
    if (!leased) return
    const { id, lease } = leased
    // While this process lives nobody else takes what it works on; when it is killed, another does within seconds.
    const heart = setInterval(() => void renewLease(db, id, lease).catch(() => undefined), 2000)
    try {
      await workThrough(db, id, lease)
      await releaseImport(db, id, lease)
    } catch (error) {
      // Kept with the import: the person sees that it stands still, and the text tells the administrator why.
      const problem = error instanceof Error ? error.message : String(error)
      await transaction({ db }, async (tx) => {
        if (await noteFailedAttempt(tx, id, lease, problem, mostAttempts))
          await publish(tx, 'organisations.import-ended', { importId: id, outcome: 'stopped' })
      })
    } finally {
      clearInterval(heart)
    }
  }
}

const longestWait = 10

/** Waits for what another worker has left or a failure has put off; what takes longer, the regular look finds. */
async function isFreeSoon(db: Db): Promise<boolean> {
  const seconds = await secondsToNext(db)
  if (seconds === undefined || seconds > longestWait) return false
  await new Promise((resolve) => setTimeout(resolve, Math.max(0.2, seconds) * 1000))
  return true
}

async function workThrough(db: Db, id: string, lease: string): Promise<void> {
  const work: Work = {
    db,
    batch: (state, action) =>
      transaction({ db }, async (tx) => {
        const held = await holdImport(tx, id, lease, state)
        if (held) await action(tx, held)
        return held !== undefined
      }),
  }
  for (;;) {
    const current = await findImport(db, id)
    if (!current || !(await step(work, current))) return
  }
}

/** True while there may be more to do. */
async function step(work: Work, current: Import): Promise<boolean> {
  switch (current.state) {
    case 'reading':
      return readFile(work, current, storedFiles())
    case 'checking':
      return work.batch('checking', checkBatch)
    case 'applying':
      return work.batch('applying', applyBatch)
    case 'undoing':
      return work.batch('undoing', undoBatch)
    case 'ready':
    case 'applied':
    case 'undone':
    case 'cancelled':
    case 'unreadable':
      return false
  }
}

function storedFiles(): FileStore {
  if (!files) throw new TypeError('Imports were not told where files lie')
  return files
}
