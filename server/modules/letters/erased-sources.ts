/** The bytes of erased letters: taken out of the store after the commit that erased them, however often it is begun. */
import type { Db } from '../../kernel/db/index.ts'
import type { FileStore } from '../../kernel/files/index.ts'
import { isHeldElsewhere, listToRemove, markRemoved } from './own-data.queries.ts'

let files: FileStore | undefined

/** Said once by the composition: where the letters lie. */
export const configureLetters = (parts: { files: FileStore }): void => {
  files = parts.files
}

export async function removeErasedSources(db: Db, store: FileStore | undefined = files): Promise<void> {
  if (!store) return
  for (const { id, sha256 } of await listToRemove(db)) {
    if (sha256 !== null && !(await isHeldElsewhere(db, sha256))) await store.remove(sha256)
    await markRemoved(db, id)
  }
}
