/** Who is told when an organisation's one account is handed over. */
import type { EventHandlers } from '../../kernel/outbox/index.ts'
import { findSeatOffer } from '../organisations/index.ts'
import { tell } from './messages.ts'
import { given, offered, refused, taken } from './seat.letters.ts'

export const seatHandlers: EventHandlers = {
  'seat.offered': async (tx, { offerId }) => {
    const offer = await findSeatOffer(tx, offerId)
    if (offer?.state !== 'waiting') return
    await tell(tx, { ...offered(offer), accountId: offer.toId, uniqueKey: `seat.offered:${offer.id}` })
  },
  'seat.handed-over': async (tx, { offerId, endedIds }) => {
    const offer = await findSeatOffer(tx, offerId)
    if (!offer) return
    await tell(tx, { ...taken(offer), accountId: offer.toId, uniqueKey: `seat.handed-over:${offer.id}:to` })
    const givers = new Set([...endedIds, offer.byId].filter((id) => id !== offer.toId))
    for (const accountId of givers) {
      await tell(tx, {
        ...given(offer, endedIds.includes(accountId)),
        accountId,
        uniqueKey: `seat.handed-over:${offer.id}:${accountId}`,
      })
    }
  },
  'seat.refused': async (tx, { offerId }) => {
    const offer = await findSeatOffer(tx, offerId)
    if (offer) await tell(tx, { ...refused(offer), accountId: offer.byId, uniqueKey: `seat.refused:${offer.id}` })
  },
}
