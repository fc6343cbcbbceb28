/** What cells held before and after one deed of a person; a pasted block is one deed. */
export type Step = { before: Map<string, string>; after: Map<string, string>; rows?: RowsStep }

/** Entries of a row that repeats came or went; its cells stand in `before` and `after` as a whole. */
export type RowsStep = { section: string; row: string; before: number; after: number }

const mostSteps = 500

/** Undo and redo. Typing on in one cell is one step however many keys it took. */
export class History {
  private readonly done: Step[] = []
  private readonly undone: Step[] = []
  private typing: string | undefined

  /** @param typing names one spell of typing in a cell: later steps of the same spell join the first */
  record(step: Step, typing?: string): void {
    this.undone.length = 0
    const last = this.done.at(-1)
    if (typing !== undefined && typing === this.typing && last) {
      for (const [cell, value] of step.after) last.after.set(cell, value)
      for (const [cell, value] of step.before) if (!last.before.has(cell)) last.before.set(cell, value)
      return
    }
    this.typing = typing
    this.done.push(step)
    if (this.done.length > mostSteps) this.done.shift()
  }

  /** The step to take back, or undefined when there is none. A spell of typing that changed nothing is passed over. */
  undo(): Step | undefined {
    this.typing = undefined
    const step = this.done.pop()
    if (!step) return undefined
    if (changesNothing(step)) return this.undo()
    this.undone.push(step)
    return step
  }

  redo(): Step | undefined {
    this.typing = undefined
    const step = this.undone.pop()
    if (step) this.done.push(step)
    return step
  }
}

const changesNothing = ({ before, after, rows }: Step): boolean =>
  !rows && [...after].every(([cell, value]) => before.get(cell) === value)
