/** Bytes that no row points at: what is left of uploads whose process was killed between the bytes and the row. */
import type { ClientBase } from 'pg'
import { listForgotten } from './references.queries.ts'
import type { FileStore } from './store.ts'

const aDay = 86_400_000

/**
 * For whoever knows that no row points at the bytes any more: another upload of the same bytes may be on its way to its
 * row just now, so what was put within a day stays.
 * @returns whether they are gone; if not, ask again later or leave them to the regular cleaning
 */
export async function removeUnlessRecent(store: FileStore, sha256: string): Promise<boolean> {
  const held = await store.find(sha256)
  if (!held) return true
  if (held.changedAt.getTime() > Date.now() - aDay) return false
  await store.remove(sha256)
  return true
}

/**
 * Bytes that were put again count as new, so an upload that is under way keeps its bytes, even if they had been
 * forgotten long ago.
 * @param before must lie further back than any upload can take
 * @returns how many were removed
 */
export async function removeForgotten(client: ClientBase, store: FileStore, before: Date): Promise<number> {
  let removed = 0
  let aged: string[] = []
  const removeAged = async () => {
    for (const sha256 of await listForgotten(client, aged)) {
      // Looked at once more: it may have been put again since it was listed.
      const held = await store.find(sha256)
      if (!held || held.changedAt >= before) continue
      await store.remove(sha256)
      removed += 1
    }
    aged = []
  }
  for await (const { sha256, changedAt } of store.list()) {
    if (changedAt < before) aged.push(sha256)
    if (aged.length >= 1000) await removeAged()
  }
  await removeAged()
  return removed
}
