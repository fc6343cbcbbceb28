/** The template's measures come to the regions as copies. */
import type { Tx } from '../../../kernel/db/index.ts'
import { type Spreading, spreadLinks, spreadMeasures } from './spreading.queries.ts'

/**
 * Gives every region of a roadmap, or those named, a copy of each measure of the template that it has none of yet, with
 * what it is done after. Any number of times, and at once: a region has one copy of each.
 * @returns how many copies were made
 */
export async function spreadTemplate(tx: Tx, roadmapId: string, spreading: Spreading = {}): Promise<number> {
  const made = await spreadMeasures(tx, roadmapId, spreading)
  await spreadLinks(tx, roadmapId)
  return made
}
