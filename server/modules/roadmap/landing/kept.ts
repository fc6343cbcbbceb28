/** What many read and few change, kept in memory: read anew when a cheap look says so, or when it has grown old. */
import type { Db } from '../../../kernel/db/index.ts'

export type Keeping<T> = {
  /** Something that changes with what is kept. */
  look: (db: Db) => Promise<string>
  read: (db: Db) => Promise<T>
  /** Milliseconds between two looks, however many ask. */
  lookEvery: number
  /** Milliseconds after which it is read anew, whatever the look says: time itself changes it. */
  readEvery: number
}

/** Milliseconds that whoever asks waits for a database that does not answer before it gets what there is. */
const patience = 2000

export class Kept<T> {
  private readonly keeping: Keeping<T>
  private held: { value: T; mark: string; readAt: number } | undefined
  private lookedAt = Number.NEGATIVE_INFINITY
  private renewal: Promise<void> | undefined

  constructor(keeping: Keeping<T>) {
    this.keeping = keeping
  }

  /**
   * While it is renewed others get what there was; so does everybody while the database is away. Only whoever comes first
   * after a long time waits.
   */
  async take(db: Db, now = Date.now()): Promise<T> {
    const { held } = this
    if (held && now - this.lookedAt < this.keeping.lookEvery) return held.value
    const isLongAgo = now - this.lookedAt > this.keeping.readEvery
    // A look that fails counts too: a database that is away is not asked by every visitor.
    this.lookedAt = held ? now : this.lookedAt
    this.renewal ??= this.renew(db, now).finally(() => {
      this.renewal = undefined
    })
    if (!held) {
      await this.renewal
      return this.value
    }
    const renewed = this.renewal.catch(() => undefined)
    if (isLongAgo) await Promise.race([renewed, new Promise((resolve) => setTimeout(resolve, patience).unref())])
    return this.value
  }

  private get value(): T {
    if (!this.held) throw new Error('Nothing is kept yet')
    return this.held.value
  }

  private async renew(db: Db, now: number): Promise<void> {
    const { look, read, readEvery } = this.keeping
    // The look comes first: what changes during the reading is read once more.
    const mark = await look(db)
    if (this.held?.mark !== mark || now - this.held.readAt >= readEvery)
      this.held = { value: await read(db), mark, readAt: now }
    this.lookedAt = now
  }
}
