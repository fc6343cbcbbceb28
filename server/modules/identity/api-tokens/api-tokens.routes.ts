import { z } from 'zod'
import { ApiToken, IssuedApiToken, NewApiToken } from '../../../../contracts/api-tokens.ts'
import { routes } from '../../../kernel/http/index.ts'
import { issueApiToken, listOwnTokens, revokeOwnToken } from './api-tokens.ts'

export const apiTokensRoutes = routes('/profile/tokens')
  .get('/', { needs: 'signed-in', summary: 'Мои токены', replies: z.array(ApiToken) }, (ctx) => listOwnTokens(ctx))
  .post(
    '/',
    { needs: 'signed-in', summary: 'Выпустить токен', body: NewApiToken, replies: IssuedApiToken, status: 201 },
    async (ctx, _, wanted) => {
      ctx.showOnce('/api/v1/profile/tokens')
      return issueApiToken(ctx, wanted)
    },
  )
  .delete('/{id}', { needs: 'signed-in', summary: 'Отозвать токен' }, (ctx, { id }) => revokeOwnToken(ctx, id))
