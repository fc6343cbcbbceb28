/**
 * Seats (manual 5: one account for a settlement, a clinic, a school). Where the rule of its people's audience says so,
 * an organisation has one holder at a time: it is handed over in the system, from one person to another, and never shared.
 */
import type { Seat, SeatOffer } from '../../../contracts/seats.ts'
import { type Tx, transaction } from '../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../kernel/errors/index.ts'
import { type Context, takeAttempt } from '../../kernel/http/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { getRule, listSeatAudiences } from '../identity/index.ts'
import { insertMembership } from './members.queries.ts'
import { accessOrganisation, placeOf } from './organisations.access.ts'
import { OrganisationClosed } from './organisations.errors.ts'
import { findOrganisation, type Organisation } from './organisations.queries.ts'
import { SeatNotKept, SeatOfferClosed, SeatOffered, SeatTaken, wrongReceiver } from './seats.errors.ts'
import {
  audienceOf,
  closeOffer,
  endMemberships,
  endSeat,
  findCandidate,
  findOffer,
  findWaitingOffer,
  hasOthersAttached,
  insertOffer,
  insertSeat,
  listHolders,
  lockHolder,
  type OfferRow,
  revokeGrantsOver,
  today,
} from './seats.queries.ts'

declare module '../../kernel/outbox/outbox.ts' {
  interface Events {
    'seat.offered': { offerId: string }
    /** `endedIds`: whose rights over the organisation have ended. */
    'seat.handed-over': { offerId: string; endedIds: string[] }
    'seat.refused': { offerId: string }
  }
}

const subjectOf = (organisationId: string) => ({ kind: 'organisation', id: organisationId })

/**
 * Takes the seat of an organisation for an account that is being attached to it; nothing where no rule asks for one.
 * @throws SeatTaken 409 when another holds it, or others of such an audience are attached already
 */
export async function takeSeat(tx: Tx, actor: Actor, organisationId: string, accountId: string): Promise<void> {
  const audiences = await listSeatAudiences(tx)
  if (audiences.length === 0 || !audiences.includes(await audienceOf(tx, accountId))) return
  const holder = await lockHolder(tx, organisationId)
  if (holder?.accountId === accountId) return
  if (holder || (await hasOthersAttached(tx, organisationId, accountId, audiences))) throw new SeatTaken()
  if (!(await insertSeat(tx, organisationId, accountId))) throw new SeatTaken()
  journal(tx, actor, 'seat.taken', subjectOf(organisationId), { accountId })
}

/** @throws NotFound 404, Forbidden 403 */
export async function viewSeat(ctx: Context, organisationId: string): Promise<Seat> {
  return seatOf(ctx, await accessOrganisation(ctx.db, ctx, organisationId, 'organisation.read'))
}

/** Past holders are shown to those who may see who is attached. */
export async function seatOf(ctx: Context, organisation: Organisation): Promise<Seat> {
  const [audiences, holders, offer] = await Promise.all([
    listSeatAudiences(ctx.db),
    listHolders(ctx.db, organisation.id),
    findWaitingOffer(ctx.db, organisation.id),
  ])
  const told = holders.map(({ heldFrom, heldUntil, ...holder }) => ({
    ...holder,
    heldFrom: heldFrom.toISOString(),
    heldUntil: heldUntil?.toISOString() ?? null,
  }))
  const holder = told.find(({ heldUntil }) => heldUntil === null) ?? null
  const mayOffer = audiences.length > 0 && !organisation.closedAt && mayHandOver(ctx, organisation, holder?.accountId)
  const seesPeople = mayOffer || ctx.grants.allow('organisation.members.read', placeOf(organisation))
  return {
    kept: audiences.length > 0,
    holder,
    offer: mayOffer && offer ? offerOf(offer) : null,
    mayOffer,
    history: seesPeople ? told.filter(({ heldUntil }) => heldUntil !== null) : [],
  }
}

const mayHandOver = (ctx: Context, organisation: Organisation, holderId: string | undefined): boolean =>
  holderId === ctx.account.id || ctx.grants.allow('seat.manage', placeOf(organisation))

/** Whoever offers learns whether an address has an account, so the askings are counted. */
const mostOffers = 20
const anHour = 3600

/**
 * Offers the seat to another account: by its holder, or by who decides over the organisation, also when nobody holds it.
 * @throws InvalidInput 422 at `email`; SeatNotKept, SeatOffered, OrganisationClosed 409; Forbidden 403, NotFound 404
 */
export async function offerSeat(ctx: Context, organisationId: string, email: string): Promise<Seat> {
  await takeAttempt(ctx.db, `seat:offers:${ctx.account.id}`, mostOffers, anHour)
  await transaction(ctx, async (tx) => {
    const organisation = await accessOrganisation(tx, ctx, organisationId, 'organisation.read')
    const holder = await lockHolder(tx, organisationId)
    if (!mayHandOver(ctx, organisation, holder?.accountId)) throw new Forbidden()
    if (organisation.closedAt) throw new OrganisationClosed()
    if ((await listSeatAudiences(tx)).length === 0) throw new SeatNotKept()
    const receiver = await findCandidate(tx, email)
    if (!receiver) throw wrongReceiver('seat-nobody')
    if (receiver.id === holder?.accountId) throw wrongReceiver('seat-own')
    if (!(await getRule(tx, receiver.audience)).seat) throw wrongReceiver('seat-other-audience')

    const offer = await insertOffer(tx, { organisationId, toAccountId: receiver.id, by: ctx.account.id })
    if (!offer) throw new SeatOffered()
    journal(tx, ctx, 'seat.offered', subjectOf(organisationId), { offerId: offer.id, accountId: receiver.id })
    await publish(tx, 'seat.offered', { offerId: offer.id })
  })
  return viewSeat(ctx, organisationId)
}

