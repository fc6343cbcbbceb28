/** Files by content, and their records. */

export { type FileStore, fileStore, recordFile, type StoredBytes } from './files.ts'
