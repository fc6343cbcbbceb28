import { CheckOutcome, HintDismissal, Hints, NewExplanation } from '../../../../contracts/checks.ts'
import { routes } from '../../../kernel/http/index.ts'
import { checkReport, viewProblems } from './checks.ts'
import { explainWarning } from './explanations.ts'
import { dismissHint, viewHints } from './hints.ts'

export const checkingRoutes = routes('/reports')
  .get('/{id}/check', { needs: 'report.read', summary: 'Результаты проверки', replies: CheckOutcome }, (ctx, { id }) =>
    viewProblems(ctx, id),
  )
  .put('/{id}/check', { needs: 'report.read', summary: 'Выполнить проверку', replies: CheckOutcome }, (ctx, { id }) =>
    checkReport(ctx, id),
  )
  .put(
    '/{id}/explanation-of-warning',
    { needs: 'report.fill', summary: 'Пояснить предупреждение', body: NewExplanation, replies: CheckOutcome },
    (ctx, { id }, explanation) => explainWarning(ctx, id, explanation),
  )
  .get(
    '/{id}/hints',
    { needs: 'report.read', summary: 'На что обратить внимание', replies: Hints },
    async (ctx, { id }) => ({ hints: await viewHints(ctx, id) }),
  )
  .put(
    '/{id}/hints',
    { needs: 'report.fill', summary: 'Отметить, что число верное', body: HintDismissal, replies: Hints },
    async (ctx, { id }, dismissal) => ({ hints: await dismissHint(ctx, id, dismissal) }),
  )
