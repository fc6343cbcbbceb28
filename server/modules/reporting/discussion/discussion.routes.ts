import { Attachments, Comments, NewAttachment, NewComment } from '../../../../contracts/reporting.ts'
import { routes } from '../../../kernel/http/index.ts'
import {
  addComment,
  attachFile,
  detachFile,
  downloadAttachment,
  largestAttachment,
  viewAttachments,
  viewComments,
} from './discussion.ts'

export const discussionRoutes = routes('/reports')
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
