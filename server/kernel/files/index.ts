/** Files by content, and their records. */

export { forgetFiles, type StoredBytes } from './files.queries.ts'
export { type FileStore, fileStore, recordFile } from './files.ts'
export { mediaTypeOf } from './media-types.ts'
