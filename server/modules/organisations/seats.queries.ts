import { sql } from 'kysely'
import type { Audience } from '../../../contracts/audiences.ts'
import type { MembershipRole } from '../../../contracts/organisations.ts'
import type { SeatOffer } from '../../../contracts/seats.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'
import { fullNameOf } from './members.queries.ts'

export type HolderRow = { accountId: string; fullName: string; heldFrom: Date; heldUntil: Date | null }

/** The present holder first, then those before it. */
export const listHolders = (db: Db, organisationId: string): Promise<HolderRow[]> =>
  db
    .selectFrom('seats as seat')
    .innerJoin('accounts as account', 'account.id', 'seat.account_id')
    .select(['seat.account_id as accountId', 'seat.held_from as heldFrom', 'seat.held_until as heldUntil'])
    .select(fullNameOf('account').as('fullName'))
    .where('seat.organisation_id', '=', organisationId)
    .orderBy(sql`seat.held_until is null`, 'desc')
    .orderBy('seat.held_until', 'desc')
    .limit(50)
    .execute()

/** The present holder, locked: nobody hands the seat over meanwhile. */
export const lockHolder = (tx: Tx, organisationId: string) =>
  tx
    .selectFrom('seats')
    .select(['id', 'account_id as accountId'])
    .where('organisation_id', '=', organisationId)
    .where('held_until', 'is', null)
    .forUpdate()
    .executeTakeFirst()

/** Undefined when another holds it: of two at once, the second gets it. */
export const insertSeat = (tx: Tx, organisationId: string, accountId: string) =>
  tx
    .insertInto('seats')
    .values({ id: randomUUIDv7(), organisation_id: organisationId, account_id: accountId })
    .onConflict((conflict) => conflict.column('organisation_id').where('held_until', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()

export const endSeat = (tx: Tx, seatId: string, by: string, reason: string) =>
  tx.updateTable('seats').set({ held_until: sql<Date>`now()`, ended_by: by, reason }).where('id', '=', seatId).execute()

export type Candidate = { id: string; audience: Audience }

/** Whoever has confirmed the address and may come in. */
export const findCandidate = (db: Db, email: string): Promise<Candidate | undefined> =>
  db
    .selectFrom('accounts')
    .select(['id', 'audience'])
    .where('email', '=', email)
    .where('email_confirmed_at', 'is not', null)
    .where('blocked_at', 'is', null)
    .where('erased_at', 'is', null)
    .where('approval_refused_at', 'is', null)
    .where(sql<boolean>`(approval_asked_at is null or approved_at is not null)`)
    .executeTakeFirst()

export const audienceOf = async (db: Db, accountId: string): Promise<Audience> =>
  (await db.selectFrom('accounts').select('audience').where('id', '=', accountId).executeTakeFirstOrThrow()).audience

/** Whether others of these audiences are attached to the organisation now. */
export const hasOthersAttached = async (
  db: Db,
  organisationId: string,
  accountId: string,
  audiences: readonly Audience[],
): Promise<boolean> =>
  (await db
    .selectFrom('memberships as m')
    .innerJoin('accounts as a', 'a.id', 'm.account_id')
    .select('m.id')
    .where('m.organisation_id', '=', organisationId)
    .where('m.account_id', '<>', accountId)
    .where('m.ended_at', 'is', null)
    .where(sql<boolean>`coalesce(m.ends_on >= current_date, true)`)
    .where('a.audience', 'in', audiences)
    .where('a.blocked_at', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined

/** Undefined when one waits already. */
export const insertOffer = (tx: Tx, offer: { organisationId: string; toAccountId: string; by: string }) =>
  tx
    .insertInto('seat_offers')
    .values({
      id: randomUUIDv7(),
      organisation_id: offer.organisationId,
      to_account_id: offer.toAccountId,
      offered_by: offer.by,
    })
    .onConflict((conflict) =>
      conflict
        .column('organisation_id')
        .where('accepted_at', 'is', null)
        .where('refused_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst()

export type OfferRow = {
  id: string
  organisationId: string
  organisationName: string
  toId: string
  toName: string
  byId: string
  byName: string
  offeredAt: Date
  state: SeatOffer['state']
}

const offers = (db: Db) =>
  db
    .selectFrom('seat_offers as offer')
    .innerJoin('organisations as organisation', 'organisation.id', 'offer.organisation_id')
    .innerJoin('accounts as receiver', 'receiver.id', 'offer.to_account_id')
    .innerJoin('accounts as giver', 'giver.id', 'offer.offered_by')
    .select([
      'offer.id',
      'offer.organisation_id as organisationId',
      'organisation.short_name as organisationName',
      'offer.to_account_id as toId',
      'offer.offered_by as byId',
      'offer.offered_at as offeredAt',
    ])
    .select([fullNameOf('receiver').as('toName'), fullNameOf('giver').as('byName')])
    .select(
      sql<SeatOffer['state']>`case when offer.accepted_at is not null then 'accepted'
        when offer.refused_at is not null then 'refused'
        when offer.withdrawn_at is not null then 'withdrawn' else 'waiting' end`.as('state'),
    )

export const findOffer = (db: Db, id: string): Promise<OfferRow | undefined> =>
  offers(db).where('offer.id', '=', id).executeTakeFirst()

export const findWaitingOffer = (db: Db, organisationId: string): Promise<OfferRow | undefined> =>
  offers(db)
    .where('offer.organisation_id', '=', organisationId)
    .where('offer.accepted_at', 'is', null)
    .where('offer.refused_at', 'is', null)
    .where('offer.withdrawn_at', 'is', null)
    .executeTakeFirst()

/** Answers an offer once and for all; undefined when it was answered before. */
export const closeOffer = (tx: Tx, id: string, how: 'accepted_at' | 'refused_at' | 'withdrawn_at') =>
  tx
    .updateTable('seat_offers')
    .set({ [how]: sql<Date>`now()` })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('refused_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst()

/**
 * Ends every attachment to the organisation that its one account leaves no room for: those of these accounts, and of all
 * of these audiences.
 * @returns whose, with the roles they had
 */
export const endMemberships = (
  tx: Tx,
  organisationId: string,
  ended: { accountIds: readonly string[]; audiences: readonly Audience[]; by: string },
): Promise<{ accountId: string; role: MembershipRole }[]> =>
  tx
    .updateTable('memberships')
    .set({ ended_at: sql<Date>`now()`, ended_by: ended.by })
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('account_id', 'in', ended.accountIds),
        eb('account_id', 'in', eb.selectFrom('accounts').select('id').where('audience', 'in', ended.audiences)),
      ]),
    )
    .returning(['account_id as accountId', 'role'])
    .execute()

/** Grants over this one organisation do not outlive the seat they came with. */
export const revokeGrantsOver = (tx: Tx, organisationId: string, accountId: string, by: string) =>
  tx
    .updateTable('grants')
    .set({ revoked_at: sql<Date>`now()`, revoked_by: by })
    .where('account_id', '=', accountId)
    .where('scope', '=', 'organisation')
    .where('organisation_id', '=', organisationId)
    .where('revoked_at', 'is', null)
    .execute()

/** As the database counts days, whatever the clock of this node says. */
export const today = async (db: Db): Promise<string> => {
  const { rows } = await sql<{ day: string }>`select current_date::text as day`.execute(db)
  return rows[0]?.day ?? ''
}
