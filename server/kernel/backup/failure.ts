/** A foreseen failure of a backup or a restore: its message tells the administrator what happened and what to do. */
export class BackupFailure extends Error {
  override readonly name = 'BackupFailure'
  readonly exitCode = 1
}
