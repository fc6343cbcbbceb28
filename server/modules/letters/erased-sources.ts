/** The bytes of erased letters: taken out of the store within a day of the commit that erased them, however often it is begun. */
import type { Db } from '../../kernel/db/index.ts'
import { type FileStore, removeUnlessRecent } from '../../kernel/files/index.ts'
import { isHeldElsewhere, listToRemove, markRemoved } from './own-data.queries.ts'

let files: FileStore | undefined

/** Said once by the composition: where the letters lie. */
export const configureLetters = (parts: { files: FileStore }): void => {
  files = parts.files
}

export async function removeErasedSources(db: Db, store: FileStore | undefined = files): Promise<void> {
  if (!store) return
  for (const { id, sha256 } of await listToRemove(db)) {
    const isGone = sha256 === null || (await isHeldElsewhere(db, sha256)) || (await removeUnlessRecent(store, sha256))
    if (isGone) await markRemoved(db, id)
  }
}
