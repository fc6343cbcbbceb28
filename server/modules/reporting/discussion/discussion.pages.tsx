import { z } from 'zod'
import { NewComment } from '../../../../contracts/reporting.ts'
import { pages, seeOther } from '../../../kernel/http/index.ts'
import { reportAddress } from '../reports/report.bar.tsx'
import { reportPage } from '../reports/reports.pages.tsx'
import { addComment, attachFile, detachFile, downloadAttachment, largestAttachment } from './discussion.ts'

const SectionOnly = z.object({ section: z.string().min(1).max(60).optional().catch(undefined) })

export const discussionPages = pages('/reports')
  .post(
    '/{id}/comments',
    {
      needs: 'report.comment',
      form: NewComment.extend(SectionOnly.shape),
      again: (ctx, { id }, { values, problems, message }) =>
        reportPage(ctx, id, values.section, { message: message ?? problems[0]?.text, comment: values.text }),
    },
    async (ctx, { id }, { section, ...comment }) => {
      await addComment(ctx, id, comment)
      return seeOther(`${reportAddress(id, section)}#comments`, 'report.commented')
    },
  )
  .post(
    '/{id}/attachments',
    {
      needs: 'report.fill',
      form: SectionOnly.extend({ file: z.instanceof(File).optional().catch(undefined) }),
      largest: largestAttachment + 100_000,
      again: (ctx, { id }, { values, message }) => reportPage(ctx, id, values.section, { message }),
    },
    async (ctx, { id }, { section, file }) => {
      await attachFile(ctx, id, file)
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
