import {
  largestReportFile,
  ReportFileFormat,
  ReportImport,
  ReportUpload,
  ValuesQuery,
} from '../../../../contracts/exchange.ts'
import { CellsSaved } from '../../../../contracts/reporting.ts'
import { routes } from '../../../kernel/http/index.ts'
import { downloadReport } from './files.ts'
import { enterReportImport, uploadReportFile, viewReportImport } from './imports.ts'
import { takeValues } from './values.ts'
import { giveValues } from './values-out.ts'

const room = 65_536
const halfGigabyte = 536_870_912

export const exchangeRoutes = routes('/reports')
  .get(
    '/{id}/file',
    { needs: 'report.read', summary: 'Отчёт файлом: xlsx, csv, xml Росстата, pdf', query: ReportFileFormat },
    (ctx, { id }, { format }) => downloadReport(ctx, id, format),
  )
  .post(
    '/{id}/imports',
    {
      needs: 'report.fill',
      summary: 'Загрузить файл отчёта и узнать, что он изменит; отчёт не меняется',
      body: ReportUpload,
      multipart: true,
      largest: largestReportFile + room,
      replies: ReportImport,
      status: 201,
    },
    async (ctx, { id }, { file }) => viewReportImport(ctx, id, await uploadReportFile(ctx, id, file)),
  )
  .get(
    '/{id}/imports/{importId}',
    { needs: 'report.fill', summary: 'Что изменит загруженный файл', replies: ReportImport },
    (ctx, { id, importId }) => viewReportImport(ctx, id, importId),
  )
  .put(
    '/{id}/imports/{importId}/confirmation',
    { needs: 'report.fill', summary: 'Внести значения загруженного файла', replies: CellsSaved },
    (ctx, { id, importId }) => enterReportImport(ctx, id, importId),
  )

/** Values of many reports in one call. */
export const valuesRoutes = routes('/values')
  .get(
    '/',
    { needs: 'report.read', summary: 'Введённые значения многих отчётов, строками JSON или CSV', query: ValuesQuery },
    async (ctx, _params, query) => giveValues(ctx, query),
  )
  .stream(
    '/',
    {
      needs: 'report.fill',
      summary: 'Внести значения многих отчётов; ответ — строка на каждую строку: что с ней стало',
      largest: halfGigabyte,
    },
    (ctx, _params, body) => takeValues(ctx, body),
  )
