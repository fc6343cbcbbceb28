import { sql } from 'kysely'
import type { AccountState, HeldGrant } from '../../../../contracts/accounts.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import type { Audience } from './account.ts'
import { reached, stateColumn, withinReach } from './reach.queries.ts'

type HeldRow = Omit<HeldGrant, 'roleName'> & { grantRegion: string | null; lineage: string[] | null }
export type MembershipRow = {
  organisationId: string
  organisation: string
  role: string
  region: string
  lineage: string[]
  startsOn: string
  endsOn: string | null
}
export type AccountRow = {
  id: string
  surname: string
  name: string
  patronymic: string | null
  position: string | null
  email: string
  emailConfirmed: boolean
  userName: string | null
  phone: string | null
  phoneConfirmed: boolean
  audience: Audience
  state: AccountState
  region: string | null
  regionName: string | null
  organisationName: string | null
  inn: string | null
  snils: string | null
  createdAt: Date
  createdBy: string | null
  registeredAt: Date | null
  temporaryPasswordUntil: Date | null
  approvalAskedAt: Date | null
  approvalReason: string | null
  blockedAt: Date | null
  blockedBy: string | null
  blockReason: string | null
  version: number
  grants: HeldRow[] | null
  memberships: MembershipRow[] | null
}

const nameOf = (column: string) =>
  sql`(select concat_ws(' ', p.surname, p.name, p.patronymic) from accounts p where p.id = ${sql.ref(column)})`

/**
 * An account within the scopes with the roles that it holds now or will from a coming day on.
 * @param lock for a change: of two at once the second sees what the first has done
 */
export async function findManaged(db: Db, scopes: Scopes, id: string, lock: boolean): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`
    select a.id, a.surname, a.name, a.patronymic, a.position, a.email,
      a.email_confirmed_at is not null as "emailConfirmed", a.user_name as "userName", a.phone,
      a.phone_confirmed_at is not null as "phoneConfirmed", a.audience, ${stateColumn} as state,
      a.region_code as region, (select r.name from regions r where r.code = a.region_code) as "regionName",
      a.organisation_name as "organisationName", a.inn, a.snils, a.created_at as "createdAt",
      ${nameOf('a.created_by')} as "createdBy", a.registered_at as "registeredAt",
      a.temporary_password_until as "temporaryPasswordUntil", a.approval_asked_at as "approvalAskedAt",
      a.approval_reason as "approvalReason", a.blocked_at as "blockedAt", ${nameOf('a.blocked_by')} as "blockedBy",
      a.block_reason as "blockReason", a.version,
      (select json_agg(json_build_object(
          'id', g.id, 'role', g.role, 'scope', g.scope, 'region', g.region_code, 'regionName', r.name,
          'organisationId', g.organisation_id, 'organisation', o.short_name, 'startsOn', g.starts_on,
          'endsOn', g.ends_on, 'delegatedBy', ${nameOf('g.delegated_by')}, 'domain', g.domain,
          'grantRegion', coalesce(g.region_code, o.region_code), 'lineage', o.lineage) order by g.granted_at, g.id)
        from grants g left join regions r on r.code = g.region_code left join organisations o on o.id = g.organisation_id
        where g.account_id = a.id and g.revoked_at is null and coalesce(g.ends_on >= current_date, true)) as grants,
      (select json_agg(json_build_object(
          'organisationId', o.id, 'organisation', o.short_name, 'role', m.role, 'region', o.region_code,
          'lineage', o.lineage, 'startsOn', m.starts_on, 'endsOn', m.ends_on) order by m.attached_at, m.id)
        from memberships m join organisations o on o.id = m.organisation_id
        where m.account_id = a.id and m.ended_at is null and coalesce(m.ends_on >= current_date, true)) as memberships
    from accounts a where a.id = ${id} and a.erased_at is null and ${withinReach(scopes)}
    ${lock ? sql`for no key update of a` : sql``}`.execute(db)
  return rows[0]
}

export type Surroundings = {
  sessions: { id: string; userAgent: string; address: string; createdAt: string; lastSeenAt: string }[] | null
  authenticator: boolean
  sms: boolean
  passkeys: number
  recoveryCodes: number
  helpers: { id: string; fullName: string; suspended: boolean }[] | null
  factorReset: { id: string; reason: string; askedBy: string; askedById: string; askedAt: string } | null
}

const moment = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** What else the page of an account shows; of second factors only which kinds there are. */
export async function findSurroundings(db: Db, accountId: string, idleHours: number): Promise<Surroundings> {
  const { rows } = await sql<Surroundings>`
    select
      (select json_agg(json_build_object('id', s.id, 'userAgent', s.user_agent, 'address', s.address,
          'createdAt', ${moment('s.created_at')}, 'lastSeenAt', ${moment('s.last_seen_at')}))
        from (select * from sessions
          where account_id = a.id and ended_at is null and expires_at > now()
            and last_seen_at > now() - make_interval(hours => ${idleHours})
          order by last_seen_at desc limit 20) as s) as sessions,
      exists (select from authenticators f
        where f.account_id = a.id and f.confirmed_at is not null and f.removed_at is null) as authenticator,
      a.codes_by_sms_at is not null and a.phone_confirmed_at is not null as sms,
      (select count(*)::int from passkeys k where k.account_id = a.id and k.removed_at is null) as passkeys,
      (select count(*)::int from recovery_codes c where c.account_id = a.id and c.used_at is null) as "recoveryCodes",
      (select json_agg(json_build_object('id', p.id, 'fullName', concat_ws(' ', p.surname, p.name, p.patronymic),
          'suspended', h.suspended_at is not null) order by p.surname)
        from helpers h join accounts p on p.id = h.account_id
        where h.operator_id = a.id and h.removed_at is null) as helpers,
      (select json_build_object('id', f.id, 'reason', f.reason, 'askedBy', ${nameOf('f.asked_by')},
          'askedById', f.asked_by, 'askedAt', ${moment('f.asked_at')})
        from factor_resets f
        where f.account_id = a.id and f.consented_at is null and f.refused_at is null) as "factorReset"
    from accounts a where a.id = ${accountId}`.execute(db)
  const [row] = rows
  if (!row) throw new Error('An account that was just read is not there')
  return row
}

/** How many open organisations each of the scopes reaches, in their order: one round trip. */
export async function countReached(db: Db, scopes: readonly Scopes[]): Promise<number[]> {
  if (scopes.length === 0) return []
  const counts = scopes.map(
    (scope, index) =>
      sql`select ${index}::int as place, count(*)::int as count from organisations o
        where o.closed_at is null and ${reached(scope)}`,
  )
  const { rows } = await sql<{ count: number }>`
    select count from (${sql.join(counts, sql` union all `)}) as counted order by place`.execute(db)
  return rows.map(({ count }) => count)
}

/** Whoever has the address, confirmed, or waiting in an account that somebody else has made. */
export async function isAddressTaken(tx: Tx, email: string): Promise<boolean> {
  // Of two that are made at once the second must see the first.
  await sql`select pg_advisory_xact_lock(hashtext(${`accounts.email:${email}`}))`.execute(tx)
  const taken = await tx
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', email)
    .where((eb) => eb.or([eb('email_confirmed_at', 'is not', null), eb('registered_at', 'is', null)]))
    .executeTakeFirst()
  return taken !== undefined
}
