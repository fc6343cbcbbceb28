import { z } from 'zod'
import { Credentials, CurrentSession, OpenedSession, OwnSession } from '../../../contracts/identity.ts'
import { roleNames } from '../../kernel/access/index.ts'
import { type Context, routes } from '../../kernel/http/index.ts'
import { endOwnSession, listOwnSessions, signOut } from './sessions.ts'
import { signIn } from './sign-in.ts'

/** Who has not come through every step of signing in can still see where it stands, and leave. */
const anyStage = 'second-factor'

export const sessionRoutes = routes('/session')
  .post(
    '/',
    { needs: 'public', summary: 'Войти по логину и паролю', body: Credentials, replies: OpenedSession, status: 201 },
    (ctx, _, credentials) => signIn(ctx, credentials),
  )
  .get(
    '/',
    {
      needs: 'signed-in',
      stage: anyStage,
      summary: 'Кто я: учётная запись, роли, организация',
      replies: CurrentSession,
    },
    (ctx) => whoAmI(ctx),
  )
  .delete('/', { needs: 'signed-in', stage: anyStage, summary: 'Выйти' }, (ctx) => signOut(ctx))

export const sessionsRoutes = routes('/sessions')
  .get('/', { needs: 'signed-in', summary: 'Мои сеансы', replies: z.array(OwnSession) }, (ctx) => listOwnSessions(ctx))
  .delete('/{id}', { needs: 'signed-in', summary: 'Завершить свой сеанс' }, (ctx, { id }) => endOwnSession(ctx, id))

async function whoAmI({ signedIn: { account, stage, organisation, grants, unread } }: Context) {
  return {
    account,
    stage,
    organisation: organisation ?? null,
    roles: grants.list.map((grant) => ({ ...grant, roleName: roleNames[grant.role] })),
    unread,
  }
}
