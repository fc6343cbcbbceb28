import { Logger } from 'graphile-worker'

/** graphile-worker's errors go where the program's go; its chatter goes nowhere. */
export const quietLogger = (onError: (error: unknown) => void): Logger =>
  new Logger(() => (level, message, meta) => {
    if (level !== 'error') return
    onError(meta?.error ?? new Error(message))
  })
