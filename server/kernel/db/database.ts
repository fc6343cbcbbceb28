import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely'
import pg from 'pg'
import { keepPlans } from './often.ts'

/**
 * The tables. Each room adds its own to this interface beside its queries (`<room>.tables.ts`):
 * `declare module '../../kernel/db/database.ts' { interface Database extends ReportingTables {} }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it by declaration merging
export interface Database {}

export type Db = Kysely<Database>
export type Tx = Transaction<Database>

// Statistics and counters must arrive as they are: bigint as a number while it is a safe one, numeric as text.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint beyond the safe range: ${text}`)
  return value
})
// A date is a day of the calendar, not a moment: it stays `YYYY-MM-DD`.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** @param connectionString a PostgreSQL address, or that of the embedded one's Unix socket */
export function openPool(connectionString: string, connections: number, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    application_name: 'kabinet',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
  })
  // An idle connection that dies (the database was restarted) is not the end of the program: the pool opens another.
  pool.on('error', onError)
  // One that dies in use fails its query, which tells; the event itself must still have a listener.
  pool.on('connect', (client) => client.on('error', onError))
  pool.on('connect', keepPlans)
  return pool
}

export const openDatabase = (pool: pg.Pool): Db =>
  new Kysely<Database>({ dialect: new PostgresDialect({ pool: tellingTimeouts(pool) }) })

/** No connection came free in time. It is thrown before the first statement, so the same call may be made again. */
export class NoConnectionInTime extends Error {
  constructor(cause: unknown) {
    super('No connection to the database came free in time', { cause })
    this.name = 'NoConnectionInTime'
  }
}

/** The driver tells them from other failures by their words alone. */
const timeouts = ['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout']

const tellingTimeouts = (pool: pg.Pool): PostgresPool => ({
  connect: async () => {
    try {
      return await pool.connect()
    } catch (error) {
      throw error instanceof Error && timeouts.includes(error.message) ? new NoConnectionInTime(error) : error
    }
  },
  end: () => pool.end(),
  options: pool.options,
})
