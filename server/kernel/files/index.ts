/** Files by content, and their records. */

export type { StoredBytes } from './files.queries.ts'
export { type FileStore, fileStore, recordFile } from './files.ts'
