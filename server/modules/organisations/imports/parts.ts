import type { Tx } from '../../../kernel/db/index.ts'
import { isAccepted } from './parts.queries.ts'

/**
 * Works on many lines together, so that one bad line does not stop the others: what the database refuses is tried in
 * halves, down to the line that fails by itself.
 */
export async function inParts<L>(
  tx: Tx,
  lines: readonly L[],
  work: (lines: readonly L[]) => Promise<void>,
  failed: (line: L) => void,
): Promise<void> {
  const [first] = lines
  if (first === undefined || (await isAccepted(tx, () => work(lines)))) return
  if (lines.length === 1) return failed(first)
  const half = Math.ceil(lines.length / 2)
  await inParts(tx, lines.slice(0, half), work, failed)
  await inParts(tx, lines.slice(half), work, failed)
}
