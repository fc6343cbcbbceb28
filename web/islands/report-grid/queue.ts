/**
 * What a person has entered and the server does not have yet. Pure: keeping it in the browser and sending it are others'
 * work. A batch that was sent keeps its key until it is answered, so that an answer lost on the way does no harm.
 */
import type { CellConflict, CellsSaved } from '../../../contracts/reporting.ts'

export type Value = string | null
type Cells = Record<string, Value>

export type Batch = { key: string; changes: Cells; base: Cells; source: 'page' | 'paste'; reason?: string }
type Pending = { value: Value; base: Value }
export type Conflict = Pick<CellConflict, 'yours' | 'theirs' | 'by' | 'at'>

/** All that must outlive the page, as plain data. */
export type Kept = {
  pending: Record<string, Pending>
  pasted: boolean
  batches: Batch[]
  conflicts: Record<string, Conflict>
  /** What could not be taken, as it was typed. */
  bad: Record<string, string>
  /** Why cells are changed, of a report that has come back. */
  reason?: string
}

/** The server takes fifty thousand; smaller batches are answered sooner. */
const mostInBatch = 20_000

export class SaveQueue {
  private readonly known: Map<string, string>
  private pending = new Map<string, Pending>()
  private batches: Batch[] = []
  private pasted = false
  reason = ''
  readonly conflicts = new Map<string, Conflict>()
  readonly bad = new Map<string, string>()

  /** @param values what the server had when the page was drawn, by address */
  constructor(values: Readonly<Record<string, string>>) {
    this.known = new Map(Object.entries(values))
  }

  /** A cell holds another value now; a person's new value in a contested cell settles the conflict. */
  change(cell: string, value: Value, source: 'page' | 'paste' = 'page'): void {
    this.bad.delete(cell)
    this.conflicts.delete(cell)
    const base = this.pending.get(cell)?.base ?? this.expected(cell)
    if (value === base) this.pending.delete(cell)
    else this.pending.set(cell, { value, base })
    if (source === 'paste') this.pasted = true
  }

  /** What was typed and cannot be taken is kept, not sent. */
  refuse(cell: string, typed: string): void {
    this.bad.set(cell, typed)
  }

  /** What the server will have of a cell when all batches have arrived. */
  private expected(cell: string): Value {
    for (const { changes } of [...this.batches].reverse()) if (cell in changes) return changes[cell] ?? null
    return this.known.get(cell) ?? null
  }

  /** The batch to send next: the one not answered yet, as it was, else a new one; undefined when all is saved. */
  next(newKey: () => string): Batch | undefined {
    if (this.batches[0] || this.pending.size === 0) return this.batches[0]
    const taken = [...this.pending].slice(0, mostInBatch)
    const batch: Batch = {
      key: newKey(),
      changes: Object.fromEntries(taken.map(([cell, { value }]) => [cell, value])),
      base: Object.fromEntries(taken.map(([cell, { base }]) => [cell, base])),
      source: this.pasted ? 'paste' : 'page',
      ...(this.reason && { reason: this.reason }),
    }
    for (const [cell] of taken) this.pending.delete(cell)
    if (this.pending.size === 0) this.pasted = false
    this.batches.push(batch)
    return batch
  }

  /** The server has answered the first batch. Returns the cells whose value it has now. */
  settle(answer: Pick<CellsSaved, 'conflicts' | 'refused'>): Map<string, Value> {
    const batch = this.batches.shift()
    const saved = new Map(Object.entries(batch?.changes ?? {}))
    for (const { cell, yours, theirs, by, at } of answer.conflicts) {
      saved.delete(cell)
      this.learn(cell, theirs)
      this.conflicts.set(cell, { yours: this.pending.get(cell)?.value ?? yours, theirs, by, at })
      this.pending.delete(cell)
    }
    for (const { cell } of answer.refused) {
      const stood = batch?.base[cell] ?? null
      const later = this.pending.get(cell)
      if (later) this.pending.set(cell, { ...later, base: stood })
      else this.bad.set(cell, batch?.changes[cell] ?? '')
      saved.delete(cell)
    }
    for (const [cell, value] of saved) this.learn(cell, value)
    return saved
  }

  /** Goes with all that is sent from now on; what has not been taken for want of a reason is another call with it. */
  explain(reason: string, newKey: () => string): void {
    this.reason = reason
    for (const batch of this.batches) {
      if (batch.reason === reason || reason === '' || batch.reason) continue
      batch.reason = reason
      batch.key = newKey()
    }
  }

  /** The key of the first batch belongs to another call: it is sent anew under another one. */
  rekey(newKey: () => string): void {
    const [batch] = this.batches
    if (batch) batch.key = newKey()
  }

  private learn(cell: string, value: Value): void {
    if (value === null) this.known.delete(cell)
    else this.known.set(cell, value)
  }

  /** Another tab has saved these cells. Returns those that this one shows no unsaved value of. */
  takeOver(cells: Readonly<Cells>): string[] {
    return Object.keys(cells).filter((cell) => {
      const value = cells[cell] ?? null
      this.learn(cell, value)
      if (this.bad.has(cell)) return false
      const mine = this.pending.get(cell)
      if (mine?.value === value) this.pending.delete(cell)
      return !mine && !this.conflicts.has(cell) && !this.batches.some(({ changes }) => cell in changes)
    })
  }

  /** «Оставить моё»: it is sent as a change of theirs. */
  keepMine(cell: string): void {
    const conflict = this.conflicts.get(cell)
    if (conflict) this.change(cell, conflict.yours)
  }

  /** «Взять их». Returns the value that stands in the report. */
  takeTheirs(cell: string): Value {
    const theirs = this.conflicts.get(cell)?.theirs ?? null
    this.conflicts.delete(cell)
    return theirs
  }

  isUnsaved(cell: string): boolean {
    return this.pending.has(cell) || this.batches.some(({ changes }) => cell in changes)
  }

  /** How many cells the server does not have yet; refused and contested ones wait for the person, not for the server. */
  get size(): number {
    const cells = new Set(this.pending.keys())
    for (const { changes } of this.batches) for (const cell of Object.keys(changes)) cells.add(cell)
    return cells.size
  }

  get isEmpty(): boolean {
    return this.size + this.conflicts.size + this.bad.size === 0
  }

  kept(): Kept {
    return {
      pending: Object.fromEntries(this.pending),
      pasted: this.pasted,
      batches: this.batches,
      conflicts: Object.fromEntries(this.conflicts),
      bad: Object.fromEntries(this.bad),
      ...(this.reason && { reason: this.reason }),
    }
  }

  /** Takes in what an earlier page has left. Returns the values to be shown again, by cell; refused ones as typed. */
  restore(left: Kept): Map<string, Value> {
    const shown = new Map<string, Value>()
    for (const batch of left.batches) {
      if (this.batches.some(({ key }) => key === batch.key)) continue
      this.batches.push(batch)
      for (const cell of Object.keys(batch.changes)) shown.set(cell, batch.changes[cell] ?? null)
    }
    for (const [cell, { value, base }] of Object.entries(left.pending)) {
      if (value !== this.expected(cell)) this.pending.set(cell, { value, base })
      shown.set(cell, value)
    }
    this.pasted ||= left.pasted
    this.reason ||= left.reason ?? ''
    for (const [cell, conflict] of Object.entries(left.conflicts)) {
      this.conflicts.set(cell, { ...conflict, theirs: this.known.get(cell) ?? null })
      shown.set(cell, conflict.yours)
    }
    for (const [cell, typed] of Object.entries(left.bad)) {
      this.bad.set(cell, typed)
      shown.set(cell, typed)
    }
    return shown
  }
}
