import { z } from 'zod'
import {
  ApplicationAnswer,
  ApplicationAssignment,
  ApplicationConfirmation,
  ApplicationKindView,
  ApplicationList,
  ApplicationQuestion,
  Application as ApplicationReply,
  ApplicationsQuery,
  BulkDecision,
  BulkOutcome,
  Granting,
  NewApplication,
  NewAttachment,
  RefusalOfApplication,
  VisitorsApplication,
} from '../../../contracts/applications.ts'
import { type Context, routes } from '../../kernel/http/index.ts'
import { addFile, downloadFile, largestUpload } from './application-files.ts'
import { listTypes, typeOf } from './application-type.ts'
import type { Application } from './applications.queries.ts'
import {
  answerQuestion,
  askApplicant,
  assignApplication,
  formOf,
  grantApplication,
  refuseApplication,
  releaseApplication,
  withdrawApplication,
} from './applications.ts'
import { decideMany } from './bulk.ts'
import type { ApplicationRow } from './list.queries.ts'
import { stageTitle } from './progress.tsx'
import { submitApplication } from './submission.ts'
import { applyForAttachment } from './types/attachment.ts'
import { type ApplicationView, viewApplication, viewApplications, viewOf } from './viewing.ts'
import { addFollowedFile, confirmFollowed, submitAsVisitor } from './visitors.ts'

export const applicationsRoutes = routes('/applications')
  .get(
    '/',
    {
      needs: 'signed-in',
      tokens: true,
      summary: 'Заявки: поданные вами или ждущие вашего решения',
      query: ApplicationsQuery,
      replies: ApplicationList,
    },
    async (ctx, _params, query) => {
      const { rows, total, page } = await viewApplications(ctx, query)
      return { rows: rows.map(lineOf), total, page }
    },
  )
  .get(
    '/kinds',
    {
      needs: 'public',
      summary: 'О чём можно попросить, с полями каждой заявки',
      replies: z.array(ApplicationKindView),
    },
    async () =>
      listTypes()
        .filter(({ hidden }) => !hidden)
        .map(({ kind, title, told, about, byVisitors, form }) => ({
          kind,
          title,
          told,
          about,
          byVisitors: byVisitors ?? false,
          form: z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' }),
        })),
  )
  .post(
    '/',
    {
      needs: 'signed-in',
      tokens: 'own',
      summary: 'Подать заявку любого вида',
      body: NewApplication,
      replies: ApplicationReply,
      status: 201,
    },
    async (ctx, _params, body) => {
      const { id } = await submitApplication(ctx, body)
      return replyOf(await viewApplication(ctx, id))
    },
  )
  .post(
    '/visitors',
    {
      needs: 'public',
      summary: 'Подать заявку без учётной записи: придёт письмо, по которому её подтверждают',
      body: VisitorsApplication,
      status: 202,
      replies: z.object({ sent: z.literal(true) }),
    },
    async (ctx, _params, body) => {
      await submitAsVisitor(ctx, body)
      return { sent: true as const }
    },
  )
  .post(
    '/visitors/files',
    {
      needs: 'public',
      summary: 'Приложить файл к заявке без учётной записи, ключом из письма',
      multipart: true,
      largest: largestUpload,
      body: ApplicationConfirmation.extend({ file: z.unknown() }),
      status: 201,
      replies: z.object({ added: z.literal(true) }),
    },
    async (ctx, _params, { token, file }) => {
      await addFollowedFile(ctx, token, file)
      return { added: true as const }
    },
  )
  .put(
    '/confirmations',
    { needs: 'public', summary: 'Подтвердить заявку ключом из письма', body: ApplicationConfirmation },
    async (ctx, _params, { token }) => {
      await confirmFollowed(ctx, token)
    },
  )
  .put(
    '/decisions',
    {
      needs: 'application.decide',
      summary: 'Решить много заявок с одной причиной или взять их в работу',
      body: BulkDecision,
      replies: BulkOutcome,
    },
    (ctx, _params, decision) => decideMany(ctx, decision),
  )
  .post(
    '/attachments',
    {
      needs: 'signed-in',
      tokens: 'own',
      summary: 'Попросить прикрепить вас к организации',
      body: NewAttachment,
      replies: ApplicationReply,
      status: 201,
    },
    async (ctx, _params, body) => {
      const { id } = await applyForAttachment(ctx, body)
      return replyOf(await viewApplication(ctx, id))
    },
  )
  .get(
    '/{id}',
    { needs: 'signed-in', tokens: true, summary: 'Заявка', replies: ApplicationReply },
    async (ctx, { id }) => replyOf(await viewApplication(ctx, id)),
  )
  .put(
    '/{id}/granting',
    {
      needs: 'application.decide',
      summary: 'Удовлетворить заявку: на последнем этапе просьба исполняется сразу',
      body: Granting,
      replies: ApplicationReply,
    },
    async (ctx, { id }, granting) => replyFor(ctx, await grantApplication(ctx, id, granting)),
  )
  .put(
    '/{id}/refusal',
    {
      needs: 'application.decide',
      summary: 'Отказать по заявке с причиной',
      body: RefusalOfApplication,
      replies: ApplicationReply,
    },
    async (ctx, { id }, refusal) => replyFor(ctx, await refuseApplication(ctx, id, refusal)),
  )
  .put(
    '/{id}/withdrawal',
    { needs: 'signed-in', tokens: 'own', summary: 'Отозвать свою заявку', replies: ApplicationReply },
    async (ctx, { id }) => replyFor(ctx, await withdrawApplication(ctx, id)),
  )
  .put(
    '/{id}/assignment',
    {
      needs: 'application.decide',
      summary: 'Взять заявку в работу или передать её другому',
      body: ApplicationAssignment,
      replies: ApplicationReply,
    },
    async (ctx, { id }, { accountId }) => replyFor(ctx, await assignApplication(ctx, id, accountId)),
  )
  .delete(
    '/{id}/assignment',
    { needs: 'application.decide', summary: 'Снять заявку с рассмотрения: она снова ничья', replies: ApplicationReply },
    async (ctx, { id }) => replyFor(ctx, await releaseApplication(ctx, id)),
  )
  .post(
    '/{id}/questions',
    {
      needs: 'application.decide',
      summary: 'Задать вопрос заявителю: пока он не ответит, срок стоит',
      body: ApplicationQuestion,
      replies: ApplicationReply,
      status: 201,
    },
    async (ctx, { id }, { text }) => replyFor(ctx, await askApplicant(ctx, id, text)),
  )
  .post(
    '/{id}/answers',
    {
      needs: 'signed-in',
      tokens: 'own',
      summary: 'Ответить на вопрос по своей заявке',
      body: ApplicationAnswer,
      replies: ApplicationReply,
      status: 201,
    },
    async (ctx, { id }, { text }) => replyFor(ctx, await answerQuestion(ctx, id, text)),
  )
  .post(
    '/{id}/files',
    {
      needs: 'signed-in',
      tokens: true,
      summary: 'Приложить файл к заявке',
      multipart: true,
      largest: largestUpload,
      body: z.object({ file: z.unknown() }),
      replies: ApplicationReply,
      status: 201,
    },
    async (ctx, { id }, { file }) => {
      await addFile(ctx, id, file)
      return replyOf(await viewApplication(ctx, id))
    },
  )
  .get('/{id}/files/{fileId}', { needs: 'signed-in', tokens: true, summary: 'Файл заявки' }, (ctx, { id, fileId }) =>
    downloadFile(ctx, id, fileId),
  )

