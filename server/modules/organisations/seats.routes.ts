import { Seat, SeatOffer, SeatOfferForm } from '../../../contracts/seats.ts'
import { routes } from '../../kernel/http/index.ts'
import { acceptSeat, offerSeat, refuseSeat, viewOffer, viewSeat, withdrawOffer } from './seats.ts'

export const seatsRoutes = routes('/organisations')
  .get(
    '/{id}/seat',
    { needs: 'organisation.read', summary: 'Единая учётная запись организации: кто её держит', replies: Seat },
    (ctx, { id }) => viewSeat(ctx, id),
  )
  .post(
    '/{id}/seat-offers',
    {
      needs: 'organisation.read',
      summary: 'Предложить передать учётную запись организации',
      body: SeatOfferForm,
      replies: Seat,
      status: 201,
    },
    (ctx, { id }, { email }) => offerSeat(ctx, id, email),
  )

export const seatOffersRoutes = routes('/seat-offers')
  .get('/{id}', { needs: 'signed-in', summary: 'Предложение передачи', replies: SeatOffer }, (ctx, { id }) =>
    viewOffer(ctx, id),
  )
  .put('/{id}/acceptance', { needs: 'signed-in', summary: 'Принять передачу', replies: SeatOffer }, (ctx, { id }) =>
    acceptSeat(ctx, id),
  )
  .put('/{id}/refusal', { needs: 'signed-in', summary: 'Отказаться от передачи', replies: SeatOffer }, (ctx, { id }) =>
    refuseSeat(ctx, id),
  )
  .delete('/{id}', { needs: 'signed-in', summary: 'Отозвать предложение' }, async (ctx, { id }) => {
    await withdrawOffer(ctx, id)
  })
