import { sql } from 'kysely'
import type { Tx } from '../db/index.ts'

/** What the store knows of bytes that are durable. */
export type StoredBytes = { sha256: string; size: number; mediaType: string }

export const insertFile = (tx: Tx, file: StoredBytes & { id: string; name: string; createdBy: string | null }) =>
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

/** @returns hashes of bytes that no other record knows: the caller removes them after the commit */
export async function forgetFiles(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ sha256: string }>`
    with gone as (delete from files where id = any(${ids}::uuid[]) returning id, sha256)
    select distinct gone.sha256 from gone
    where not exists (
      select from files other where other.sha256 = gone.sha256 and not other.id = any(${ids}::uuid[]))`.execute(tx)
  return rows.map(({ sha256 }) => sha256)
}
