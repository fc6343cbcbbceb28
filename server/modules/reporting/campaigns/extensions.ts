/** Extensions: a later term for one report or several, with its reason, by whoever decides over their organisations. */
import type { Extension, ReportExtensions } from '../../../../contracts/campaigns.ts'
import { formatDate } from '../../../../web/kit/dates.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { type Told, tell } from '../../messages/index.ts'
import { isOpen } from '../cells/cells.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import { ExtensionNotNeeded, ExtensionTooEarly } from './campaigns.errors.ts'
import { insertExtension, listExtensions } from './extensions.queries.ts'
import { listAnswering } from './reminders.queries.ts'

/**
 * All or none of them.
 * @throws ExtensionNotNeeded 409 when one was sent already; ExtensionTooEarly 422 when it would shorten a term
 */
export const extendTerms = (ctx: Context, { reports, until, reason }: Extension): Promise<void> =>
  transaction(ctx, async (tx) => {
    // In one order, so that two who extend the same reports do not wait for each other.
    for (const id of [...new Set(reports)].sort()) {
      const report = await accessReportToChange(tx, ctx, id, 'report.decide')
      await extendTerm(tx, ctx, report, { until: new Date(until), reason })
    }
  })

export async function extendTerm(
  tx: Tx,
  ctx: Context,
  report: ReportRow,
  { until, reason }: { until: Date; reason: string },
): Promise<void> {
  if (!isOpen(report)) throw new ExtensionNotNeeded()
  if (until.getTime() <= report.deadline.getTime())
    throw new ExtensionTooEarly({
      organisation: report.organisationName,
      term: formatDate(report.deadline, ctx.timeZone),
    })
  await insertExtension(tx, { reportId: report.id, until, reason, by: ctx.account.id })
  journal(tx, ctx, 'report.extended', { kind: 'report', id: report.id }, { until, before: report.deadline })
  await tell(tx, {
    ...extended(report, until, reason, ctx.timeZone),
    accountIds: await listAnswering(tx, report.organisationId),
    uniqueKey: `report-extended:${report.id}:${until.toISOString()}`,
  })
}

export const extended = (
  report: Pick<ReportRow, 'id' | 'formCipher' | 'campaignTitle' | 'organisationName'>,
  until: Date,
  reason: string,
  timeZone?: string,
): Told => ({
  kind: 'report.extended',
  title: `Срок отчёта ${report.formCipher} за ${report.campaignTitle} продлён`,
  body: `${report.organisationName}: отчёт ${report.formCipher} за ${report.campaignTitle} можно отправить до ${formatDate(until, timeZone)}. Причина: «${reason}».`,
  href: `/reports/${report.id}`,
  action: 'Открыть отчёт',
})

export async function viewExtensions(ctx: Context, reportId: string): Promise<ReportExtensions> {
  await accessReport(ctx.db, ctx, reportId, 'report.read')
  const extensions = await listExtensions(ctx.db, reportId)
  return {
    extensions: extensions.map(({ until, givenAt, ...row }) => ({
      ...row,
      until: until.toISOString(),
      givenAt: givenAt.toISOString(),
    })),
  }
}
