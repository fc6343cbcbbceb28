/** A file that is no table. Foreseen: `message` is Russian and is shown to whoever has sent the file. */
export class UnreadableTable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'UnreadableTable'
  }
}
