import pino, { type Logger } from 'pino'

export type Log = Logger

/**
 * One JSON line an event, without personal data: no addresses of pages, which may hold tokens, only route patterns; no
 * bodies, no e-mails. The network address stands in the journal, which has access rules of its own.
 */
export const openLog = (level: string): Log =>
  pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, redact: ['password', 'token', 'email'] })
