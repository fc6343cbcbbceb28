/**
 * The report as the page holds it: the engine's sheet, what could not be taken, what is not saved yet, and the way back.
 * Knows nothing of the table: whoever draws listens to `onChange` and `onRows`.
 */
import { cellAddress, type Form, type PulledValue, type Sheet } from '../../../engine/index.ts'
import { History, type RowsStep, type Step } from './history.ts'
import type { SaveQueue, Value } from './queue.ts'

export type Refused = { address: string; typed: string; problem: string }
export type Entered = { changed: Set<string>; refused: Refused[] }
type Rows = Pick<RowsStep, 'section' | 'row'>

export class Book {
  readonly form: Form
  readonly sheet: Sheet
  readonly queue: SaveQueue
  private readonly history = new History()
  private readonly faults = new Map<string, string>()
  private readonly changeListeners: ((changed: ReadonlySet<string>) => void)[] = []
  private readonly rowListeners: ((rows: Rows) => void)[] = []

  constructor(sheet: Sheet, queue: SaveQueue) {
    this.form = sheet.form
    this.sheet = sheet
    this.queue = queue
  }

  /** Called with every cell that shows something else now, entered or computed. */
  onChange(listener: (changed: ReadonlySet<string>) => void): void {
    this.changeListeners.push(listener)
  }

  /** Called when entries of a row that repeats have come or gone. */
  onRows(listener: (rows: Rows) => void): void {
    this.rowListeners.push(listener)
  }

  /** What a cell shows: as typed when it could not be taken. */
  shown(address: string): string {
    return this.queue.bad.get(address) ?? this.sheet.text(address)
  }

  /** The same as a value that can be entered again: canonical, or as typed when it could not be taken. */
  typed(address: string): string {
    return this.queue.bad.get(address) ?? this.sheet.value(address) ?? ''
  }

  /** Why what was typed cannot be taken. */
  fault(address: string): string | undefined {
    return this.queue.bad.has(address) ? (this.faults.get(address) ?? 'Значение не принято.') : undefined
  }

  get firstFault(): string | undefined {
    return this.queue.bad.keys().next().value
  }

  /**
   * Takes what was typed or pasted, as one step of undo.
   * With `typing`, a spell of typing in one cell, all its keys are one step; what stood there before, `standing`, stands
   * on while what is typed cannot be taken: «9» on the way to «9x» was never meant.
   */
  enter(typed: ReadonlyMap<string, string>, { source = 'page', typing, standing, grow }: EnterOptions = {}): Entered {
    const rows = grow && this.grow(grow)
    const before = new Map([...typed.keys()].map((address) => [address, this.typed(address)]))
    const entered = this.take(typed, source)
    const [wrong] = entered.refused
    if (wrong && standing !== undefined) for (const cell of this.stand(wrong, standing)) entered.changed.add(cell)
    const after = new Map([...typed.keys()].map((address) => [address, this.typed(address)]))
    this.history.record({ before, after, rows }, typing)
    this.tell(entered.changed)
    return entered
  }

  /** Entries for a block that is longer than there are; they go again when the block is taken back. */
  private grow({ section, row, entries }: Grow): RowsStep | undefined {
    const before = this.sheet.instances(section, row)
    if (entries <= before) return undefined
    this.resize({ section, row }, entries)
    this.tellRows({ section, row })
    return { section, row, before, after: this.sheet.instances(section, row) }
  }

  private stand({ address, typed }: Refused, standing: string): string[] {
    const { changed } = this.sheet.setMany({ [address]: standing })
    this.queue.change(address, this.sheet.value(address))
    this.queue.refuse(address, typed)
    return changed
  }

  private take(typed: ReadonlyMap<string, string>, source: 'page' | 'paste'): Entered {
    const { changed, refused } = this.sheet.setMany(Object.fromEntries(typed))
    const problems = new Map(refused.map(({ address, problem }) => [address, problem]))
    for (const [address, text] of typed) {
      const problem = problems.get(address)
      if (problem === undefined) this.queue.change(address, this.sheet.value(address), source)
      else {
        this.queue.refuse(address, text)
        this.faults.set(address, problem)
      }
    }
    return {
      changed: new Set([...changed, ...typed.keys()]),
      refused: refused.map(({ address, problem }) => ({ address, problem, typed: typed.get(address) ?? '' })),
    }
  }

  /** Values that the server has already: neither sent nor to be undone. */
  accept(values: ReadonlyMap<string, Value>): void {
    const typed = Object.fromEntries([...values].map(([address, value]) => [address, value ?? '']))
    this.makeRoomFor(values.keys())
    const { changed } = this.sheet.setMany(typed)
    this.tell(new Set([...changed, ...values.keys()]))
  }

