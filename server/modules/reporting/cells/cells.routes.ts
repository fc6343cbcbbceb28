import { CellExplanation } from '../../../../contracts/checks.ts'
import { HistoryQuery, ReportHistory } from '../../../../contracts/history.ts'
import { CellChanges, CellHistory, CellQuery, CellsSaved, ReportCells } from '../../../../contracts/reporting.ts'
import { routes } from '../../../kernel/http/index.ts'
import { saveCells, viewCells } from './cells.ts'
import { explainCell, viewHistory, viewReportHistory } from './history.ts'

const tenMegabytes = 10_485_760

export const cellRoutes = routes('/reports')
  .get('/{id}/cells', { needs: 'report.read', summary: 'Все ячейки отчёта', replies: ReportCells }, (ctx, { id }) =>
    viewCells(ctx, id),
  )
  .patch(
    '/{id}/cells',
    {
      needs: 'report.fill',
      summary: 'Сохранить ячейки',
      body: CellChanges,
      replies: CellsSaved,
      largest: tenMegabytes,
    },
    (ctx, { id }, changes) => saveCells(ctx, id, changes),
  )
  .get(
    '/{id}/history',
    { needs: 'report.read', summary: 'Кто и когда менял ячейку', query: CellQuery, replies: CellHistory },
    (ctx, { id }, { cell }) => viewHistory(ctx, id, cell),
  )
  .get(
    '/{id}/history/lines',
    { needs: 'report.read', summary: 'История всего отчёта по ячейкам', query: HistoryQuery, replies: ReportHistory },
    (ctx, { id }, query) => viewReportHistory(ctx, id, query),
  )
  .get(
    '/{id}/explanation',
    { needs: 'report.read', summary: 'Почему в ячейке это число', query: CellQuery, replies: CellExplanation },
    (ctx, { id }, { cell }) => explainCell(ctx, id, cell),
  )
