/** The one account of an organisation, where its people's rule asks for one: who holds it, and how it is handed over. */
import { z } from 'zod'
import { AccountEmail } from './identity.ts'

export const SeatOfferForm = z.object({
  email: AccountEmail.meta({ description: 'Подтверждённая почта учётной записи, которой передают' }),
})

const Holder = z.object({
  accountId: z.uuid(),
  fullName: z.string(),
  heldFrom: z.iso.datetime(),
  heldUntil: z.iso.datetime().nullable(),
})

export const SeatOffer = z.object({
  id: z.uuid(),
  organisation: z.object({ id: z.uuid(), shortName: z.string() }),
  to: z.object({ accountId: z.uuid(), fullName: z.string() }),
  by: z.object({ accountId: z.uuid(), fullName: z.string() }),
  offeredAt: z.iso.datetime(),
  state: z.enum(['waiting', 'accepted', 'refused', 'withdrawn']),
})
export type SeatOffer = z.output<typeof SeatOffer>

export const Seat = z.object({
  kept: z.boolean().meta({ description: 'Правило аудитории: одна учётная запись на организацию' }),
  holder: Holder.nullable(),
  offer: SeatOffer.nullable().meta({ description: 'Предложение, на которое ещё не ответили' }),
  mayOffer: z.boolean(),
  history: z.array(Holder).meta({ description: 'Кто держал её прежде' }),
})
export type Seat = z.output<typeof Seat>
