import { z } from 'zod'
import {
  Activation,
  Credentials,
  CurrentSession,
  LetterTicket,
  NewPasswordByLink,
  OpenedSession,
  OwnSession,
  PasswordChange,
  Profile,
  ProfileChange,
  Registration,
  ResetRequest,
} from '../../../contracts/identity.ts'
import { roleNames } from '../../kernel/access/index.ts'
import { type Context, routes } from '../../kernel/http/index.ts'
import { askPasswordReset, changePassword, setPasswordByLink } from './passwords/password-change.ts'
import { changeProfile, viewProfile } from './profile/profile.ts'
import { activate, register, sendLetterAgain } from './registration/registration.ts'
import { endOwnSession, listOwnSessions, signOut } from './sign-in/sessions.ts'
import { signIn } from './sign-in/sign-in.ts'

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

export const registrationRoutes = routes('')
  .post(
    '/registrations',
    { needs: 'public', summary: 'Зарегистрироваться', body: Registration, replies: LetterTicket, status: 202 },
    (ctx, _, registration) => register(ctx, registration),
  )
  .put(
    '/activations',
    { needs: 'public', summary: 'Подтвердить почту ссылкой из письма', body: Activation },
    (ctx, _, { token }) => activate(ctx, token),
  )
  .post(
    '/activation-letters',
    {
      needs: 'public',
      summary: 'Отправить письмо со ссылкой ещё раз',
      body: LetterTicket,
      replies: LetterTicket,
      status: 202,
    },
    (ctx, _, { ticket }) => sendLetterAgain(ctx, ticket),
  )
  .post(
    '/password-resets',
    { needs: 'public', summary: 'Попросить ссылку для нового пароля', body: ResetRequest },
    (ctx, _, { email }) => askPasswordReset(ctx, email),
  )
  .put(
    '/password-resets',
    { needs: 'public', summary: 'Установить новый пароль по ссылке', body: NewPasswordByLink },
    (ctx, _, { token, password }) => setPasswordByLink(ctx, token, password),
  )

export const profileRoutes = routes('/profile')
  .get('/', { needs: 'signed-in', summary: 'Мой профиль', replies: Profile }, (ctx) => viewProfile(ctx))
  .patch(
    '/',
    { needs: 'signed-in', summary: 'Изменить мой профиль', body: ProfileChange, replies: Profile },
    (ctx, _, changes) => changeProfile(ctx, changes),
  )
  .put(
    '/password',
    { needs: 'signed-in', summary: 'Сменить мой пароль', body: PasswordChange },
    (ctx, _, { current, password }) => changePassword(ctx, current, password),
  )

async function whoAmI({ signedIn: { account, stage, organisation, grants, unread } }: Context) {
  return {
    account,
    stage,
    organisation: organisation ?? null,
    roles: grants.list.map((grant) => ({ ...grant, roleName: roleNames[grant.role] })),
    unread,
  }
}
