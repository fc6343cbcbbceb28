import { sql } from 'kysely'
import type { Grant } from '../../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import type { Audience } from '../accounts/account.ts'

const days = 7
const expiry = sql<Date>`now() + make_interval(days => ${days})`

export type NewInvitation = {
  kind: 'account' | 'helper'
  /** In lower case. */
  email: string
  surname: string
  name: string
  patronymic: string | null
  audience: Audience
  position: string | null
  grants: readonly Grant[]
}

export const insertInvitation = (tx: Tx, invitedBy: string, invitation: NewInvitation, tokenHash: Buffer) =>
  tx
    .insertInto('invitations')
    .values({
      ...invitation,
      id: randomUUIDv7(),
      grants: JSON.stringify(invitation.grants),
      token_hash: tokenHash,
      invited_by: invitedBy,
      expires_at: expiry,
    })
    .returning('id')
    .executeTakeFirstOrThrow()

const waits = sql<boolean>`i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now()`

/** One that can still be accepted. */
export const findInvitation = (db: Db, tokenHash: Buffer) =>
  db
    .selectFrom('invitations as i')
    .innerJoin('accounts as inviter', 'inviter.id', 'i.invited_by')
    .select([
      'i.id',
      'i.kind',
      'i.email',
      'i.surname',
      'i.name',
      'i.patronymic',
      'i.audience',
      'i.position',
      'i.grants',
      'i.invited_by as invitedBy',
    ])
    .select(sql<string>`concat_ws(' ', inviter.surname, inviter.name, inviter.patronymic)`.as('inviter'))
    .select('inviter.position as inviterPosition')
    .where('i.token_hash', '=', tokenHash)
    .where(waits)
    .where('inviter.blocked_at', 'is', null)
    .where('inviter.erased_at', 'is', null)
    .executeTakeFirst()

/** Takes it once and for all; of two at the same time the second gets undefined. */
export const takeInvitation = (tx: Tx, tokenHash: Buffer) =>
  tx
    .updateTable('invitations as i')
    .set({ accepted_at: sql<Date>`now()` })
    .where('i.token_hash', '=', tokenHash)
    .where(waits)
    .returning('i.id')
    .executeTakeFirst()

export const noteAccepter = (tx: Tx, id: string, accountId: string) =>
  tx.updateTable('invitations').set({ accepted_by: accountId }).where('id', '=', id).execute()

export const hasWaiting = async (tx: Tx, invitedBy: string, { kind, email }: { kind: string; email: string }) =>
  (await tx
    .selectFrom('invitations as i')
    .select('i.id')
    .where('i.invited_by', '=', invitedBy)
    .where(sql<boolean>`i.kind = ${kind}`)
    .where('i.email', '=', email)
    .where(waits)
    .executeTakeFirst()) !== undefined

/** Those that wait, and those whose time is over, for a month. */
export const listInvitations = (db: Db, invitedBy: string, kind: 'account' | 'helper') =>
  db
    .selectFrom('invitations')
    .select(['id', 'kind', 'email', 'surname', 'name', 'patronymic', 'position'])
    .select(['created_at as createdAt', 'expires_at as expiresAt'])
    .where('invited_by', '=', invitedBy)
    .where('kind', '=', kind)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now() - interval '30 days'`)
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute()

/** The old link works no more. Undefined when it is not one's own, or was accepted or withdrawn. */
export const renewInvitation = (tx: Tx, invitedBy: string, id: string, tokenHash: Buffer) =>
  tx
    .updateTable('invitations')
    .set({ token_hash: tokenHash, expires_at: expiry })
    .where('id', '=', id)
    .where('invited_by', '=', invitedBy)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning(['kind', 'email'])
    .executeTakeFirst()

export const withdrawInvitation = (tx: Tx, invitedBy: string, id: string) =>
  tx
    .updateTable('invitations')
    .set({ withdrawn_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('invited_by', '=', invitedBy)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning('kind')
    .executeTakeFirst()

/** Names and addresses of people who never came are not kept (152-ФЗ, article 5). */
export const dropOldInvitations = (db: Db) =>
  db.deleteFrom('invitations').where('expires_at', '<', sql<Date>`now() - interval '90 days'`).execute()
