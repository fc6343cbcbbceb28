/** What is done after what: never in a ring. */
import type { Link } from './changing.queries.ts'

/**
 * The ring that a measure would close if it were done after these; undefined when there is none.
 * @param links of the whole plan; those of the measure itself are replaced by `after`
 * @returns ids in the order of doing, the measure first and last
 */
export function findRing(links: readonly Link[], measureId: string, after: readonly string[]): string[] | undefined {
  const before = new Map<string, string[]>()
  for (const link of links)
    if (link.measureId !== measureId) before.set(link.measureId, [...(before.get(link.measureId) ?? []), link.afterId])
  // Where each was come from, so that the way back to the measure can be told.
  const cameFrom = new Map<string, string>()
  const waiting: string[] = []
  const visit = (id: string, from: string): boolean => {
    if (id === measureId) {
      cameFrom.set(measureId, from)
      return true
    }
    if (cameFrom.has(id)) return false
    cameFrom.set(id, from)
    waiting.push(id)
    return false
  }
  if (after.some((id) => visit(id, measureId))) return ringFrom(cameFrom, measureId)
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const here = id
    if ((before.get(here) ?? []).some((next) => visit(next, here))) return ringFrom(cameFrom, measureId)
  }
  return undefined
}

function ringFrom(cameFrom: ReadonlyMap<string, string>, measureId: string): string[] {
  const ring = [measureId]
  for (let id = cameFrom.get(measureId); id !== undefined && id !== measureId; id = cameFrom.get(id)) ring.push(id)
  return [...ring, measureId]
}
