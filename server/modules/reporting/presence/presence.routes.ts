import { NewsQuery, Presence, ReportNews } from '../../../../contracts/presence.ts'
import { routes } from '../../../kernel/http/index.ts'
import { beAt, viewNews } from './presence.ts'

export const presenceRoutes = routes('/reports')
  .get(
    '/{id}/changes',
    {
      needs: 'report.read',
      summary: 'Что изменилось в отчёте и кто над ним работает',
      query: NewsQuery,
      replies: ReportNews,
    },
    (ctx, { id }, { since }) => viewNews(ctx, id, since),
  )
  .put(
    '/{id}/presence',
    { needs: 'report.read', summary: 'Отметить, что человек работает с отчётом', body: Presence },
    (ctx, { id }, presence) => beAt(ctx, id, presence),
  )
