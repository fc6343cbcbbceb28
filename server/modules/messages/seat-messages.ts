/** Who is told what when an organisation's one account is handed over. Titles are subjects of letters: they name nobody. */
import type { EventHandlers } from '../../kernel/outbox/index.ts'
import { findSeatOffer } from '../organisations/index.ts'
import { tell } from './messages.ts'

export const seatHandlers: EventHandlers = {
  'seat.offered': async (tx, { offerId }) => {
    const offer = await findSeatOffer(tx, offerId)
    if (offer?.state !== 'waiting') return
    await tell(tx, {
      accountId: offer.toId,
      kind: 'seat.offered',
      title: 'Вам передают единую учётную запись организации',
      body: `Организация: ${offer.organisationName}.\n\nПередаёт ${offer.byName}. Примите её или откажитесь: пока вы не ответили, ничего не меняется.`,
      href: `/seat-offers/${offer.id}`,
      action: 'Ответить',
      sender: offer.organisationName,
      uniqueKey: `seat.offered:${offer.id}`,
    })
  },
  'seat.handed-over': async (tx, { offerId, endedIds }) => {
    const offer = await findSeatOffer(tx, offerId)
    if (!offer) return
    const { organisationName, organisationId } = offer
    await tell(tx, {
      accountId: offer.toId,
      kind: 'seat.handed-over',
      title: 'Единая учётная запись организации теперь у вас',
      body: `Организация: ${organisationName}. Вы её ответственный с этой минуты.\n\nСвоим паролем ни с кем не делитесь: когда дела примет другой, передайте организацию ему на её странице.`,
      href: `/organisations/${organisationId}`,
      action: 'Перейти к организации',
      sender: organisationName,
      uniqueKey: `seat.handed-over:${offer.id}:to`,
    })
    const givers = new Set([...endedIds, offer.byId].filter((id) => id !== offer.toId))
    for (const accountId of givers) {
      await tell(tx, {
        accountId,
        kind: 'seat.handed-over',
        title: 'Единая учётная запись организации передана',
        body: `Организация: ${organisationName}. Теперь её держит ${offer.toName}.${endedIds.includes(accountId) ? ' Ваши права на неё закончились, учётная запись остаётся вашей.' : ''}`,
        href: '/cabinet',
        sender: organisationName,
        uniqueKey: `seat.handed-over:${offer.id}:${accountId}`,
      })
    }
  },
  'seat.refused': async (tx, { offerId }) => {
    const offer = await findSeatOffer(tx, offerId)
    if (!offer) return
    await tell(tx, {
      accountId: offer.byId,
      kind: 'seat.refused',
      title: 'От единой учётной записи организации отказались',
      body: `Организация: ${offer.organisationName}. ${offer.toName} не принимает её; у вас ничего не изменилось. Предложите другому человеку.`,
      href: `/organisations/${offer.organisationId}/seat`,
      sender: offer.organisationName,
      uniqueKey: `seat.refused:${offer.id}`,
    })
  },
}
