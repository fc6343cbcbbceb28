import { z } from 'zod'
import { AcceptanceForm, CellRemark, Refusal, RemarkSettled } from '../../../../contracts/decisions.ts'
import { cellAddress } from '../../../../engine/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { accessReport } from '../reporting.access.ts'
import { reportAddress } from '../reports/report.bar.tsx'
import { reportPage } from '../reports/reports.pages.tsx'
import { shownReport } from '../reports/reports.ts'
import { openReport } from '../reports/sheets.ts'
import { mayDecide } from './deciding.ts'
import { AcceptancePage, type DecisionProps, NothingToDecidePage, RefusalPage } from './decision.pages.tsx'
import { decisionPhrases } from './decisions.phrases.ts'
import { acceptReport, refuseReport } from './decisions.ts'
import { NewRemarkPage, RemarksPage } from './remarks.page.tsx'
import { hasCell, remarksOf, removeRemark, settleRemark, writeRemark } from './remarks.ts'
import { viewDecision, viewLastSubmission } from './submissions.ts'

const Section = z.string().min(1).max(60).optional().catch(undefined)
const Place = z.object({
  cell: z.string().max(120).optional(),
  section: Section,
  row: z.string().trim().max(60).optional(),
  column: z.string().trim().max(60).optional(),
})

export const decisionPages = pages('/reports')
  .get('/{id}/acceptance', { needs: 'report.decide' }, (ctx, { id }) => decisionPage(ctx, id, AcceptancePage))
  .post(
    '/{id}/acceptance',
    {
      needs: 'report.decide',
      form: AcceptanceForm,
      again: (ctx, { id }, failure) => decisionPage(ctx, id, AcceptancePage, failure),
    },
    async (ctx, { id }, expected) => {
      const { state } = await acceptReport(ctx, id, expected)
      return seeOther(reportAddress(id), state === 'accepted' ? 'report.accepted' : 'report.risen')
    },
  )
  .get('/{id}/refusal', { needs: 'report.decide' }, (ctx, { id }) => decisionPage(ctx, id, RefusalPage))
  .post(
    '/{id}/refusal',
    {
      needs: 'report.decide',
      form: Refusal,
      again: (ctx, { id }, failure) => decisionPage(ctx, id, RefusalPage, failure),
    },
    async (ctx, { id }, refusal) => {
      await refuseReport(ctx, id, refusal)
      return seeOther(reportAddress(id), 'report.refused')
    },
  )
  .get('/{id}/remarks', { needs: 'report.decide', query: z.object({ section: Section }) }, (ctx, { id }, { section }) =>
    remarksPage(ctx, id, section),
  )
  .get('/{id}/remarks/new', { needs: 'report.decide', query: Place }, (ctx, { id }, place) =>
    newRemarkPage(ctx, id, addressOf(place)),
  )
  .post(
    '/{id}/remarks',
    {
      needs: 'report.decide',
      form: CellRemark,
      again: (ctx, { id }, failure) => newRemarkPage(ctx, id, failure.values.cell ?? '', failure),
    },
    async (ctx, { id }, remark) => {
      await writeRemark(ctx, id, remark)
      const [section = ''] = remark.cell.split('/')
      return seeOther(`/reports/${id}/remarks?section=${encodeURIComponent(section)}`, 'remark.written')
    },
  )
  .post(
    '/{id}/remarks/{remarkId}/removal',
    { needs: 'report.decide', again: (ctx, { id }, { message }) => remarksPage(ctx, id, undefined, message) },
    async (ctx, { id, remarkId }) => {
      await removeRemark(ctx, id, remarkId)
      return seeOther(`/reports/${id}/remarks`, 'remark.removed')
    },
  )
  .post(
    '/{id}/remarks/{remarkId}/state',
    {
      needs: 'report.fill',
      form: z.intersection(RemarkSettled, z.object({ section: Section })),
      again: (ctx, { id }, { values, problems, message }) =>
        reportPage(ctx, id, values.section, { message: message ?? problems[0]?.text }),
    },
    async (ctx, { id, remarkId }, { section, ...settled }) => {
      await settleRemark(ctx, id, remarkId, settled)
      return seeOther(`${reportAddress(id, section)}#remarks`, 'remark.settled')
    },
  )

function addressOf({ cell, section, row, column }: z.output<typeof Place>): string {
  return cell ?? (section && row && column ? cellAddress(section, row, column) : '')
}

/** The form of a decision while one is awaited; afterwards, or before the report was sent, how things stand. */
async function decisionPage(
  ctx: PageContext,
  id: string,
  Asking: (props: DecisionProps) => ReturnType<typeof AcceptancePage>,
  failure?: FormFailure,
) {
  const row = await accessReport(ctx.db, ctx, id, 'report.read')
  const report = shownReport(row)
  const submission = row.state === 'sent' ? await viewLastSubmission(ctx, id) : undefined
  if (!submission)
    return <NothingToDecidePage ctx={ctx} report={report} decision={await viewDecision(ctx, id)} failure={failure} />
  const open = await openReport(ctx.db, row)
  const remarks = await remarksOf(ctx, open)
  return (
    <Asking ctx={ctx} report={report} form={open.form} submission={submission} remarks={remarks} failure={failure} />
  )
}

async function remarksPage(ctx: PageContext, id: string, section: string | undefined, message?: string) {
  const report = await accessReport(ctx.db, ctx, id, 'report.decide')
  const open = await openReport(ctx.db, report)
  const [remarks, may] = [await remarksOf(ctx, open), await mayDecide(ctx.db, ctx, report)]
  return <RemarksPage ctx={ctx} open={open} remarks={remarks} section={section} may={may} message={message} />
}

async function newRemarkPage(ctx: PageContext, id: string, cell: string, failure?: FormFailure) {
  const report = await accessReport(ctx.db, ctx, id, 'report.decide')
  const open = await openReport(ctx.db, report)
  if (!hasCell(open.form, cell)) return remarksPage(ctx, id, cell.split('/')[0], decisionPhrases['remark.no-cell'])
  const written = (await remarksOf(ctx, open)).find((remark) => !remark.issued && remark.cell === cell)
  return <NewRemarkPage ctx={ctx} open={open} cell={cell} text={written?.text} failure={failure} />
}
