import { NewPasswordByLink, PasswordChange, ReachedStage } from '../../../../contracts/identity.ts'
import { NewPasswordByCode, OwnPassword, ResetAsked, ResetRequest } from '../../../../contracts/password-reset.ts'
import { routes } from '../../../kernel/http/index.ts'
import { changePassword, replaceTemporaryPassword } from './password-change.ts'
import { askReset, setPasswordByCode, setPasswordByLink } from './reset.ts'

export const passwordRoutes = routes('')
  .post(
    '/password-resets',
    {
      needs: 'public',
      summary: 'Попросить ссылку или код для нового пароля',
      body: ResetRequest,
      replies: ResetAsked,
      status: 202,
    },
    (ctx, _, request) => askReset(ctx, request),
  )
  .put(
    '/password-resets',
    { needs: 'public', summary: 'Установить новый пароль по ссылке', body: NewPasswordByLink },
    (ctx, _, { token, password }) => setPasswordByLink(ctx, token, password),
  )
  .put(
    '/password-resets/code',
    { needs: 'public', summary: 'Установить новый пароль по коду', body: NewPasswordByCode },
    (ctx, _, { contact, code, password }) => setPasswordByCode(ctx, contact, code, password),
  )
  .put(
    '/session/password',
    {
      needs: 'signed-in',
      stage: 'password-change',
      summary: 'Сменить временный пароль на свой: шаг входа',
      body: OwnPassword,
      replies: ReachedStage,
    },
    async (ctx, _, { password }) => ({ stage: await replaceTemporaryPassword(ctx, password) }),
  )
  .put(
    '/profile/password',
    { needs: 'signed-in', summary: 'Сменить мой пароль', body: PasswordChange },
    (ctx, _, { current, password }) => changePassword(ctx, current, password),
  )