/** @throws NotFound 404 unless it was made to or by this person, or within its decisions */
export async function viewOffer(ctx: Context, id: string): Promise<SeatOffer> {
  const offer = await findOffer(ctx.db, id)
  if (!offer || !(await concerns(ctx, offer))) throw new NotFound({ what: 'page' })
  return offerOf(offer)
}

async function concerns(ctx: Context, { toId, byId, organisationId }: OfferRow): Promise<boolean> {
  if (toId === ctx.account.id || byId === ctx.account.id) return true
  const organisation = await findOrganisation(ctx.db, organisationId)
  return organisation !== undefined && ctx.grants.allow('seat.manage', placeOf(organisation))
}

/**
 * Takes the seat over: in one transaction the former holder's attachment and rights end and this person's begin.
 * @throws NotFound 404 when the offer is another's; SeatOfferClosed, SeatNotKept, OrganisationClosed 409
 */
export async function acceptSeat(ctx: Context, id: string): Promise<SeatOffer> {
  await transaction(ctx, async (tx) => {
    const { organisationId, byId } = await findOwn(tx, ctx, id)
    await takeOver(tx, ctx, { offerId: id, organisationId, byId, receiverId: ctx.account.id })
  })
  return viewOffer(ctx, id)
}

/**
 * Hands the seat over by a decision, when its holder does not do so itself. Who may decide is the caller's rule.
 * @throws SeatOffered 409 while an offer waits for an answer; else as `acceptSeat`
 */
export async function handOverSeat(tx: Tx, ctx: Context, organisationId: string, receiverId: string): Promise<void> {
  await lockHolder(tx, organisationId)
  const offer = await insertOffer(tx, { organisationId, toAccountId: receiverId, by: ctx.account.id })
  if (!offer) throw new SeatOffered()
  await takeOver(tx, ctx, { offerId: offer.id, organisationId, byId: ctx.account.id, receiverId })
}

type TakingOver = { offerId: string; organisationId: string; byId: string; receiverId: string }

async function takeOver(tx: Tx, actor: Context, { offerId, organisationId, byId, receiverId }: TakingOver) {
  // The seat first, the offer after, as in offering: two that meet must not wait for each other.
  const former = await lockHolder(tx, organisationId)
  if (!(await closeOffer(tx, offerId, 'accepted_at'))) throw new SeatOfferClosed()
  const organisation = await findOrganisation(tx, organisationId)
  if (!organisation || organisation.closedAt) throw new OrganisationClosed()
  if (!(await getRule(tx, await audienceOf(tx, receiverId))).seat) throw new SeatNotKept()

  const by = actor.account.id
  if (former) await endSeat(tx, former.id, by, 'handed-over')
  const gone = former ? [former.accountId, receiverId] : [receiverId]
  // Never shared: whoever else was attached when the rule began to hold goes too.
  const audiences = await listSeatAudiences(tx)
  const ended = await endMemberships(tx, organisationId, { accountIds: gone, audiences, by })
  const role = ended.find(({ accountId }) => accountId === former?.accountId)?.role ?? 'responsible'
  if (former) await revokeGrantsOver(tx, organisationId, former.accountId, by)
  const startsOn = await today(tx)
  await insertMembership(tx, { accountId: receiverId, organisationId, role, startsOn, endsOn: null }, byId)
  if (!(await insertSeat(tx, organisationId, receiverId))) throw new SeatOfferClosed()

  const fromId = former?.accountId ?? null
  const endedIds = [...new Set([...(fromId ? [fromId] : []), ...ended.map(({ accountId }) => accountId)])].filter(
    (accountId) => accountId !== receiverId,
  )
  journal(tx, actor, 'seat.handed-over', subjectOf(organisationId), { offerId, fromId, toId: receiverId, role })
  await publish(tx, 'seat.handed-over', { offerId, endedIds })
}

/** @throws NotFound 404 when the offer is another's; SeatOfferClosed 409 */
export async function refuseSeat(ctx: Context, id: string): Promise<SeatOffer> {
  await transaction(ctx, async (tx) => {
    const { organisationId } = await findOwn(tx, ctx, id)
    if (!(await closeOffer(tx, id, 'refused_at'))) throw new SeatOfferClosed()
    journal(tx, ctx, 'seat.refused', subjectOf(organisationId), { offerId: id })
    await publish(tx, 'seat.refused', { offerId: id })
  })
  return viewOffer(ctx, id)
}

/** Taken back by whoever made it, or by who decides over the organisation. @throws NotFound 404, SeatOfferClosed 409 */
export const withdrawOffer = (ctx: Context, id: string): Promise<string> =>
  transaction(ctx, async (tx) => {
    const offer = await findOffer(tx, id)
    if (!offer || offer.toId === ctx.account.id || !(await concerns(ctx, offer))) throw new NotFound({ what: 'page' })
    if (!(await closeOffer(tx, id, 'withdrawn_at'))) throw new SeatOfferClosed()
    journal(tx, ctx, 'seat.withdrawn', subjectOf(offer.organisationId), { offerId: id })
    return offer.organisationId
  })

async function findOwn(tx: Tx, ctx: Context, id: string): Promise<OfferRow> {
  const offer = await findOffer(tx, id)
  if (offer?.toId !== ctx.account.id) throw new NotFound({ what: 'page' })
  return offer
}

const offerOf = (offer: OfferRow): SeatOffer => ({
  id: offer.id,
  organisation: { id: offer.organisationId, shortName: offer.organisationName },
  to: { accountId: offer.toId, fullName: offer.toName },
  by: { accountId: offer.byId, fullName: offer.byName },
  offeredAt: offer.offeredAt.toISOString(),
  state: offer.state,
})
