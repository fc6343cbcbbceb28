import type { Endpoint } from '../../kernel/http/index.ts'
import { boardRoutes } from './board/board.routes.ts'
import { campaignRoutes } from './campaigns/campaigns.routes.ts'
import { substitutionRoutes } from './campaigns/substitutions.routes.ts'
import { cellRoutes } from './cells/cells.routes.ts'
import { checkingRoutes } from './checking/checking.routes.ts'
import { comparisonRoutes } from './comparison/comparison.routes.ts'
import { consolidationRoutes } from './consolidation/consolidation.routes.ts'
import { summaryRoutes } from './consolidation/summaries.routes.ts'
import { decisionRoutes, handoverRoutes } from './decisions/decisions.routes.ts'
import { designerRoutes } from './designer/designer.routes.ts'
import { discussionRoutes } from './discussion/discussion.routes.ts'
import { exchangeRoutes, valuesRoutes } from './exchange/exchange.routes.ts'
import { formRoutes } from './forms/forms.routes.ts'
import { presenceRoutes } from './presence/presence.routes.ts'
import { pullRoutes } from './pulls/pulls.routes.ts'
import { reportRoutes } from './reports/reports.routes.ts'

export const reportingRoutes: Endpoint[] = [
  ...reportRoutes.endpoints,
  ...cellRoutes.endpoints,
  ...checkingRoutes.endpoints,
  ...pullRoutes.endpoints,
  ...decisionRoutes.endpoints,
  ...handoverRoutes.endpoints,
  ...discussionRoutes.endpoints,
  ...presenceRoutes.endpoints,
  ...comparisonRoutes.endpoints,
  ...exchangeRoutes.endpoints,
  ...valuesRoutes.endpoints,
  ...consolidationRoutes.endpoints,
  ...summaryRoutes.endpoints,
  ...formRoutes.endpoints,
  ...designerRoutes.endpoints,
  ...campaignRoutes.endpoints,
  ...boardRoutes.endpoints,
  ...substitutionRoutes.endpoints,
]
