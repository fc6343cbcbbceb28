import { z } from 'zod'
import { RegionChoice } from '../../../contracts/accounts.ts'
import {
  Activation,
  Credentials,
  CurrentSession,
  LetterTicket,
  OpenedSession,
  OwnSession,
  Profile,
  ProfileChange,
} from '../../../contracts/identity.ts'
import {
  Registration,
  RegistrationCode,
  RegistrationTaken,
  RegistrationTicket,
} from '../../../contracts/registration.ts'
import { roleNames } from '../../kernel/access/index.ts'
import { type Context, reachesOwn, routes } from '../../kernel/http/index.ts'
import { changeProfile, viewProfile } from './profile/profile.ts'
import { confirmByCode, sendCodeAgain } from './registration/phone-confirmation.ts'
import { activate, register, sendLetterAgain } from './registration/registration.ts'
import { chooseRegion } from './sign-in/region.ts'
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
      tokens: true,
      summary: 'Кто я: учётная запись, роли, организация',
      replies: CurrentSession,
    },
    (ctx) => whoAmI(ctx),
  )
  .delete('/', { needs: 'signed-in', stage: anyStage, summary: 'Выйти' }, (ctx) => signOut(ctx))
  .put(
    '/region',
    { needs: 'signed-in', summary: 'Работать в одном из своих регионов или во всех', body: RegionChoice },
    (ctx, _, { region }) => chooseRegion(ctx, region),
  )

export const sessionsRoutes = routes('/sessions')
  .get('/', { needs: 'signed-in', summary: 'Мои сеансы', replies: z.array(OwnSession) }, (ctx) => listOwnSessions(ctx))
  .delete('/{id}', { needs: 'signed-in', summary: 'Завершить свой сеанс' }, (ctx, { id }) => endOwnSession(ctx, id))

export const registrationRoutes = routes('')
  .post(
    '/registrations',
    { needs: 'public', summary: 'Зарегистрироваться', body: Registration, replies: RegistrationTaken, status: 202 },
    (ctx, _, registration) => register(ctx, registration),
  )
  .put(
    '/activations',
    { needs: 'public', summary: 'Подтвердить почту ссылкой из письма', body: Activation },
    async (ctx, _, { token }) => {
      await activate(ctx, token)
    },
  )
  .put(
    '/registration-codes',
    { needs: 'public', summary: 'Подтвердить телефон кодом из СМС', body: RegistrationCode },
    async (ctx, _, { ticket, code }) => {
      await confirmByCode(ctx, ticket, code)
    },
  )
  .post(
    '/registration-codes',
    { needs: 'public', summary: 'Отправить код ещё раз', body: RegistrationTicket },
    (ctx, _, { ticket }) => sendCodeAgain(ctx, ticket),
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

export const profileRoutes = routes('/profile')
  .get('/', { needs: 'signed-in', summary: 'Мой профиль', replies: Profile }, (ctx) => viewProfile(ctx))
  .patch(
    '/',
    { needs: 'signed-in', summary: 'Изменить мой профиль', body: ProfileChange, replies: Profile },
    (ctx, _, changes) => changeProfile(ctx, changes),
  )

async function whoAmI({ signedIn }: Context) {
  const { account, stage, organisation, regions, grants, unread } = signedIn
  return {
    account: reachesOwn(signedIn) ? account : { ...account, email: null },
    stage,
    organisation: organisation ?? null,
    regions: { chosen: regions.chosen, own: [...regions.own] },
    roles: grants.list.map((grant) => ({ ...grant, roleName: roleNames[grant.role] })),
    unread,
  }
}
