/** A foreseen failure of the embedded database: its message is for the person who starts the program, in one line. */
export class PostgresFailure extends Error {
  override readonly name: string = 'PostgresFailure'
  /** What the program exits with when nobody handles the failure. */
  readonly exitCode = 1
}

/** Another program holds the data directory. */
export class DataDirectoryBusy extends PostgresFailure {
  override readonly name = 'DataDirectoryBusy'
}
