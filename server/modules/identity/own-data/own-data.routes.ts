import { z } from 'zod'
import {
  ErasureAsked,
  ErasureCancelling,
  ErasureView,
  OwnCopyAsked,
  WaitingErasure,
} from '../../../../contracts/own-data.ts'
import { routes } from '../../../kernel/http/index.ts'
import { askErasure, cancelErasure, viewErasure } from './erasure.ts'
import { takeOwnCopy } from './own-copy.ts'

export const ownDataRoutes = routes('')
  .post(
    '/profile/data-copies',
    {
      needs: 'signed-in',
      summary: 'Получить всё, что хранится обо мне',
      body: OwnCopyAsked,
      replies: z.record(z.string(), z.unknown()),
    },
    async (ctx, _, { password }) => {
      const copy = await takeOwnCopy(ctx, password)
      ctx.showOnce('/api/v1/profile')
      return copy
    },
  )
  .get(
    '/profile/erasure',
    { needs: 'signed-in', summary: 'Что нужно до удаления моей учётной записи', replies: ErasureView },
    (ctx) => viewErasure(ctx),
  )
  .put(
    '/profile/erasure',
    {
      needs: 'signed-in',
      summary: 'Отозвать согласие и удалить мою учётную запись',
      body: ErasureAsked,
      replies: WaitingErasure,
    },
    (ctx, _, given) => askErasure(ctx, given),
  )
  .put(
    '/erasure-cancellations',
    { needs: 'public', summary: 'Отменить удаление по ссылке из письма', body: ErasureCancelling },
    (ctx, _, { token }) => cancelErasure(ctx, token),
  )
