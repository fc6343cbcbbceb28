import {
  largestReport,
  MeasureRemarks,
  MeasureReports,
  NewMeasureReport,
  NewRemark,
  RemarkAnswer,
  RemarkSettlement,
  ReportReturn,
} from '../../../../../contracts/measure-progress.ts'
import { routes } from '../../../../kernel/http/index.ts'
import { downloadEvidence } from './evidence.ts'
import { addRemark, answerRemark, settleRemark, viewRemarks } from './remarks.ts'
import { reportProgress, returnReport, viewReports, withdrawReport } from './reports.ts'

export const progressRoutes = routes('/measures')
  .get(
    '/{id}/reports',
    { needs: 'roadmap.read', summary: 'Отчёты о ходе мероприятия', replies: MeasureReports },
    (ctx, { id }) => viewReports(ctx, id),
  )
  .post(
    '/{id}/reports',
    {
      needs: 'plan.report',
      summary: 'Сообщить о ходе мероприятия, приложить подтверждающие документы',
      body: NewMeasureReport,
      multipart: true,
      largest: largestReport + 200_000,
      replies: MeasureReports,
      status: 201,
    },
    async (ctx, { id }, report) => {
      await reportProgress(ctx, id, report)
      return viewReports(ctx, id)
    },
  )
  .delete(
    '/{id}/reports/{reportId}',
    { needs: 'plan.report', summary: 'Отозвать свой последний отчёт', replies: MeasureReports },
    async (ctx, { id, reportId }) => {
      await withdrawReport(ctx, id, reportId)
      return viewReports(ctx, id)
    },
  )
  .put(
    '/{id}/reports/{reportId}/return',
    {
      needs: 'roadmap.coordinate',
      summary: 'Вернуть отчёт региону с причиной',
      body: ReportReturn,
      replies: MeasureReports,
    },
    async (ctx, { id, reportId }, { reason }) => {
      await returnReport(ctx, id, reportId, reason)
      return viewReports(ctx, id)
    },
  )
  .get(
    '/{id}/reports/{reportId}/files/{fileId}',
    { needs: 'roadmap.read', summary: 'Файл, приложенный к отчёту о мероприятии' },
    (ctx, { id, reportId, fileId }) => downloadEvidence(ctx, id, reportId, fileId),
  )
  .get(
    '/{id}/remarks',
    { needs: 'roadmap.read', summary: 'Замечания координатора к мероприятию', replies: MeasureRemarks },
    (ctx, { id }) => viewRemarks(ctx, id),
  )
  .post(
    '/{id}/remarks',
    {
      needs: 'roadmap.coordinate',
      summary: 'Написать замечание к мероприятию',
      body: NewRemark,
      replies: MeasureRemarks,
      status: 201,
    },
    async (ctx, { id }, { text }) => {
      await addRemark(ctx, id, text)
      return viewRemarks(ctx, id)
    },
  )
  .put(
    '/{id}/remarks/{remarkId}/answer',
    { needs: 'plan.report', summary: 'Ответить на замечание', body: RemarkAnswer, replies: MeasureRemarks },
    async (ctx, { id, remarkId }, { answer }) => {
      await answerRemark(ctx, id, remarkId, answer)
      return viewRemarks(ctx, id)
    },
  )
  .put(
    '/{id}/remarks/{remarkId}/settlement',
    {
      needs: 'roadmap.coordinate',
      summary: 'Снять замечание или открыть его снова',
      body: RemarkSettlement,
      replies: MeasureRemarks,
    },
    async (ctx, { id, remarkId }, { settled }) => {
      await settleRemark(ctx, id, remarkId, settled)
      return viewRemarks(ctx, id)
    },
  )
