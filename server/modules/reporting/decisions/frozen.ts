/** What a report is frozen as when it is sent, and the hash it is known by. */
import { createHash } from 'node:crypto'
import type { OpenReport } from '../reports/sheets.ts'

/** All cells as sent, worked-out ones too, and the hash by which the copy can be told from any other. */
export function frozen({ values, sheet }: Pick<OpenReport, 'values' | 'sheet'>): {
  cells: Record<string, string>
  contentHash: string
} {
  const cells = { ...values, ...sheet.computedValues() }
  return { cells, contentHash: contentHash(cells) }
}

/** [address, value] in byte order of the addresses. */
export const orderedCells = (cells: Record<string, string>): [string, string][] =>
  Object.entries(cells).sort(([one], [other]) => (one < other ? -1 : 1))

/** SHA-256 of the cells as a JSON list of [address, value] in byte order of the addresses. */
export const contentHash = (cells: Record<string, string>): string =>
  createHash('sha256')
    .update(JSON.stringify(orderedCells(cells)))
    .digest('hex')
