import { EsiaTie, EsiaWay } from '../../../../contracts/esia.ts'
import { routes } from '../../../kernel/http/index.ts'
import { beginTie, refreshTie, untieAccount, viewTie } from './tie.ts'

/** The way in itself is the browser's alone: `/esia/sign-in`. */
export const esiaRoutes = routes('/profile/gosuslugi')
  .get('/', { needs: 'signed-in', summary: 'Синхронизация с Госуслугами', replies: EsiaTie }, (ctx) => viewTie(ctx))
  .post('/', { needs: 'signed-in', summary: 'Начать привязку Госуслуг', replies: EsiaWay }, async (ctx) => ({
    location: await beginTie(ctx),
  }))
  .put('/data', { needs: 'signed-in', summary: 'Обновить данные по Госуслугам', replies: EsiaTie }, (ctx) =>
    refreshTie(ctx),
  )
  .delete('/', { needs: 'signed-in', summary: 'Отвязать Госуслуги' }, (ctx) => untieAccount(ctx))
