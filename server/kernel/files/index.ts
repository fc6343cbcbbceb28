/** Files by content, and their records. */

export { findFile } from './files.queries.ts'
export { type FileStore, fileStore, recordFile, type StoredBytes } from './files.ts'
