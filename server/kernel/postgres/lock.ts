import { chownSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DataDirectoryBusy } from './failure.ts'
import { phrases } from './postgres.phrases.ts'

export type Lock = { release(): void }

/**
 * Takes the data directory for this process, or throws DataDirectoryBusy.
 *
 * Node has no flock. SQLite takes an fcntl lock on its file, which is the same thing: the system drops it with the
 * process, however that ended, so the lock cannot go stale, and containers that share the directory see it too.
 * The file stays empty; nothing is ever stored in it.
 *
 * @param purpose shown to the one who finds the directory taken
 */
export function takeLock(dataDirectory: string, purpose: string): Lock {
  const file = join(dataDirectory, 'lock')
  const holder = join(dataDirectory, 'lock.holder')
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('begin exclusive')
  } catch (cause) {
    database.close()
    if (isLocked(cause)) throw new DataDirectoryBusy(phrases.busy(dataDirectory, readHolder(holder)), { cause })
    throw cause
  }
  writeFileSync(holder, phrases.holder(purpose, process.pid))
  giveToOwner(dataDirectory, [file, holder])

  return {
    release() {
      if (!database.isOpen) return
      rmSync(holder, { force: true })
      database.close()
    },
  }
}

const sqliteBusy = 5
const isLocked = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy

function readHolder(holder: string): string {
  try {
    return readFileSync(holder, 'utf8') || phrases.unknownHolder
  } catch {
    return phrases.unknownHolder
  }
}

/** Root may run a command on the data directory of another user, whose program must be able to take the lock later. */
function giveToOwner(dataDirectory: string, files: string[]) {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dataDirectory)
  for (const file of files) chownSync(file, uid, gid)
}
