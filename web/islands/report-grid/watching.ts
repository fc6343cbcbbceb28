/**
 * What others do at the same report, asked for every few seconds: often while somebody else is here, ever more seldom
 * while nothing happens, never while the page is hidden or left alone. Tells besides where one is oneself.
 */
import { presenceSeconds } from '../../../contracts/common-work.ts'
import type { Presence, ReportNews } from '../../../contracts/presence.ts'
import { call } from './sending.ts'

export interface WatchingOptions {
  newsAddress: string
  presenceAddress: string
  /** The version that the page was drawn with. */
  version: number
  /** The newest version that saving has told of: older news are stale. */
  saved(): number
  here(): Presence
  onNews(news: ReportNews): void
}

const soonMs = 4_000
const seldomMs = 20_000
const brokenMs = 60_000
const presenceMs = presenceSeconds * 1000
/** A page left open over night must not keep its session alive. */
const aloneMs = 20 * 60_000

/** All times are the browser's own running time: the clock on the wall may be set meanwhile. */
export class Watching {
  private readonly options: WatchingOptions
  private version: number
  private waitMs = soonMs
  private timer: ReturnType<typeof setTimeout> | undefined
  private asking = false
  private toldAt = -Infinity
  private told = ''
  private telling: ReturnType<typeof setTimeout> | undefined
  private activeAt = performance.now()

  constructor(options: WatchingOptions) {
    this.options = options
    this.version = options.version
    const active = () => this.woken()
    for (const event of ['keydown', 'pointerdown', 'focus', 'online'])
      addEventListener(event, active, { passive: true })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.woken()
    })
    void this.ask()
    this.tell()
  }

  private get rests(): boolean {
    return document.visibilityState === 'hidden' || performance.now() - this.activeAt > aloneMs
  }

  private woken(): void {
    const slept = this.rests || this.timer === undefined
    this.activeAt = performance.now()
    if (!slept || this.asking) return
    this.waitMs = soonMs
    void this.ask()
    this.tell()
  }

  private async ask(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.rests || this.asking) return
    this.asking = true
    const response = await call('GET', `${this.options.newsAddress}?since=${this.version}`)
    this.asking = false
    if (!response) this.again(brokenMs)
    else if (response.ok) this.take(await response.json())
    // Signed out, or the report is no longer seen: saving says so, and asking on is of no use.
    else if (response.status >= 500 || response.status === 429) this.again(brokenMs)
  }

  private again(longestMs: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.ask(), this.waitMs)
    this.waitMs = Math.min(this.waitMs * 1.5, longestMs)
  }

  private take(news: ReportNews): void {
    // A save of one's own has overtaken the question: what it brought is older than what stands here.
    if (news.version >= this.options.saved()) {
      if (news.people.length > 0 || news.by.length > 0) this.waitMs = soonMs
      this.version = news.version
      this.options.onNews(news)
    }
    this.tell()
    this.again(seldomMs)
  }

  /** One stands elsewhere now: told at once, but never twice within fifteen seconds. */
  tell(): void {
    if (this.telling !== undefined || this.rests) return
    const since = performance.now() - this.toldAt
    const waitMs = presenceMs - since
    if (waitMs > 0) {
      if (this.told !== this.place) this.telling = setTimeout(() => this.tellNow(), waitMs)
      return
    }
    this.tellNow()
  }

  private get place(): string {
    return JSON.stringify(this.options.here())
  }

  private tellNow(): void {
    this.telling = undefined
    if (this.rests) return
    this.toldAt = performance.now()
    this.told = this.place
    void call('PUT', this.options.presenceAddress, this.options.here())
  }
}
