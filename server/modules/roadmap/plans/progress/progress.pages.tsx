import { z } from 'zod'
import {
  largestReport,
  NewMeasureReport,
  NewRemark,
  RemarkAnswer,
  ReportReturn,
} from '../../../../../contracts/measure-progress.ts'
import { parseDate } from '../../../../../web/kit/dates.ts'
import { pages, seeOther } from '../../../../kernel/http/index.ts'
import { measurePage } from '../plans.pages.tsx'
import { downloadEvidence } from './evidence.ts'
import { addRemark, answerRemark, settleRemark } from './remarks.ts'
import { reportProgress, returnReport, withdrawReport } from './reports.ts'

export const room = 200_000

/** A day typed as ДД.ММ.ГГГГ; left empty it claims nothing. An emptied percentage is no nought. */
const TypedReport = NewMeasureReport.extend({
  percent: z.preprocess(
    (typed) => (typeof typed === 'string' && typed.trim() === '' ? Number.NaN : typed),
    NewMeasureReport.shape.percent,
  ),
  doneOn: z.preprocess(
    (typed) => (typeof typed === 'string' && typed.trim() === '' ? undefined : typed),
    z
      .string()
      .transform((typed) => parseDate(typed) ?? '')
      .refine((day) => day !== '', 'День выполнения: ДД.ММ.ГГГГ')
      .optional(),
  ),
})

export const progressPages = pages('/measures')
  .post(
    '/{id}/reports',
    {
      needs: 'plan.report',
      form: TypedReport,
      largest: largestReport + room,
      again: (ctx, { id }, failure) => measurePage(ctx, id, failure),
    },
    async (ctx, { id }, report) => {
      await reportProgress(ctx, id, report)
      return seeOther(`/measures/${id}#progress`, 'measure.reported')
    },
  )
  .post(
    '/{id}/reports/{reportId}/withdrawal',
    { needs: 'plan.report', again: (ctx, { id }, failure) => measurePage(ctx, id, failure) },
    async (ctx, { id, reportId }) => {
      await withdrawReport(ctx, id, reportId)
      return seeOther(`/measures/${id}#progress`, 'measure.report-withdrawn')
    },
  )
  .post(
    '/{id}/reports/{reportId}/return',
    {
      needs: 'roadmap.coordinate',
      form: ReportReturn,
      again: (ctx, { id }, failure) => measurePage(ctx, id, failure),
    },
    async (ctx, { id, reportId }, { reason }) => {
      await returnReport(ctx, id, reportId, reason)
      return seeOther(`/measures/${id}#progress`, 'measure.report-returned')
    },
  )
  .get('/{id}/reports/{reportId}/files/{fileId}', { needs: 'roadmap.read' }, (ctx, { id, reportId, fileId }) =>
    downloadEvidence(ctx, id, reportId, fileId),
  )
  .post(
    '/{id}/remarks',
    {
      needs: 'roadmap.coordinate',
      form: NewRemark,
      again: (ctx, { id }, failure) => measurePage(ctx, id, failure),
    },
    async (ctx, { id }, { text }) => {
      await addRemark(ctx, id, text)
      return seeOther(`/measures/${id}#remarks`, 'measure.remarked')
    },
  )
  .post(
    '/{id}/remarks/{remarkId}/answer',
    {
      needs: 'plan.report',
      form: RemarkAnswer,
      again: (ctx, { id }, failure) => measurePage(ctx, id, failure),
    },
    async (ctx, { id, remarkId }, { answer }) => {
      await answerRemark(ctx, id, remarkId, answer)
      return seeOther(`/measures/${id}#remarks`, 'measure.remark-answered')
    },
  )
  .post(
    '/{id}/remarks/{remarkId}/settlement',
    {
      needs: 'roadmap.coordinate',
      form: z.object({ settled: z.enum(['yes', 'no']) }),
      again: (ctx, { id }, failure) => measurePage(ctx, id, failure),
    },
    async (ctx, { id, remarkId }, { settled }) => {
      await settleRemark(ctx, id, remarkId, settled === 'yes')
      const notice = settled === 'yes' ? 'measure.remark-settled' : 'measure.remark-reopened'
      return seeOther(`/measures/${id}#remarks`, notice)
    },
  )
