import { sql } from 'kysely'
import type { MembershipRole, OrganisationMember } from '../../../contracts/organisations.ts'
import { allows, type Permission, type Role, roles } from '../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'

/** Surname, name and patronymic of an account in one line. */
export const fullNameOf = (alias: string) =>
  sql<string>`concat_ws(' ', ${sql.ref(`${alias}.surname`)}, ${sql.ref(`${alias}.name`)}, ${sql.ref(`${alias}.patronymic`)})`

export type Attachment = {
  accountId: string
  organisationId: string
  role: MembershipRole
  /** `YYYY-MM-DD` */
  startsOn: string
  endsOn: string | null
}

/** Undefined when the account is attached already: two at once attach once. */
export const insertMembership = (tx: Tx, attachment: Attachment, by: string | null) =>
  tx
    .insertInto('memberships')
    .values({
      id: randomUUIDv7(),
      account_id: attachment.accountId,
      organisation_id: attachment.organisationId,
      role: attachment.role,
      starts_on: attachment.startsOn,
      ends_on: attachment.endsOn,
      attached_by: by,
    })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'organisation_id']).where('ended_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()

/** A membership whose last day has passed makes room for a new one. */
export const closeLapsedMembership = (tx: Tx, accountId: string, organisationId: string) =>
  tx
    .updateTable('memberships')
    .set({ ended_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .where('ends_on', '<', sql<string>`current_date`)
    .execute()

/** Those attached now or from a coming day on, the responsible ones first. */
export const listMembers = (db: Db, organisationId: string): Promise<OrganisationMember[]> =>
  db
    .selectFrom('memberships as membership')
    .innerJoin('accounts as account', 'account.id', 'membership.account_id')
    .select([
      'membership.id as membershipId',
      'account.id as accountId',
      fullNameOf('account').as('fullName'),
      'account.position',
      'membership.role',
      'membership.starts_on as startsOn',
      'membership.ends_on as endsOn',
    ])
    .where('membership.organisation_id', '=', organisationId)
    .where('membership.ended_at', 'is', null)
    .where(sql<boolean>`coalesce(membership.ends_on >= current_date, true)`)
    .orderBy(sql`array_position(array['supervisor', 'responsible', 'member'], membership.role)`)
    .orderBy('account.surname')
    .orderBy('membership.id')
    .execute()

export type Decider = {
  accountId: string
  fullName: string
  /** Where it decides from; null for an administrator of the whole installation. */
  organisation: string | null
}

/**
 * Accounts that decide for an organisation: those whose grant has the permission over the nearest organisation above it;
 * if there is none, over its region; if none again, everywhere. A helper may decide too, but its operator answers.
 * @param except an account that may not decide here: nobody does on its own behalf
 */
export async function listDeciders(
  db: Db,
  organisationId: string,
  permission: Permission,
  except: string | null = null,
): Promise<Decider[]> {
  const deciding: Role[] = roles.filter((role) => allows(role, permission))
  const { rows } = await sql<Decider>`
    with place as (select id, lineage, region_code from organisations where id = ${organisationId}),
    ranked as (
      select held.account_id, held.organisation_id, held.scope,
        case held.scope
          when 'subtree' then cardinality(place.lineage) - array_position(place.lineage, held.organisation_id)
          when 'region' then 1000
          else 2000
        end as distance
      from place
      join grants held on held.role = any(${deciding}::text[]) and held.revoked_at is null
        and held.delegated_by is null
        and coalesce(held.starts_on <= current_date, true) and coalesce(held.ends_on >= current_date, true)
        and ((held.scope = 'subtree' and held.organisation_id = any(place.lineage) and held.organisation_id <> place.id)
          or (held.scope = 'region' and held.region_code = place.region_code)
          or held.scope = 'everywhere')
      join accounts account on account.id = held.account_id and account.blocked_at is null
        and account.id is distinct from ${except}::uuid),
    nearest as (select * from ranked where distance = (select min(distance) from ranked))
    select distinct on (account.surname, account.id)
      account.id as "accountId",
      concat_ws(' ', account.surname, account.name, account.patronymic) as "fullName",
      coalesce(granted.short_name, own.short_name) as organisation
    from nearest
    join accounts account on account.id = nearest.account_id
    left join organisations granted on granted.id = nearest.organisation_id
    left join lateral (
      select organisations.short_name from memberships
      join organisations on organisations.id = memberships.organisation_id
      where memberships.account_id = account.id and memberships.ended_at is null and nearest.scope = 'region'
      order by memberships.attached_at limit 1) own on true
    order by account.surname, account.id`.execute(db)
  return rows
}

/** Organisations to which an account is attached, for its cabinet: one round trip. */
export const listMembershipsOf = (db: Db, accountId: string) =>
  db
    .selectFrom('memberships as membership')
    .innerJoin('organisations as organisation', 'organisation.id', 'membership.organisation_id')
    .select([
      'organisation.id',
      'organisation.short_name as shortName',
      'membership.role',
      'membership.starts_on as startsOn',
      'membership.ends_on as endsOn',
    ])
    .where('membership.account_id', '=', accountId)
    .where('membership.ended_at', 'is', null)
    .where(sql<boolean>`coalesce(membership.ends_on >= current_date, true)`)
    .orderBy('membership.attached_at')
    .orderBy('membership.id')
    .execute()
