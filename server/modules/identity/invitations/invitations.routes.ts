import { InvitationAcceptance, InvitationToken } from '../../../../contracts/helpers.ts'
import { routes } from '../../../kernel/http/index.ts'
import { acceptAsNewcomer, acceptSignedIn } from './acceptance.ts'

export const invitationsRoutes = routes('/invitations')
  .put(
    '/acceptance',
    { needs: 'signed-in', summary: 'Принять приглашение в свою учётную запись', body: InvitationToken },
    (ctx, _, { token }) => acceptSignedIn(ctx, token),
  )
  .post(
    '/newcomers',
    { needs: 'public', summary: 'Принять приглашение и завести учётную запись', body: InvitationAcceptance },
    (ctx, _, acceptance) => acceptAsNewcomer(ctx, acceptance),
  )
