import { errorsOf } from '../../kernel/errors/index.ts'
import { phrases } from './organisations.phrases.ts'

const error = errorsOf(phrases)

export const AlreadyAttached = error('organisations.already-attached', 409)
export const InnTaken = error('organisations.inn-taken', 409)
export const OrganisationClosed = error('organisations.closed', 409)
