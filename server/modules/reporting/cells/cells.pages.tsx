import { CellQuery } from '../../../../contracts/reporting.ts'
import { pages } from '../../../kernel/http/index.ts'
import { findTrace } from '../pulls/seen.ts'
import { viewReport } from '../reports/reports.ts'
import { formOfReport } from '../reports/sheets.ts'
import { CellPage, ChangesPage } from './history.pages.tsx'
import { findExplanation, viewChanges, viewHistory } from './history.ts'

export const cellPages = pages('/reports')
  .get('/{id}/changes', { needs: 'report.read' }, async (ctx, { id }) => (
    <ChangesPage
      ctx={ctx}
      report={await viewReport(ctx, id)}
      form={await formOfReport(ctx.db, id)}
      changes={await viewChanges(ctx, id)}
    />
  ))
  .get('/{id}/history', { needs: 'report.read', query: CellQuery }, async (ctx, { id }, { cell }) => (
    <CellPage
      ctx={ctx}
      report={await viewReport(ctx, id)}
      form={await formOfReport(ctx.db, id)}
      history={await viewHistory(ctx, id, cell)}
      explanation={await findExplanation(ctx, id, cell)}
      trace={await findTrace(ctx, id, cell)}
    />
  ))