  /** What an earlier page has left unsaved; what cannot be taken is shown as it was typed. */
  putBack(values: ReadonlyMap<string, Value>): void {
    this.makeRoomFor(values.keys())
    const { changed, refused } = this.sheet.setMany(
      Object.fromEntries([...values].map(([address, value]) => [address, value ?? ''])),
    )
    for (const { address, problem } of refused) {
      this.queue.refuse(address, values.get(address) ?? '')
      this.faults.set(address, problem)
    }
    this.tell(new Set([...changed, ...values.keys()]))
  }

  /** The server has not taken a value that the browser would have. */
  refusedByServer(refused: readonly { cell: string; text: string }[]): void {
    for (const { cell, text } of refused) this.faults.set(cell, text)
    this.tell(new Set(refused.map(({ cell }) => cell)))
  }

  /** What the server has pulled from other reports meanwhile. */
  pull(values: Readonly<Record<string, PulledValue>>): void {
    this.tell(new Set(this.sheet.pull(values)))
  }

  takeTheirs(address: string): void {
    this.accept(new Map([[address, this.queue.takeTheirs(address)]]))
  }

  keepMine(address: string): void {
    this.queue.keepMine(address)
    this.tell(new Set([address]))
  }

  addRow(section: string, row: string): number | undefined {
    const before = this.sheet.instances(section, row)
    const added = this.sheet.addRow(section, row)
    if (added === undefined) return undefined
    this.history.record({ before: new Map(), after: new Map(), rows: { section, row, before, after: added } })
    this.tellRows({ section, row })
    return added
  }

  removeRow(section: string, row: string, instance: number): void {
    const count = this.sheet.instances(section, row)
    const before = this.rowValues(section, row, count)
    if (!this.sheet.removeRow(section, row, instance)) return
    const after = new Map([...before].map(([address]) => [address, this.sheet.value(address) ?? '']))
    for (const [address, value] of after) this.queue.change(address, value || null)
    this.history.record({ before, after, rows: { section, row, before: count, after: count - 1 } })
    this.tellRows({ section, row })
  }

  /** Returns the cells of the step that was taken back, the first being the one to go to; undefined when there is none. */
  undo(): string[] | undefined {
    const step = this.history.undo()
    return step && this.replay(step, step.before, step.rows?.before)
  }

  redo(): string[] | undefined {
    const step = this.history.redo()
    return step && this.replay(step, step.after, step.rows?.after)
  }

  private replay({ rows }: Step, values: Map<string, string>, count: number | undefined): string[] {
    if (rows && count !== undefined) this.resize(rows, count)
    const here = new Map([...values].filter(([address]) => this.exists(address)))
    const { changed } = this.take(here, 'page')
    for (const address of values.keys()) if (!here.has(address)) this.queue.change(address, null)
    if (rows) this.tellRows(rows)
    this.tell(changed)
    return [...values.keys()]
  }

  private resize({ section, row }: Rows, count: number): void {
    while (this.sheet.instances(section, row) > count) {
      this.sheet.removeRow(section, row, this.sheet.instances(section, row))
    }
    while (this.sheet.instances(section, row) < count) if (this.sheet.addRow(section, row) === undefined) return
  }

  /** Entries that somebody has added elsewhere come with their cells. */
  private makeRoomFor(addresses: Iterable<string>): void {
    for (const address of addresses) {
      const match = /^([^/]+)\/(.+)#(\d+)\//.exec(address)
      const [, section = '', row = '', instance = ''] = match ?? []
      if (!match || this.sheet.instances(section, row) >= Number(instance)) continue
      this.resize({ section, row }, Number(instance))
      this.tellRows({ section, row })
    }
  }

  private exists(address: string): boolean {
    const match = /^([^/]+)\/(.+)#(\d+)\//.exec(address)
    return !match || Number(match[3]) <= this.sheet.instances(match[1] ?? '', match[2] ?? '')
  }

  private rowValues(section: string, row: string, count: number): Map<string, string> {
    const columns = this.form.section(section)?.columns ?? []
    const values = new Map<string, string>()
    for (let instance = 1; instance <= count; instance += 1) {
      for (const { code } of columns) {
        const address = cellAddress(section, row, code, instance)
        const kind = this.form.cell(address)?.kind
        if (kind === 'input' || kind === 'obligatory' || kind === 'specific') values.set(address, this.typed(address))
      }
    }
    return values
  }

  private tell(changed: ReadonlySet<string>): void {
    if (changed.size > 0) for (const listener of this.changeListeners) listener(changed)
  }

  private tellRows(rows: Rows): void {
    for (const listener of this.rowListeners) listener(rows)
    const section = this.form.section(rows.section)
    const computed = section?.rows.flatMap(({ type, cells }) =>
      type === 'F' ? cells.filter(({ kind }) => kind === 'computed' || kind === 'pulled') : [],
    )
    this.tell(new Set(computed?.map(({ address }) => address)))
  }
}

/** So many entries of a row that repeats are needed. */
export type Grow = Rows & { entries: number }
type EnterOptions = {
  grow?: Grow | undefined
  source?: 'page' | 'paste'
  typing?: string
  standing?: string
}
