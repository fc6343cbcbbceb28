import { sql } from 'kysely'
import { AudienceRule, firstRules } from '../../../../contracts/audiences.ts'
import { consentVersion } from '../../../../contracts/identity.ts'
import { erasureDays } from '../../../../contracts/own-data.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { often } from '../../../kernel/db/index.ts'
import { holdsToday } from '../sign-in/person.queries.ts'
import type { Standing } from './steps.ts'

export type StandingRow = Omit<Standing, 'rule'> & { rule: unknown }

/** A role that the account holds today asks for a second factor. */
const demandedOf = (account: string) => sql`
  exists (select from grants g join demanding_roles d on d.role = g.role
          where g.account_id = ${sql.ref(account)} and ${holdsToday('g')})
    or exists (select from memberships m join demanding_roles d on d.role = m.role
               where m.account_id = ${sql.ref(account)} and m.ended_at is null and m.starts_on <= current_date
                 and (m.ends_on is null or m.ends_on >= current_date))`

/**
 * What the steps look at, as columns of a query over `accounts a`. Whoever acts with an operator's permissions, as a
 * helper or a deputy, meets the demands of the operator's roles.
 * @param deviceHash of the cookie of a trusted device, if the browser has one
 */
export const standingColumns = (deviceHash: Buffer | null) => sql<StandingRow & { trusted: boolean }>`
  a.audience,
  (select r.rule from audience_rules r where r.audience = a.audience) as rule,
  a.blocked_at is not null or a.erased_at is not null as blocked,
  case when a.erased_at is null then a.erasure_asked_at + make_interval(days => ${sql.lit(erasureDays)}) end
    as "erasingOn",
  case when a.approval_refused_at is not null then 'refused'
       when a.approved_at is not null then 'granted'
       when a.approval_asked_at is not null then 'waiting'
       else 'not-needed' end as approval,
  exists (select from authenticators f
          where f.account_id = a.id and f.confirmed_at is not null and f.removed_at is null)
    or exists (select from passkeys k where k.account_id = a.id and k.removed_at is null)
    or (a.codes_by_sms_at is not null and a.phone_confirmed_at is not null) as "hasFactor",
  ${demandedOf('a.id')} or exists (
    select from grants lent
    join accounts operator on operator.id = lent.delegated_by and operator.blocked_at is null and operator.erased_at is null
    where lent.account_id = a.id and ${holdsToday('lent')}
      and (lent.handover_id is not null or exists (
        select from helpers h where h.account_id = a.id and h.operator_id = lent.delegated_by
          and h.removed_at is null and h.suspended_at is null))
      and (${demandedOf('lent.delegated_by')})) as "factorDemanded",
  case when a.temporary_password_until is null then 'none'
       when a.temporary_password_until > now() then 'valid'
       else 'expired' end as "temporaryPassword",
  exists (select from consents c
          where c.account_id = a.id and c.version = ${consentVersion} and c.withdrawn_at is null) as consented,
  a.inn is not null or a.snils is not null as identified,
  a.email_confirmed_at is not null as "emailConfirmed",
  a.phone_confirmed_at is not null as "phoneConfirmed",
  exists (select from trusted_devices t
          where t.account_id = a.id and t.token_hash = ${deviceHash}::bytea and t.revoked_at is null
            and t.expires_at > now()) as trusted`

/** The rule as it was changed last, or as the program ships it. */
export function standingOf({ rule: changed, ...row }: StandingRow): Standing {
  const rule = changed ? AudienceRule.parse(changed) : firstRules[row.audience]
  return { ...row, rule, factorDemanded: row.factorDemanded || rule.secondFactor === 'demanded' }
}

/** `trusted` says so of the device; undefined when there is no such account. */
export async function findStanding(
  db: Db,
  accountId: string,
  deviceHash: Buffer | null,
): Promise<{ standing: Standing; trusted: boolean } | undefined> {
  const { rows } = await sql<StandingRow & { trusted: boolean }>`${often}
    select ${standingColumns(deviceHash)} from accounts a where a.id = ${accountId}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { trusted, ...standing } = row
  return { standing: standingOf(standing), trusted }
}
