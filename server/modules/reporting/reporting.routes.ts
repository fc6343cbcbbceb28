import {
  Attachments,
  Campaign,
  CellChanges,
  CellExplanation,
  CellHistory,
  CellQuery,
  CellsSaved,
  CheckOutcome,
  Comments,
  NewAttachment,
  NewCampaign,
  NewComment,
  NewForm,
  PublishedForm,
  Refusal,
  Report,
  ReportCells,
  ReportList,
  ReportQuery,
  StatisticalForms,
  Submissions,
} from '../../../contracts/reporting.ts'
import { type Endpoint, routes } from '../../kernel/http/index.ts'
import { openCampaign } from './campaigns.ts'
import { saveCells, viewCells } from './cells.ts'
import { checkReport, viewProblems } from './checks.ts'
import { acceptReport, refuseReport, sendReport } from './decisions.ts'
import {
  addComment,
  attachFile,
  detachFile,
  downloadAttachment,
  largestAttachment,
  viewAttachments,
  viewComments,
} from './discussion.ts'
import { publishForm, viewForms } from './forms.ts'
import { explainCell, viewHistory } from './history.ts'
import { viewReport, viewReports, viewSubmissions } from './reports.ts'

const tenMegabytes = 10_485_760

const reportRoutes = routes('/reports')
  .get(
    '/',
    { needs: 'report.read', summary: 'Отчёты, которые вам видны', query: ReportQuery, replies: ReportList },
    (ctx, _, query) => viewReports(ctx, query),
  )
  .get('/{id}', { needs: 'report.read', summary: 'Отчёт', replies: Report }, (ctx, { id }) => viewReport(ctx, id))
  .get('/{id}/cells', { needs: 'report.read', summary: 'Все ячейки отчёта', replies: ReportCells }, (ctx, { id }) =>
    viewCells(ctx, id),
  )
  .patch(
    '/{id}/cells',
    {
      needs: 'report.fill',
      summary: 'Сохранить ячейки',
      body: CellChanges,
      replies: CellsSaved,
      largest: tenMegabytes,
    },
    (ctx, { id }, changes) => saveCells(ctx, id, changes),
  )
  .get(
    '/{id}/history',
    { needs: 'report.read', summary: 'Кто и когда менял ячейку', query: CellQuery, replies: CellHistory },
    (ctx, { id }, { cell }) => viewHistory(ctx, id, cell),
  )
  .get(
    '/{id}/explanation',
    { needs: 'report.read', summary: 'Почему в ячейке это число', query: CellQuery, replies: CellExplanation },
    (ctx, { id }, { cell }) => explainCell(ctx, id, cell),
  )
  .get('/{id}/check', { needs: 'report.read', summary: 'Результаты проверки', replies: CheckOutcome }, (ctx, { id }) =>
    viewProblems(ctx, id),
  )
  .put('/{id}/check', { needs: 'report.read', summary: 'Выполнить проверку', replies: CheckOutcome }, (ctx, { id }) =>
    checkReport(ctx, id),
  )
  .put('/{id}/sending', { needs: 'report.send', summary: 'Отправить отчёт', replies: Report }, (ctx, { id }) =>
    sendReport(ctx, id),
  )
  .put('/{id}/acceptance', { needs: 'report.decide', summary: 'Принять отчёт', replies: Report }, (ctx, { id }) =>
    acceptReport(ctx, id),
  )
  .put(
    '/{id}/refusal',
    { needs: 'report.decide', summary: 'Отклонить отчёт с причиной', body: Refusal, replies: Report },
    (ctx, { id }, refusal) => refuseReport(ctx, id, refusal),
  )
  .get(
    '/{id}/submissions',
    { needs: 'report.read', summary: 'Отправленные представления', replies: Submissions },
    async (ctx, { id }) => ({
      submissions: await viewSubmissions(ctx, id),
    }),
  )
  .get(
    '/{id}/comments',
    { needs: 'report.read', summary: 'Комментарии к отчёту', replies: Comments },
    async (ctx, { id }) => ({
      comments: await viewComments(ctx, id),
    }),
  )
  .post(
    '/{id}/comments',
    { needs: 'report.comment', summary: 'Добавить комментарий', body: NewComment, replies: Comments, status: 201 },
    async (ctx, { id }, comment) => {
      await addComment(ctx, id, comment)
      return { comments: await viewComments(ctx, id) }
    },
  )
  .get(
    '/{id}/attachments',
    { needs: 'report.read', summary: 'Приложения отчёта', replies: Attachments },
    async (ctx, { id }) => ({
      attachments: await viewAttachments(ctx, id),
    }),
  )
  .post(
    '/{id}/attachments',
    {
      needs: 'report.fill',
      summary: 'Приложить файл',
      body: NewAttachment,
      multipart: true,
      largest: largestAttachment + 100_000,
      replies: Attachments,
      status: 201,
    },
    async (ctx, { id }, { file }) => {
      await attachFile(ctx, id, file)
      return { attachments: await viewAttachments(ctx, id) }
    },
  )
  .get(
    '/{id}/attachments/{attachmentId}',
    { needs: 'report.read', summary: 'Скачать приложение' },
    (ctx, { id, attachmentId }) => downloadAttachment(ctx, id, attachmentId),
  )
  .delete(
    '/{id}/attachments/{attachmentId}',
    { needs: 'report.fill', summary: 'Убрать приложение' },
    (ctx, { id, attachmentId }) => detachFile(ctx, id, attachmentId),
  )

const formRoutes = routes('/forms')
  .get('/', { needs: 'report.read', summary: 'Опубликованные формы', replies: StatisticalForms }, async (ctx) => ({
    forms: await viewForms(ctx),
  }))
  .post(
    '/',
    {
      needs: 'form.manage',
      summary: 'Опубликовать форму из шаблона Росстата',
      body: NewForm,
      replies: PublishedForm,
      status: 201,
      largest: 2 * tenMegabytes,
    },
    (ctx, _, { xml }) => publishForm(ctx, xml),
  )

const campaignRoutes = routes('/campaigns').post(
  '/',
  { needs: 'form.manage', summary: 'Открыть сбор', body: NewCampaign, replies: Campaign, status: 201 },
  (ctx, _, campaign) => openCampaign(ctx, campaign),
)

export const reportingRoutes: Endpoint[] = [
  ...reportRoutes.endpoints,
  ...formRoutes.endpoints,
  ...campaignRoutes.endpoints,
]