const replyFor = async (ctx: Context, application: Application) => replyOf(await viewOf(ctx, application))

const replyOf = (application: ApplicationView): z.input<typeof ApplicationReply> => ({
  ...lineOf(application),
  form: application.form,
  facts: application.facts.map(([label, value]) => ({ label, value })),
  differences: application.differences,
  decidedBy: application.decidedById ? { id: application.decidedById, fullName: application.decidedByName } : null,
  reason: application.reason,
  version: application.version,
  stage: {
    number: application.stage + 1,
    of: typeOf(application).stages(formOf(application)).length,
    title: stageTitle(application),
  },
  steps: application.steps.map(({ kind, at, byName, toName, text }) => ({
    kind,
    at: at.toISOString(),
    by: byName || null,
    to: toName || null,
    text,
  })),
  files: application.files.map(({ id, name, size, addedAt }) => ({
    id,
    name,
    size: Number(size),
    addedAt: addedAt.toISOString(),
  })),
  mayDecide: application.mayDecide,
  mayAnswer: application.mayAnswer,
  mayWithdraw: application.mayWithdraw,
  deciders: application.deciders.map(({ fullName, organisation }) => ({ fullName, organisation })),
})

const lineOf = (row: ApplicationRow) => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  title: typeOf(row).title,
  state: row.state,
  applicant: { id: row.applicantId, fullName: row.applicantName },
  organisation: row.organisationId ? { id: row.organisationId, shortName: row.organisationName } : null,
  subject: row.organisationName,
  assignee: row.assigneeId ? { id: row.assigneeId, fullName: row.assigneeName } : null,
  createdAt: row.createdAt.toISOString(),
  dueAt: row.dueAt.toISOString(),
  overdue: row.state === 'waiting' && row.dueAt.getTime() < Date.now(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
})
