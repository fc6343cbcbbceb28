import { errorsOf, InvalidInput } from '../../kernel/errors/index.ts'
import { seatsPhrases } from './seats.phrases.ts'

const error = errorsOf(seatsPhrases)

/** One account for the organisation, and another holds it. */
export const SeatTaken = error('seat-taken', 409)
export const SeatOffered = error('seat-offered', 409)
export const SeatOfferClosed = error('seat-offer-closed', 409)
/** The rule no longer asks for one account an organisation. */
export const SeatNotKept = error('seat-not-kept', 409)

type FieldPhrase = 'seat-nobody' | 'seat-own' | 'seat-other-audience'

export const wrongReceiver = (code: FieldPhrase) =>
  new InvalidInput({ fields: [{ field: 'email', code, text: seatsPhrases[code] }] })
