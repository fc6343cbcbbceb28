import { errorsOf, InvalidInput } from '../../kernel/errors/index.ts'
import { phrases } from './applications.phrases.ts'

const error = errorsOf(phrases)

export const DuplicateApplication = error('applications.duplicate', 409)
export const AlreadyInOrganisation = error('applications.already-attached', 409)
export const NotWaiting = error('applications.not-waiting', 409)
export const OwnApplication = error('applications.own', 403)
export const SupervisorFromAbove = error('applications.supervisor-from-above', 403)
export const NotYoursToWithdraw = error('applications.not-yours-to-withdraw', 403)

/** Said in the field. */
export const noSupervisorHere = () => {
  const code = 'applications.no-supervisor-here'
  return new InvalidInput({ fields: [{ field: 'role', code, text: phrases[code] }] })
}
