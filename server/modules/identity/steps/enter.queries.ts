import { sql } from 'kysely'
import { randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import type { Stage } from '../../../kernel/http/index.ts'
import type { NewSession } from '../sign-in/sessions.queries.ts'

export async function insertEnteredSession(tx: Tx, session: NewSession): Promise<{ id: string; expiresAt: Date }> {
  const { rows } = await sql<{ id: string; expiresAt: Date }>`
    with rotated as (update sessions set ended_at = now() where id = ${session.instead ?? null}::uuid and ended_at is null)
    insert into sessions (id, account_id, token_hash, stage, door, second_factor_at, expires_at, address, user_agent)
    values (${randomUUIDv7()}, ${session.accountId}, ${session.tokenHash}, ${session.stage}, ${session.door},
      case when ${session.factorPassed} then now() end, now() + make_interval(days => ${session.days}),
      ${session.address}, ${session.userAgent})
    returning id, expires_at as "expiresAt"`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('A session was not written')
  return row
}

/** By which door the session came, and whether its second factor is passed; locked until the commit. */
export const lockSession = (tx: Tx, sessionId: string) =>
  tx
    .selectFrom('sessions')
    .select(['door', 'second_factor_at as secondFactorAt', 'expires_at as expiresAt'])
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()

/** The session goes on under a new token (ASVS 5.0, 7.2.4). */
export const moveSession = (
  tx: Tx,
  sessionId: string,
  moved: { stage: Stage; tokenHash: Buffer; factorPassed: boolean },
) =>
  tx
    .updateTable('sessions')
    .set({
      stage: moved.stage,
      token_hash: moved.tokenHash,
      ...(moved.factorPassed ? { second_factor_at: sql<Date | null>`coalesce(second_factor_at, now())` } : {}),
    })
    .where('id', '=', sessionId)
    .execute()
