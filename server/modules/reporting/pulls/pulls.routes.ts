import { PullsSeen, PullTrace } from '../../../../contracts/checks.ts'
import { CellQuery } from '../../../../contracts/reporting.ts'
import { routes } from '../../../kernel/http/index.ts'
import { seePulls, tracePull } from './seen.ts'

export const pullRoutes = routes('/reports')
  .get(
    '/{id}/source',
    { needs: 'report.read', summary: 'Откуда подтянуто число', query: CellQuery, replies: PullTrace },
    (ctx, { id }, { cell }) => tracePull(ctx, id, cell),
  )
  .put(
    '/{id}/pulls-seen',
    { needs: 'report.fill', summary: 'Изменения в подтянутых числах просмотрены', replies: PullsSeen },
    async (ctx, { id }) => ({ seen: await seePulls(ctx, id) }),
  )
