import type { FormSection, Sheet } from '../../engine/index.ts'

export interface RowDrawing {
  section: FormSection
  sheet: Sheet
  /** what the last check says of a cell, and the ids of the lines that say it */
  marks: Map<string, { tone: 'bad' | 'warn'; ids: string[] }>
  refused: Map<string, { typed: string; text: string }>
  /** pulled cells whose source has changed since they were looked at */
  stale: ReadonlySet<string>
  /** what the decider has written to cells of a report that came back */
  remarked: ReadonlyMap<string, string>
  readOnly: boolean
  /** cells are fields; else text, with one field that moves */
  inputs: boolean
  /** text stands in boxes that cannot move the rest of a large table */
  boxed: boolean
  /** where a shown number leads, what is said of it beside it, and what stands instead of it: figures of many reports have more behind them */
  lead?: (address: string) => { href: string; note?: string; text?: string } | undefined
}

/** More terms than this are searched by typing. */
export const mostOptions = 30
