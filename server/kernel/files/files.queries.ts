import type { Tx } from '../db/index.ts'
import type { StoredBytes } from './files.ts'

export const insertFile = (tx: Tx, file: StoredBytes & { id: string; name: string; createdBy: string }) =>
  tx
    .insertInto('files')
    .values({
      id: file.id,
      sha256: file.sha256,
      size: file.size,
      media_type: file.mediaType,
      name: file.name,
      created_by: file.createdBy,
    })
    .execute()
