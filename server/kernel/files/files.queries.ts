import type { Tx } from '../db/index.ts'

/** What the store knows of bytes that are durable. */
export type StoredBytes = { sha256: string; size: number; mediaType: string }

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
