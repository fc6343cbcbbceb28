import { Comparison, ComparisonQuery } from '../../../../contracts/history.ts'
import { routes } from '../../../kernel/http/index.ts'
import { viewComparison } from './comparison.ts'

export const comparisonRoutes = routes('/reports').get(
  '/{id}/comparison',
  {
    needs: 'report.read',
    summary: 'Сравнить отчёт с отправленным раньше или с другим периодом',
    query: ComparisonQuery,
    replies: Comparison,
  },
  (ctx, { id }, query) => viewComparison(ctx, id, query),
)
