import {
  Attachments,
  Comments,
  ConcernedPeople,
  NewAttachment,
  NewComment,
  Resolution,
} from '../../../../contracts/discussion.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { routes } from '../../../kernel/http/index.ts'
import { attachFile, detachFile, downloadAttachment, largestAttachment, viewAttachments } from './attachments.ts'
import { addComment, readComments, settleThread, viewComments, viewConcerned } from './discussion.ts'

const commentsOf = async (ctx: Context, id: string) => ({ comments: await viewComments(ctx, id) })

export const discussionRoutes = routes('/reports')
  .get('/{id}/comments', { needs: 'report.read', summary: 'Комментарии к отчёту', replies: Comments }, (ctx, { id }) =>
    commentsOf(ctx, id),
  )
  .post(
    '/{id}/comments',
    { needs: 'report.comment', summary: 'Добавить комментарий', body: NewComment, replies: Comments, status: 201 },
    async (ctx, { id }, comment) => {
      await addComment(ctx, id, comment)
      return commentsOf(ctx, id)
    },
  )
  .get(
    '/{id}/comments/people',
    { needs: 'report.comment', summary: 'Кого может касаться комментарий', replies: ConcernedPeople },
    async (ctx, { id }) => ({ people: await viewConcerned(ctx, id) }),
  )
  .put(
    '/{id}/comments/reading',
    { needs: 'report.read', summary: 'Отметить комментарии прочитанными' },
    (ctx, { id }) => readComments(ctx, id),
  )
  .put(
    '/{id}/comments/{commentId}/resolution',
    {
      needs: 'report.comment',
      summary: 'Закрыть обсуждение или открыть снова',
      body: Resolution,
      replies: Comments,
    },
    async (ctx, { id, commentId }, { resolved }) => {
      await settleThread(ctx, id, commentId, resolved)
      return commentsOf(ctx, id)
    },
  )
  .get(
    '/{id}/attachments',
    { needs: 'report.read', summary: 'Приложения отчёта', replies: Attachments },
    (ctx, { id }) => viewAttachments(ctx, id),
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
    async (ctx, { id }, { file, kind }) => {
      await attachFile(ctx, id, file, kind)
      return viewAttachments(ctx, id)
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
