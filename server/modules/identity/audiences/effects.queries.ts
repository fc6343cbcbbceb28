import { type RawBuilder, sql } from 'kysely'
import type { Audience, AudienceRule, RuleEffect } from '../../../../contracts/audiences.ts'
import type { Db } from '../../../kernel/db/index.ts'

export type EffectRow = { effect: RuleEffect; count: number; first: { id: string; name: string }[] }

/** What of an account decides how a rule meets it. */
const people = (audience: Audience) => sql`
  people as (
    select a.id, a.email, concat_ws(' ', a.surname, a.name, a.patronymic) as name,
      a.password_hash is not null as has_password,
      exists (select from passkeys k where k.account_id = a.id and k.removed_at is null) as has_passkey,
      exists (select from external_identities e
              where e.account_id = a.id and e.untied_at is null and e.provider = 'esia') as has_esia,
      exists (select from external_identities e
              where e.account_id = a.id and e.untied_at is null and e.provider <> 'esia') as has_domain,
      exists (select from authenticators f
              where f.account_id = a.id and f.confirmed_at is not null and f.removed_at is null)
        or (a.codes_by_sms_at is not null and a.phone_confirmed_at is not null) as has_factor,
      exists (select from grants g join demanding_roles d on d.role = g.role
              where g.account_id = a.id and g.revoked_at is null and g.starts_on <= current_date
                and (g.ends_on is null or g.ends_on >= current_date)) as factor_demanded,
      exists (select from grants g
              where g.account_id = a.id and g.role = 'administrator' and g.scope = 'everywhere'
                and g.revoked_at is null and g.starts_on <= current_date
                and (g.ends_on is null or g.ends_on >= current_date)) as administers,
      a.email_confirmed_at is not null as email_confirmed, a.phone_confirmed_at is not null as phone_confirmed,
      a.inn is not null or a.snils is not null as identified
    from accounts a
    where a.audience = ${audience} and a.blocked_at is null and a.erased_at is null
      and a.approval_refused_at is null
  )`

