import { Kysely, PostgresDialect, type Transaction } from 'kysely'
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

export const openDatabase = (pool: pg.Pool): Db => new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
