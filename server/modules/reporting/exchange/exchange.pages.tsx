import { z } from 'zod'
import { largestReportFile, ReportUpload } from '../../../../contracts/exchange.ts'
import { pages, seeOther } from '../../../kernel/http/index.ts'
import { accessReport } from '../reporting.access.ts'
import { viewReport } from '../reports/reports.ts'
import { formOfReport } from '../reports/sheets.ts'
import { downloadReport } from './files.ts'
import { ImportPage, UploadPage } from './import.page.tsx'
import { enterReportImport, uploadReportFile, viewReportImport } from './imports.ts'

const PageNumber = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1).catch(1) })
const room = 65_536

export const exchangePages = pages('/reports')
  .get('/{id}/file.xlsx', { needs: 'report.read' }, (ctx, { id }) => downloadReport(ctx, id, 'xlsx'))
  .get('/{id}/file.csv', { needs: 'report.read' }, (ctx, { id }) => downloadReport(ctx, id, 'csv'))
  .get('/{id}/file.xml', { needs: 'report.read' }, (ctx, { id }) => downloadReport(ctx, id, 'xml'))
  .get('/{id}/file.pdf', { needs: 'report.read' }, (ctx, { id }) => downloadReport(ctx, id, 'pdf'))
  .get('/{id}/import', { needs: 'report.fill' }, async (ctx, { id }) => {
    await accessReport(ctx.db, ctx, id, 'report.fill')
    return <UploadPage ctx={ctx} report={await viewReport(ctx, id)} />
  })
  .post(
    '/{id}/import',
    {
      needs: 'report.fill',
      form: ReportUpload,
      largest: largestReportFile + room,
      again: async (ctx, { id }, failure) => (
        <UploadPage ctx={ctx} report={await viewReport(ctx, id)} failure={failure} />
      ),
    },
    async (ctx, { id }, { file }) => seeOther(`/reports/${id}/imports/${await uploadReportFile(ctx, id, file)}`),
  )
  .get(
    '/{id}/imports/{importId}',
    { needs: 'report.fill', query: PageNumber },
    async (ctx, { id, importId }, query) => (
      <ImportPage
        ctx={ctx}
        report={await viewReport(ctx, id)}
        form={await formOfReport(ctx.db, id)}
        found={await viewReportImport(ctx, id, importId)}
        page={query.page}
      />
    ),
  )
  .post(
    '/{id}/imports/{importId}/confirmation',
    {
      needs: 'report.fill',
      again: async (ctx, { id, importId }, { message }) => (
        <ImportPage
          ctx={ctx}
          report={await viewReport(ctx, id)}
          form={await formOfReport(ctx.db, id)}
          found={await viewReportImport(ctx, id, importId)}
          page={1}
          message={message}
        />
      ),
    },
    async (ctx, { id, importId }) => {
      const { conflicts, refused } = await enterReportImport(ctx, id, importId)
      const whole = conflicts.length + refused.length === 0
      return seeOther(`/reports/${id}`, whole ? 'exchange.entered' : 'exchange.entered-partly')
    },
  )