const yes = sql<boolean>`true`
const no = sql<boolean>`false`
const constant = (value: boolean) => (value ? yes : no)
const any = (conditions: readonly RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(conditions, sql` or `)})`

/** A way in that is open and that the person has. */
const comesIn = ({ doors }: AudienceRule) =>
  any([
    sql<boolean>`(${constant(doors.password)} and has_password)`,
    sql<boolean>`(${constant(doors.passkey)} and has_passkey)`,
    sql<boolean>`(${constant(doors.domain)} and has_domain)`,
    sql<boolean>`(${constant(doors.esia !== 'no')} and has_esia)`,
  ])

function contactsConfirmed({ confirmation }: AudienceRule): RawBuilder<boolean> {
  switch (confirmation) {
    case 'email':
      return sql<boolean>`email_confirmed`
    case 'sms':
      return sql<boolean>`phone_confirmed`
    case 'either':
      return sql<boolean>`(email_confirmed or phone_confirmed)`
  }
}

const within = (domain: RawBuilder<unknown>) =>
  sql<boolean>`(split_part(email, '@', 2) = ${domain} or split_part(email, '@', 2) like '%.' || ${domain})`

function mailAllowed({ mailDomains, listedDomains }: AudienceRule): RawBuilder<boolean> {
  switch (mailDomains) {
    case 'any':
      return yes
    case 'not-free':
      return sql<boolean>`not exists (select from free_mail_domains f
        where f.removed_at is null and ${within(sql`f.domain`)})`
    case 'listed':
      return sql<boolean>`exists (select from unnest(${listedDomains}::text[]) as l (domain) where ${within(sql`l.domain`)})`
  }
}

/** Attached to an organisation that others of the same audience are attached to as well. */
const sharesOrganisation = sql<boolean>`exists (
  select from memberships own join memberships other on other.organisation_id = own.organisation_id
    and other.account_id <> own.account_id and other.ended_at is null
  join people as neighbour on neighbour.id = other.account_id
  where own.account_id = people.id and own.ended_at is null)`

/** Whom of the audience each effect of the change meets. */
const effectsOf = (before: AudienceRule, after: AudienceRule): [RuleEffect, RawBuilder<boolean>][] => {
  const closes = (door: 'password' | 'passkey' | 'domain') => before.doors[door] && !after.doors[door]
  return [
    ['no-door', sql<boolean>`${comesIn(before)} and not ${comesIn(after)}`],
    ['door-password', sql<boolean>`${constant(closes('password'))} and has_password`],
    ['door-passkey', sql<boolean>`${constant(closes('passkey'))} and has_passkey`],
    ['door-domain', sql<boolean>`${constant(closes('domain'))} and has_domain`],
    ['door-esia', sql<boolean>`${constant(before.doors.esia !== 'no' && after.doors.esia === 'no')} and has_esia`],
    ['contacts', sql<boolean>`${contactsConfirmed(before)} and not ${contactsConfirmed(after)}`],
    [
      'identification',
      sql<boolean>`${constant(before.identification === 'none' && after.identification !== 'none')} and not identified`,
    ],
    [
      'second-factor',
      sql<boolean>`${constant(before.secondFactor === 'own-choice' && after.secondFactor === 'demanded')}
        and not (has_factor or has_passkey or factor_demanded)`,
    ],
    ['mail-domain', sql<boolean>`${mailAllowed(before)} and not ${mailAllowed(after)}`],
    ['seat', sql<boolean>`${constant(!before.seat && after.seat)} and ${sharesOrganisation}`],
  ]
}

/**
 * Whom a change of an audience's rule would meet, in one round trip.
 * @param most how many names each effect tells
 */
export async function countEffects(
  db: Db,
  audience: Audience,
  before: AudienceRule,
  after: AudienceRule,
  most: number,
): Promise<EffectRow[]> {
  const met = effectsOf(before, after).map(
    ([effect, condition]) => sql`select ${effect}::text as effect, id, name from people where ${condition}`,
  )
  const { rows } = await sql<EffectRow>`
    with ${people(audience)},
    met as (${sql.join(met, sql` union all `)}),
    placed as (select *, row_number() over (partition by effect order by name, id) as place from met)
    select effect, count(*)::int as count,
      json_agg(json_build_object('id', id, 'name', name) order by place) filter (where place <= ${most}) as first
    from placed group by effect`.execute(db)
  return rows
}

/** Of the administrators of this audience: how many could come in, and whether this account is one of those. */
export async function countAdministrators(db: Db, audience: Audience, rule: AudienceRule, accountId: string) {
  const refusesUnconfirmed = rule.unconfirmed === 'refused'
  const enters = sql<boolean>`${comesIn(rule)} and (not ${constant(refusesUnconfirmed)} or ${contactsConfirmed(rule)})`
  const { rows } = await sql<{ all: number; entering: number; self: boolean; selfEnters: boolean }>`
    with ${people(audience)}
    select count(*) filter (where administers)::int as "all",
      count(*) filter (where administers and ${enters})::int as entering,
      coalesce(bool_or(id = ${accountId}), false) as self,
      coalesce(bool_or(id = ${accountId} and ${enters}), false) as "selfEnters"
    from people`.execute(db)
  const [row] = rows
  if (!row) throw new Error('An aggregate gave no row')
  return row
}

/** Whether an administrator of another audience remains. */
export async function hasOtherAdministrators(db: Db, audience: Audience): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select exists (select from grants g join accounts a on a.id = g.account_id
      where g.role = 'administrator' and g.scope = 'everywhere' and g.revoked_at is null
        and g.starts_on <= current_date and (g.ends_on is null or g.ends_on >= current_date)
        and a.audience <> ${audience} and a.blocked_at is null and a.erased_at is null) as there`.execute(db)
  return rows[0]?.there ?? false
}
