/** A report as a file: a workbook, CSV, Росстат's XML, or the blank to be printed. */
import type { ReportFileFormat } from '../../../../contracts/exchange.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { fileReply } from '../../../kernel/spreadsheets/index.ts'
import { accessReport } from '../reporting.access.ts'
import { reportStates } from '../reporting.phrases.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import { openReport } from '../reports/sheets.ts'
import { findRespondent } from './exchange.queries.ts'
import { reportCsv } from './report-csv.ts'
import { printReport } from './report-print.ts'
import { reportWorkbook } from './report-workbook.ts'
import { reportXmlFile } from './report-xml.ts'

const mediaTypes: Record<ReportFileFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  pdf: 'application/pdf',
}

export async function downloadReport(ctx: Context, id: string, format: ReportFileFormat): Promise<Response> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  return fileReply(await bytesOf(ctx, report, format), {
    name: `${fileName(report)}.${format}`,
    mediaType: mediaTypes[format],
  })
}

async function bytesOf(ctx: Context, report: ReportRow, format: ReportFileFormat): Promise<AsyncIterable<Uint8Array>> {
  const open = await openReport(ctx.db, report)
  switch (format) {
    case 'xlsx': {
      const respondent = await findRespondent(ctx.db, report.organisationId)
      return reportWorkbook(open, [
        ['Форма', report.formName],
        ['ОКУД', open.form.template.okud],
        ['Период', report.campaignTitle],
        ['Организация', respondent?.fullName ?? report.organisationName],
        ['Адрес', respondent?.address ?? ''],
        ['Состояние', reportStates[report.state]],
      ])
    }
    case 'csv':
      return reportCsv(open)
    case 'xml':
      return once(new TextEncoder().encode(reportXmlFile(open)))
    case 'pdf':
      return printReport(ctx, open)
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** «85-К за 2026 год, Ромашка», without the signs that file systems refuse. */
const fileName = ({ formCipher, campaignTitle, organisationName }: ReportRow): string =>
  `${formCipher} за ${campaignTitle}, ${organisationName}`.replaceAll(/[\\/:*?"<>|«»„“]/g, '').slice(0, 120)
