import { sql } from 'kysely'
import type { Db, Tx } from '../../kernel/db/index.ts'
import { fullNameOf } from './members.queries.ts'

/** An attachment that holds now or from a coming day on. */
export const findMembership = (db: Db, id: string) =>
  db
    .selectFrom('memberships as membership')
    .innerJoin('accounts as account', 'account.id', 'membership.account_id')
    .innerJoin('organisations as organisation', 'organisation.id', 'membership.organisation_id')
    .select([
      'membership.id',
      'membership.account_id as accountId',
      'membership.organisation_id as organisationId',
      'membership.role',
      'membership.starts_on as startsOn',
      'organisation.short_name as organisationName',
    ])
    .select(fullNameOf('account').as('fullName'))
    .where('membership.id', '=', id)
    .where('membership.ended_at', 'is', null)
    .executeTakeFirst()

/** Undefined when it has ended already: of two at once the second gets that. */
export const endMembership = (tx: Tx, id: string, by: string | null) =>
  tx
    .updateTable('memberships')
    .set({ ended_at: sql<Date>`now()`, ended_by: by })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning(['account_id as accountId', 'organisation_id as organisationId', 'role'])
    .executeTakeFirst()

/** The roles that came with the attachment: over the organisation itself and over those below it. */
export const revokeGrantsAt = (tx: Tx, organisationId: string, accountId: string, by: string | null) =>
  tx
    .updateTable('grants')
    .set({ revoked_at: sql<Date>`now()`, revoked_by: by })
    .where('account_id', '=', accountId)
    .where('scope', 'in', ['organisation', 'subtree'])
    .where('organisation_id', '=', organisationId)
    .where('revoked_at', 'is', null)
    .execute()

export const endSeatOf = (tx: Tx, organisationId: string, accountId: string, by: string | null) =>
  tx
    .updateTable('seats')
    .set({ held_until: sql<Date>`now()`, ended_by: by, reason: 'detached' })
    .where('organisation_id', '=', organisationId)
    .where('account_id', '=', accountId)
    .where('held_until', 'is', null)
    .execute()
