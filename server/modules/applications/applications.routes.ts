import type { z } from 'zod'
import {
  ApplicationList,
  Application as ApplicationReply,
  ApplicationsQuery,
  Granting,
  NewAttachment,
  RefusalOfApplication,
} from '../../../contracts/applications.ts'
import { type Context, routes } from '../../kernel/http/index.ts'
import type { Application, ApplicationRow } from './applications.queries.ts'
import {
  type ApplicationView,
  grantApplication,
  refuseApplication,
  viewApplication,
  viewApplications,
  viewOf,
  withdrawApplication,
} from './applications.ts'
import { applyForAttachment, attachmentFormOf } from './attachment.ts'

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
  .post(
    '/attachments',
    {
      needs: 'signed-in',
      tokens: true,
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
      summary: 'Удовлетворить заявку: прикрепить пользователя',
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
    { needs: 'signed-in', tokens: true, summary: 'Отозвать свою заявку', replies: ApplicationReply },
    async (ctx, { id }) => replyFor(ctx, await withdrawApplication(ctx, id)),
  )

const replyFor = async (ctx: Context, application: Application) => replyOf(await viewOf(ctx, application))

const replyOf = (application: ApplicationView): z.input<typeof ApplicationReply> => ({
  ...lineOf(application),
  form: attachmentFormOf(application),
  decidedBy: application.decidedById ? { id: application.decidedById, fullName: application.decidedByName } : null,
  reason: application.reason,
  version: application.version,
  mayDecide: application.mayDecide,
  mayWithdraw: application.mayWithdraw,
  deciders: application.deciders,
})

const lineOf = (row: ApplicationRow) => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  state: row.state,
  applicant: { id: row.applicantId, fullName: row.applicantName },
  organisation: { id: row.organisationId, shortName: row.organisationName },
  createdAt: row.createdAt.toISOString(),
  dueAt: row.dueAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
})
