import { z } from 'zod'
import { AttachmentKind, NewComment } from '../../../../contracts/discussion.ts'
import { pages, seeOther } from '../../../kernel/http/index.ts'
import { reportAddress } from '../reports/report.bar.tsx'
import { reportPage } from '../reports/reports.pages.tsx'
import { attachFile, detachFile, downloadAttachment, largestAttachment } from './attachments.ts'
import { addComment, readComments, settleThread } from './discussion.ts'

const SectionOnly = z.object({ section: z.string().min(1).max(60).optional().catch(undefined) })

/** One box that is ticked comes as a text, several as a list. */
const Named = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  NewComment.shape.mentions,
)

const commentsAddress = (id: string, section: string | undefined) => `${reportAddress(id, section)}#comments`

export const discussionPages = pages('/reports')
  .post(
    '/{id}/comments',
    {
      needs: 'report.comment',
      form: NewComment.extend({ ...SectionOnly.shape, mentions: Named }),
      again: (ctx, { id }, { values, problems, message }) =>
        reportPage(ctx, id, values.section, { message: message ?? problems[0]?.text, comment: values.text }),
    },
    async (ctx, { id }, { section, ...comment }) => {
      await addComment(ctx, id, comment)
      return seeOther(commentsAddress(id, section), comment.replyTo ? 'report.answered' : 'report.commented')
    },
  )
  .post('/{id}/comments/reading', { needs: 'report.read', form: SectionOnly }, async (ctx, { id }, { section }) => {
    await readComments(ctx, id)
    return seeOther(commentsAddress(id, section), 'report.comments-read')
  })
  .post(
    '/{id}/comments/{commentId}/resolution',
    {
      needs: 'report.comment',
      form: SectionOnly.extend({ resolved: z.enum(['yes', 'no']) }),
      again: (ctx, { id }, { values, message }) => reportPage(ctx, id, values.section, { message }),
    },
    async (ctx, { id, commentId }, { section, resolved }) => {
      await settleThread(ctx, id, commentId, resolved === 'yes')
      const notice = resolved === 'yes' ? 'report.thread-resolved' : 'report.thread-reopened'
      return seeOther(commentsAddress(id, section), notice)
    },
  )
  .post(
    '/{id}/attachments',
    {
      needs: 'report.fill',
      form: SectionOnly.extend({
        file: z.instanceof(File).optional().catch(undefined),
        kind: AttachmentKind.optional().catch(undefined),
      }),
      largest: largestAttachment + 100_000,
      again: (ctx, { id }, { values, message }) => reportPage(ctx, id, values.section, { message }),
    },
    async (ctx, { id }, { section, file, kind }) => {
      await attachFile(ctx, id, file, kind)
      return seeOther(`${reportAddress(id, section)}#attachments`, 'report.attached')
    },
  )
  .get('/{id}/attachments/{attachmentId}', { needs: 'report.read' }, (ctx, { id, attachmentId }) =>
    downloadAttachment(ctx, id, attachmentId),
  )
  .post(
    '/{id}/attachments/{attachmentId}/removal',
    {
      needs: 'report.fill',
      form: SectionOnly,
      again: (ctx, { id }, { values, message }) => reportPage(ctx, id, values.section, { message }),
    },
    async (ctx, { id, attachmentId }, { section }) => {
      await detachFile(ctx, id, attachmentId)
      return seeOther(`${reportAddress(id, section)}#attachments`, 'report.detached')
    },
  )
