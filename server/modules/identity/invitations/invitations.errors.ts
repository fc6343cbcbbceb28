import { errorsOf } from '../../../kernel/errors/index.ts'
import { invitationsPhrases } from './invitations.phrases.ts'

const error = errorsOf(invitationsPhrases)

/** The same for an unknown link, a used, an expired and a withdrawn one, and one whose inviter's account is closed. */
export const InvitationDead = error('invitation-dead', 410)
export const InvitationForOwner = error('invitation-for-owner', 409)
export const InvitationForAnother = error('invitation-for-another', 409)
export const InvitationWaits = error('invitation-waits', 409)
