import { errorsOf } from '../../../kernel/errors/index.ts'
import { contactsPhrases } from './contacts.phrases.ts'

const error = errorsOf(contactsPhrases)

export const ContactsStopped = error('contacts-stopped', 429)
/** Told only to who has proved that the address is theirs. */
export const ContactTaken = error('contact-taken', 409)
export const ContactConfirmed = error('contact-confirmed', 409)
export const ContactMissing = error('contact-missing', 409)
export const NoContactChange = error('no-contact-change', 409)
