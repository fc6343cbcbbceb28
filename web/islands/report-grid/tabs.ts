/** Several pages of one report in one browser: they tell each other what they have saved and that they are there. */
import type { Value } from './queue.ts'

type Said =
  | { about: 'who' }
  | { about: 'here'; page: string }
  | { about: 'saved'; cells: Record<string, Value>; version: number }

/** How long the others have to say that they are there. */
const answerMs = 250

export class Tabs {
  readonly page: string
  private readonly channel: BroadcastChannel
  private readonly others = new Set<string>()

  constructor(report: string, page: string, onSaved: (cells: Record<string, Value>, version: number) => void) {
    this.page = page
    this.channel = new BroadcastChannel(`report-${report}`)
    this.channel.onmessage = ({ data }: MessageEvent<Said>) => {
      switch (data.about) {
        case 'who':
          return this.say({ about: 'here', page })
        case 'here':
          return this.others.add(data.page)
        case 'saved':
          return onSaved(data.cells, data.version)
      }
    }
  }

  /** Pages of this report that are open now, this one among them. */
  async open(): Promise<ReadonlySet<string>> {
    this.say({ about: 'who' })
    await new Promise((resolve) => setTimeout(resolve, answerMs))
    return new Set([...this.others, this.page])
  }

  saved(cells: ReadonlyMap<string, Value>, version: number): void {
    if (cells.size > 0) this.say({ about: 'saved', cells: Object.fromEntries(cells), version })
  }

  private say(said: Said): void {
    this.channel.postMessage(said)
  }
}
