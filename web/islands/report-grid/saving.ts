/**
 * Saving by itself: a pause after the last change, one batch at a time, each kept in the browser before it is sent and
 * until it is answered. A lost link, an ended session, a decided report: nothing is dropped, and the line says what is.
 */
import type { CellsSaved } from '../../../contracts/reporting.ts'
import type { Batch, SaveQueue, Value } from './queue.ts'
import { answerOf, isSaved, type Reply, sendBatch } from './sending.ts'
import type { Left, Store } from './store.ts'
import type { Tabs } from './tabs.ts'

export type SavingState =
  | { kind: 'untouched' }
  | { kind: 'unsaved' }
  | { kind: 'sending' }
  | { kind: 'saved'; at: Date }
  | { kind: 'offline'; cells: number; lasts: boolean }
  | { kind: 'signed-out'; cells: number }
  | { kind: 'stopped'; cells: number; text: string }

export interface SavingOptions {
  address: string
  report: string
  person: string
  queue: SaveQueue
  store: Store
  tabs: Tabs
  say(state: SavingState): void
  /** The server has answered: cells it has now, conflicts and refusals among the rest. */
  onSaved(answer: CellsSaved, cells: ReadonlyMap<string, Value>): void
}

const pauseMs = 1_500
const keepMs = 60
const firstRetryMs = 2_000
const longestRetryMs = 60_000
/** What browsers let a closing page still send. */
const largestAtParting = 60_000

export class Saving {
  private readonly options: SavingOptions
  private pause: ReturnType<typeof setTimeout> | undefined
  private keeping: ReturnType<typeof setTimeout> | undefined
  private retry: ReturnType<typeof setTimeout> | undefined
  private retryMs = firstRetryMs
  private running: Promise<boolean> | undefined
  private state: SavingState = { kind: 'untouched' }
  private lasts: boolean
  private keptAt = 0

  constructor(options: SavingOptions) {
    this.options = options
    this.lasts = options.store.lasts
    addEventListener('online', () => this.tryAgain())
    addEventListener('focus', () => this.state.kind === 'signed-out' && this.tryAgain())
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.part()
      else if (this.state.kind === 'signed-out') this.tryAgain()
    })
    addEventListener('pagehide', () => this.part())
    addEventListener('beforeunload', (event) => {
      if (!this.lasts && !options.queue.isEmpty) event.preventDefault()
    })
  }

  /** Something has changed: kept at once, sent after a pause. */
  touch(): void {
    clearTimeout(this.pause)
    this.keepSoon()
    if (this.options.queue.size === 0) {
      if (this.state.kind === 'unsaved') this.change({ kind: 'untouched' })
      return
    }
    if (this.state.kind === 'stopped' || this.state.kind === 'signed-out' || this.state.kind === 'offline') {
      this.change(this.recounted(this.state))
      return
    }
    if (this.state.kind !== 'sending') this.change({ kind: 'unsaved' })
    this.pause = setTimeout(() => void this.flush(), pauseMs)
  }

  private recounted<State extends { cells: number }>(state: State): State {
    return { ...state, cells: this.options.queue.size }
  }

  /** Sends all there is now. Resolves to whether the server has everything. */
  flush(): Promise<boolean> {
    clearTimeout(this.pause)
    clearTimeout(this.retry)
    const parting = this.running
    if (parting) return parting.then((saved) => (saved && this.options.queue.size > 0 ? this.flush() : saved))
    this.running = this.sendAll().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private tryAgain(): void {
    this.retryMs = firstRetryMs
    if (this.options.queue.size > 0) void this.flush()
  }

  private async sendAll(): Promise<boolean> {
    const { queue } = this.options
    for (;;) {
      const batch = queue.next(newKey)
      if (!batch) return true
      this.change({ kind: 'sending' })
      await this.keep()
      const reply = await sendBatch(this.options.address, batch, this.options.person)
      if (!this.settle(reply)) return false
      await this.keep()
    }
  }

  /** Whether the next batch may go. */
  private settle(reply: Reply): boolean {
    const { queue, tabs, onSaved } = this.options
    if (isSaved(reply)) {
      this.retryMs = firstRetryMs
      const saved = queue.settle(reply.saved)
      onSaved(reply.saved, saved)
      tabs.saved(saved, reply.saved.version)
      this.change({ kind: 'saved', at: new Date(reply.saved.savedAt) })
      return true
    }
    const cells = queue.size
    const answer = answerOf(reply)
    switch (answer.kind) {
      case 'again':
        this.change({ kind: 'offline', cells, lasts: this.lasts })
        this.retryLater(answer.afterMs)
        return false
      case 'new-key':
        queue.rekey(newKey)
        this.retryLater()
        return false
      case 'signed-out':
        this.change({ kind: 'signed-out', cells })
        return false
      case 'stopped':
        this.change({ kind: 'stopped', cells, text: answer.text })
        return false
    }
  }

  private retryLater(afterMs = this.retryMs): void {
    clearTimeout(this.retry)
    this.retry = setTimeout(() => void this.flush(), afterMs)
    this.retryMs = Math.min(this.retryMs * 2, longestRetryMs)
  }

  /** The page is being left: what fits is sent even so; the rest waits in the browser. */
  private part(): void {
    void this.keep()
    if (this.running || this.state.kind === 'stopped' || this.state.kind === 'signed-out') return
    const batch = this.options.queue.next(newKey)
    if (!batch || sizeOf(batch) > largestAtParting) return
    void this.keep()
    this.running = sendBatch(this.options.address, batch, this.options.person, true)
      .then(async (reply) => {
        const settled = this.settle(reply)
        await this.keep()
        return settled
      })
      .finally(() => {
        this.running = undefined
      })
  }

  private keepSoon(): void {
    this.keeping ??= setTimeout(() => void this.keep(), keepMs)
  }

  private async keep(): Promise<void> {
    clearTimeout(this.keeping)
    this.keeping = undefined
    const { store, report, person, queue, tabs } = this.options
    const key = leftKey(report, tabs.page)
    const left: Left = { key, report, person, at: this.later(), kept: queue.kept() }
    try {
      if (queue.isEmpty) await store.remove(key)
      else await store.put(left)
      this.lasts = store.lasts
    } catch {
      this.lasts = false // full or closed meanwhile: leaving the page now asks first
    }
    if (this.state.kind === 'offline' && this.state.lasts !== this.lasts)
      this.change({ ...this.state, lasts: this.lasts })
  }

  /** Earlier pages have left records of this time: those of this one come after, though the clock was set back. */
  after(at: number): void {
    this.keptAt = Math.max(this.keptAt, at)
  }

  private later(): number {
    this.keptAt = Math.max(Date.now(), this.keptAt + 1)
    return this.keptAt
  }

  private change(state: SavingState): void {
    this.state = state
    this.options.say(state)
  }
}

export const leftKey = (report: string, page: string): string => `${report}/${page}`

/** `crypto.randomUUID` is there only on secure pages; a local installation may be on plain HTTP. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const sizeOf = (batch: Batch): number => new Blob([JSON.stringify(batch)]).size
