import type { Endpoint } from '../../kernel/http/index.ts'
import { boardPages } from './board/board.pages.tsx'
import { campaignPages } from './campaigns/campaigns.pages.tsx'
import { substitutionPages } from './campaigns/substitutions.pages.tsx'
import { cellPages } from './cells/cells.pages.tsx'
import { checkingPages } from './checking/checking.pages.tsx'
import { comparisonPages } from './comparison/comparison.pages.tsx'
import { consolidationPages } from './consolidation/consolidation.pages.tsx'
import { publicSummaryPages, summaryPages } from './consolidation/summaries.pages.tsx'
import { decisionPages } from './decisions/decisions.pages.tsx'
import { handoverPages, submissionPages } from './decisions/submissions.pages.tsx'
import { designerPages } from './designer/designer.pages.tsx'
import { discussionPages } from './discussion/discussion.pages.tsx'
import { exchangePages } from './exchange/exchange.pages.tsx'
import { formPages } from './forms/forms.pages.tsx'
import { reportPages } from './reports/reports.pages.tsx'

export const reportingPages: Endpoint[] = [
  ...reportPages.endpoints,
  ...cellPages.endpoints,
  ...checkingPages.endpoints,
  ...decisionPages.endpoints,
  ...submissionPages.endpoints,
  ...handoverPages.endpoints,
  ...discussionPages.endpoints,
  ...comparisonPages.endpoints,
  ...exchangePages.endpoints,
  ...consolidationPages.endpoints,
  ...summaryPages.endpoints,
  ...publicSummaryPages.endpoints,
  ...formPages.endpoints,
  ...designerPages.endpoints,
  ...campaignPages.endpoints,
  ...boardPages.endpoints,
  ...substitutionPages.endpoints,
]
