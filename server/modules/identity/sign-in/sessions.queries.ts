import { sql } from 'kysely'
import { type Db, often, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import type { Stage } from '../../../kernel/http/index.ts'
import { type Entry, journalled } from '../../../kernel/journal/index.ts'
import type { Door } from '../steps/steps.ts'
import { type PersonRow, personColumns } from './person.queries.ts'

export type SessionRow = PersonRow & {
  sessionId: string
  stage: Stage
  /** The region that the person has chosen to work in. */
  region: string | null
}

/**
 * Everything that a page needs to know of its person, in one round trip. The moment of last use is written at most once
 * a minute, so that reading pages does not become writing rows.
 */
export async function findSession(db: Db, tokenHash: Buffer, idleHours: number): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`${often}
    with live as (
      select id, account_id, stage, region_code, last_seen_at from sessions
      where token_hash = ${tokenHash} and ended_at is null and expires_at > now()
        and last_seen_at > now() - make_interval(hours => ${idleHours})
    ), touched as (
      update sessions set last_seen_at = now()
      where id = (select id from live where last_seen_at < now() - interval '1 minute')
        and last_seen_at < now() - interval '1 minute'
    )
    select live.id as "sessionId", live.stage, live.region_code as region, ${personColumns}
    from live join accounts a on a.id = live.account_id
    where a.blocked_at is null`.execute(db)
  return rows[0]
}

export const setSessionRegion = (tx: Tx, sessionId: string, region: string | null) =>
  tx.updateTable('sessions').set({ region_code: region }).where('id', '=', sessionId).execute()

/** Whose session it is or was. */
export const findSessionOfAnyTime = (
  db: Db,
  tokenHash: Buffer,
): Promise<{ id: string; accountId: string } | undefined> =>
  db
    .selectFrom('sessions')
    .select(['id', 'account_id as accountId'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()

export type NewSession = {
  accountId: string
  tokenHash: Buffer
  stage: Stage
  door: Door
  factorPassed: boolean
  /** The longest life, however much it is used. */
  days: number
  address: string
  userAgent: string
  /** The session that this browser had before: it ends here, so that a planted cookie is worth nothing (fixation). */
  instead: string | undefined
}
/** `most` failures and the sign-in is closed, until the count begins anew. */
export type FailureLimit = { bucket: string; most: number }
/** Looked at once more when the session opens; the failures of `byLogin` are forgotten. */
export type SessionLimits = Record<'byLogin' | 'byAddress' | 'overall', FailureLimit>

/**
 * Opens a session unless too many failures stand against the login or the address by now: those that were counted while
 * this password was being checked count too. Forgets the failures of the login, ends the session that the browser had,
 * and writes the journal.
 *
 * All in one statement, which is a transaction of its own: on the last day of a campaign everybody signs in at once, and
 * the round trips of a longer one cost as much as all else of a sign-in but the password. The account is locked first,
 * because the foreign key of the new row would lock it last, after the journal's head.
 */
export async function insertSession(
  db: Db,
  session: NewSession,
  { byLogin, byAddress, overall }: SessionLimits,
  entry: Entry,
): Promise<{ expiresAt: Date } | undefined> {
  // Asked apart whether there is one: a plan made while the table was small reads the whole of it for nothing.
  const instead = session.instead ?? null
  const { rows } = await sql<{ expiresAt: Date }>`${often}
    with recursive admitted as materialized (
      select id from accounts where id = ${session.accountId} and ${closedFor(byLogin, byAddress)} is null
        and ${closedFor(overall, overall)} is null for key share
    ),
    opened as (
      insert into sessions (id, account_id, token_hash, stage, door, second_factor_at, expires_at, address, user_agent)
      select ${randomUUIDv7()}::uuid, id, ${session.tokenHash}::bytea, ${session.stage}, ${session.door},
        case when ${session.factorPassed} then now() end, now() + make_interval(days => ${session.days}), ${session.address}, ${session.userAgent}
      from admitted
      returning expires_at
    ),
    rotated as (
      update sessions set ended_at = now() from admitted
      where ${instead}::uuid is not null and sessions.id = ${instead}::uuid and ended_at is null
      returning 1
    ),
    forgotten as (delete from rate_limits using admitted where bucket = ${byLogin.bucket} returning 1),
    changed as (select 1 from opened union all select 1 from rotated union all select 1 from forgotten),
    ${journalled([entry], sql`(select count(*) from changed) > 0`)}
    select expires_at as "expiresAt" from opened`.execute(db)
  return rows[0]
}

/** Seconds until both limits let in again; null when they do. */
export const closedFor = (byLogin: FailureLimit, byAddress: FailureLimit) => sql<number | null>`
  (select ceil(extract(epoch from max(resets_at) - now()))::int from rate_limits
   where resets_at > now() and (bucket = ${byLogin.bucket} and count >= ${byLogin.most}
     or bucket = ${byAddress.bucket} and count >= ${byAddress.most}))`

/** Ends one session of the account; undefined when it has no such one. */
export const endSession = (tx: Tx, accountId: string, sessionId: string) =>
  tx
    .updateTable('sessions')
    .set({ ended_at: sql<Date>`now()` })
    .where('id', '=', sessionId)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()

/** Ends all sessions of the account but one. Returns how many. */
export async function endSessions(tx: Tx, accountId: string, except: string | undefined): Promise<number> {
  const ended = await tx
    .updateTable('sessions')
    .set({ ended_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .returning('id')
    .execute()
  return ended.length
}

export const listLiveSessions = (db: Db, accountId: string, idleHours: number) =>
  db
    .selectFrom('sessions')
    .select(['id', 'address', 'user_agent as userAgent', 'created_at as createdAt', 'last_seen_at as lastSeenAt'])
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .where('last_seen_at', '>', sql<Date>`now() - make_interval(hours => ${idleHours})`)
    .orderBy('last_seen_at', 'desc')
    .limit(100)
    .execute()

export const dropOldSessions = (db: Db) =>
  db.deleteFrom('sessions').where('expires_at', '<', sql<Date>`now() - interval '30 days'`).execute()
