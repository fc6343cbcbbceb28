import { z } from 'zod'
import {
  Acceptance,
  CellRemark,
  Handovers,
  NewHandover,
  NewSignature,
  Refusal,
  RemarkSettled,
  Remarks,
  Submissions,
  Verification,
  WholeSubmission,
} from '../../../../contracts/decisions.ts'
import { Report } from '../../../../contracts/reporting.ts'
import { routes } from '../../../kernel/http/index.ts'
import { acceptReport, refuseReport } from './decisions.ts'
import { endHandover, handOver, viewHandovers } from './handovers.ts'
import { removeRemark, settleRemark, viewRemarks, writeRemark } from './remarks.ts'
import { sendReport } from './sending.ts'
import { bytesToSign, largestSignature, putSignature } from './signing.ts'
import { verifySubmission, viewSubmission, viewSubmissions } from './submissions.ts'

export const SubmissionNumber = { number: z.coerce.number().int().min(1).max(1_000_000) }

export const decisionRoutes = routes('/reports')
  .put('/{id}/sending', { needs: 'report.send', summary: 'Отправить отчёт', replies: Report }, (ctx, { id }) =>
    sendReport(ctx, id),
  )
  .put(
    '/{id}/acceptance',
    { needs: 'report.decide', summary: 'Принять отчёт на уровне, где он ждёт', body: Acceptance, replies: Report },
    (ctx, { id }, expected) => acceptReport(ctx, id, expected),
  )
  .put(
    '/{id}/refusal',
    { needs: 'report.decide', summary: 'Отклонить отчёт с причиной', body: Refusal, replies: Report },
    (ctx, { id }, refusal) => refuseReport(ctx, id, refusal),
  )
  .get(
    '/{id}/remarks',
    { needs: 'report.read', summary: 'Замечания к ячейкам', replies: Remarks },
    async (ctx, { id }) => ({ remarks: await viewRemarks(ctx, id) }),
  )
  .post(
    '/{id}/remarks',
    {
      needs: 'report.decide',
      summary: 'Записать замечание к ячейке до решения',
      body: CellRemark,
      replies: Remarks,
      status: 201,
    },
    async (ctx, { id }, remark) => {
      await writeRemark(ctx, id, remark)
      return { remarks: await viewRemarks(ctx, id) }
    },
  )
  .delete(
    '/{id}/remarks/{remarkId}',
    { needs: 'report.decide', summary: 'Убрать записанное замечание' },
    (ctx, { id, remarkId }) => removeRemark(ctx, id, remarkId),
  )
  .put(
    '/{id}/remarks/{remarkId}/state',
    { needs: 'report.fill', summary: 'Отметить замечание исправленным или ответить', body: RemarkSettled },
    (ctx, { id, remarkId }, settled) => settleRemark(ctx, id, remarkId, settled),
  )
  .get(
    '/{id}/signature/content',
    { needs: 'report.read', summary: 'Байты отчёта, которые подписывают' },
    (ctx, { id }) => bytesToSign(ctx, id),
  )
  .put(
    '/{id}/signature',
    {
      needs: 'report.send',
      summary: 'Приложить квалифицированную подпись',
      body: NewSignature,
      multipart: true,
      largest: largestSignature,
    },
    (ctx, { id }, { file }) => putSignature(ctx, id, file),
  )
  .get(
    '/{id}/submissions',
    { needs: 'report.read', summary: 'Отправленные представления', replies: Submissions },
    async (ctx, { id }) => ({ submissions: await viewSubmissions(ctx, id) }),
  )
  .get(
    '/{id}/submissions/{number}',
    {
      needs: 'report.read',
      summary: 'Представление, как оно отправлено, с решениями',
      params: SubmissionNumber,
      replies: WholeSubmission,
    },
    (ctx, { id, number }) => viewSubmission(ctx, id, Number(number)),
  )
  .get(
    '/{id}/submissions/{number}/verification',
    {
      needs: 'report.read',
      summary: 'Сверить представление с его отпечатком',
      params: SubmissionNumber,
      replies: Verification,
    },
    (ctx, { id, number }) => verifySubmission(ctx, id, Number(number)),
  )

export const handoverRoutes = routes('/handovers')
  .get('/', { needs: 'report.decide', summary: 'Кому передана проверка отчётов', replies: Handovers }, async (ctx) => ({
    handovers: await viewHandovers(ctx),
  }))
  .post(
    '/',
    {
      needs: 'report.decide',
      summary: 'Передать проверку коллеге',
      body: NewHandover,
      replies: Handovers,
      status: 201,
    },
    async (ctx, _params, asked) => {
      await handOver(ctx, asked)
      return { handovers: await viewHandovers(ctx) }
    },
  )
  .delete('/{id}', { needs: 'report.decide', summary: 'Закончить передачу раньше' }, (ctx, { id }) =>
    endHandover(ctx, id),
  )
