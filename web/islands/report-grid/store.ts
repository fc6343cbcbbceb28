/** Keeps what is not saved in this browser: in IndexedDB, else in localStorage; where both are closed it says so. */
import type { Kept } from './queue.ts'

/** One page's unsaved cells: `key` is the report and the page. */
export type Left = { key: string; report: string; person: string; at: number; kept: Kept }

export interface Store {
  /** Whether what is put outlives the page. */
  readonly lasts: boolean
  put(left: Left): Promise<void>
  remove(key: string): Promise<void>
  ofReport(report: string): Promise<Left[]>
}

const database = 'kabinet'
const shelf = 'unsaved-cells'

/** At once: what is put before the database has opened waits for it, and nobody need wait to begin typing. */
export const openStore = (): Store => new OpeningStore()

class OpeningStore implements Store {
  private opened: Store | undefined
  private readonly opening = openBest().then((store) => {
    this.opened = store
    return store
  })

  get lasts(): boolean {
    return this.opened?.lasts ?? true
  }

  async put(left: Left): Promise<void> {
    await (await this.opening).put(left)
  }

  async remove(key: string): Promise<void> {
    await (await this.opening).remove(key)
  }

  async ofReport(report: string): Promise<Left[]> {
    return (await this.opening).ofReport(report)
  }
}

async function openBest(): Promise<Store> {
  try {
    return new DatabaseStore(await openDatabase())
  } catch {
    return storageWorks() ? new StorageStore() : new NoStore()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(shelf, { keyPath: 'key' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
    opening.onblocked = () => reject(new Error('blocked'))
  })
}

const answered = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

class DatabaseStore implements Store {
  readonly lasts = true
  private readonly db: IDBDatabase

  constructor(db: IDBDatabase) {
    this.db = db
  }

  private shelf(mode: IDBTransactionMode): IDBObjectStore {
    return this.db.transaction(shelf, mode).objectStore(shelf)
  }

  /** A full disk fails the transaction after its request was answered: only its end tells that it was kept. */
  private written(deed: (shelf: IDBObjectStore) => IDBRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const { transaction } = deed(this.shelf('readwrite'))
      if (!transaction) return reject(new Error('closed'))
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
      transaction.onerror = () => reject(transaction.error)
    })
  }

  async put(left: Left): Promise<void> {
    await this.written((shelf) => shelf.put(left))
  }

  async remove(key: string): Promise<void> {
    await this.written((shelf) => shelf.delete(key))
  }

  async ofReport(report: string): Promise<Left[]> {
    const all: Left[] = await answered(this.shelf('readonly').getAll(IDBKeyRange.bound(`${report}/`, `${report}0`)))
    return all.filter((left) => left.report === report)
  }
}

const prefix = 'unsaved-cells:'

class StorageStore implements Store {
  readonly lasts = true

  async put(left: Left): Promise<void> {
    localStorage.setItem(prefix + left.key, JSON.stringify(left))
  }

  async remove(key: string): Promise<void> {
    localStorage.removeItem(prefix + key)
  }

  async ofReport(report: string): Promise<Left[]> {
    return Object.keys(localStorage).flatMap(
      (key) => (key.startsWith(`${prefix}${report}/`) ? [JSON.parse(localStorage.getItem(key) ?? 'null') as Left] : []), // as: written by `put`
    )
  }
}

class NoStore implements Store {
  readonly lasts = false
  async put(): Promise<void> {}
  async remove(): Promise<void> {}
  async ofReport(): Promise<Left[]> {
    return []
  }
}

function storageWorks(): boolean {
  try {
    localStorage.setItem(prefix, '')
    localStorage.removeItem(prefix)
    return true
  } catch {
    return false
  }
}
