import type { Db } from '../../../kernel/db/index.ts'
import { closedFor, type FailureLimit } from '../sign-in/sessions.queries.ts'

/** Seconds until the sign-in opens again for the login and the address; null when it is open. */
export async function secondsClosed(db: Db, byLogin: FailureLimit, byAddress: FailureLimit): Promise<number | null> {
  const { seconds } = await db.selectNoFrom(closedFor(byLogin, byAddress).as('seconds')).executeTakeFirstOrThrow()
  return seconds
}
