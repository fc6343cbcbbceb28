import { sql } from 'kysely'
import pg from 'pg'
import type { Tx } from '../../../kernel/db/index.ts'

/** Classes of SQLSTATE that speak of the data alone: a value that does not fit, a rule of a table that is broken. */
const ofData = /^2[23]/

/** False when the database refused the data; then nothing of the work is left. Whatever else happens, throws. */
export async function isAccepted(tx: Tx, work: () => Promise<void>): Promise<boolean> {
  await sql`savepoint lines`.execute(tx)
  try {
    await work()
    await sql`release savepoint lines`.execute(tx)
    return true
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !ofData.test(error.code ?? '')) throw error
    await sql`rollback to savepoint lines`.execute(tx)
    return false
  }
}
