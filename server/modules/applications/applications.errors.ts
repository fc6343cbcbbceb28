import { errorsOf, InvalidInput } from '../../kernel/errors/index.ts'
import { phrases } from './applications.phrases.ts'

const error = errorsOf(phrases)

export const DuplicateApplication = error('applications.duplicate', 409)
export const AlreadyInOrganisation = error('applications.already-attached', 409)
export const NotWaiting = error('applications.not-waiting', 409)
export const OwnApplication = error('applications.own', 403)
export const SupervisorFromAbove = error('applications.supervisor-from-above', 403)
export const NotYourStage = error('applications.not-your-stage', 403)
export const NotYoursToWithdraw = error('applications.not-yours-to-withdraw', 403)
export const NotYoursToAnswer = error('applications.not-yours-to-answer', 403)
export const TakenByAnother = error('applications.taken-by-another', 409)
export const AlreadyAsked = error('applications.already-asked', 409)
export const NotAsked = error('applications.not-asked', 409)
export const NotADecider = error('applications.not-a-decider', 409)
export const NothingToChange = error('applications.nothing-to-change', 409)
export const RequisitesMoved = error('applications.requisites-moved', 409)
export const NotAttached = error('applications.not-attached', 409)
export const SeatIsYours = error('applications.seat-is-yours', 409)
export const LinkOfNothing = error('applications.link-of-nothing', 404)
export const FileMissing = error('applications.file-missing', 422)
export const WrongFile = error('applications.wrong-file', 422)
export const TooManyFiles = error('applications.too-many-files', 409)

/** Said in the field. */
export const wrongField = (field: string, text: string) =>
  new InvalidInput({ fields: [{ field, code: 'application', text }] })

export const noSupervisorHere = () => wrongField('role', phrases['applications.no-supervisor-here'])
