/** Files by content, wherever they lie, and their records. */

export { removeForgotten, removeUnlessRecent } from './cleaning.ts'
export { fileStore } from './directory.ts'
export { filesPhrases } from './files.phrases.ts'
export { forgetFiles, type StoredBytes } from './files.queries.ts'
export { openFileStore, recordFile } from './files.ts'
export { mediaTypeOf } from './media-types.ts'
export { moveFiles } from './moving.ts'
export { fileReferences } from './references.queries.ts'
export { checkS3, s3Store } from './s3.ts'
export { BytesMissing, type FileStore } from './store.ts'
