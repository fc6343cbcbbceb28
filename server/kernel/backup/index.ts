/** Backup and restore of an installation, database and files, in one archive that any PostgreSQL of 15 to 18 takes. */

export { phrases } from './backup.phrases.ts'
export { type BackupOptions, writeBackup } from './backup.ts'
export { BackupFailure } from './failure.ts'
export { type RestoreOptions, restoreBackup } from './restore.ts'
