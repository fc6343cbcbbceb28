/** What is said about a report and what is put with it: comments and attachments. */
import { Readable } from 'node:stream'
import type { Attachment, Comment, NewComment } from '../../../../contracts/reporting.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { recordFile } from '../../../kernel/files/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { authorOf, isOpen } from '../cells/cells.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { FileMissing, ReportNotOpen, TooManyFiles, WrongFile } from '../reporting.errors.ts'
import {
  deleteAttachment,
  findAttachment,
  insertAttachment,
  insertComment,
  listAttachmentRows,
  listCommentRows,
} from './discussion.queries.ts'

export const addComment = (ctx: Context, id: string, { text, cell }: NewComment): Promise<void> =>
  transaction(ctx, async (tx) => {
    await accessReport(tx, ctx, id, 'report.comment')
    await insertComment(tx, { reportId: id, authorId: ctx.account.id, kind: 'comment', text, cell: cell ?? null })
    journal(tx, ctx, 'report.commented', { kind: 'report', id }, cell ? { cell } : {})
    await publish(tx, 'report.commented', { reportId: id, authorId: ctx.account.id })
  })

export async function viewComments(ctx: Context, id: string): Promise<Comment[]> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  return listComments(ctx, id)
}

/** For one who is known to see the report. */
export async function listComments(ctx: Context, reportId: string): Promise<Comment[]> {
  const rows = await listCommentRows(ctx.db, reportId)
  return rows.map(({ id, at, kind, text, cell, organisation, ...person }) => ({
    id,
    at: at.toISOString(),
    author: authorOf(person),
    authorOrganisation: organisation,
    kind,
    text,
    cell,
  }))
}

export const largestAttachment = 5 * 1_048_576
const mostAttachments = 30

/** Documents whose first bytes say what they are; a zip is what docx, xlsx, odt and ods are. */
const attachable: Record<string, RegExp> = {
  'application/pdf': /\.pdf$/i,
  'image/png': /\.png$/i,
  'image/jpeg': /\.jpe?g$/i,
  'application/zip': /\.(docx|xlsx|pptx|odt|ods|odp)$/i,
}

/**
 * @throws FileMissing 422 when no file was chosen, WrongFile 422 when its bytes are not what its name says, TooManyFiles
 * 409, ReportNotOpen 409
 */
export async function attachFile(ctx: Context, id: string, file: File | undefined): Promise<void> {
  await accessReport(ctx.db, ctx, id, 'report.fill')
  if (!file || file.size === 0) throw new FileMissing()
  const stored = await ctx.files.put(new Uint8Array(await file.arrayBuffer()))
  if (!attachable[stored.mediaType]?.test(file.name)) throw new WrongFile()
  await transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.fill')
    if (!isOpen(report)) throw new ReportNotOpen({ state: report.state })
    if ((await listAttachmentRows(tx, id)).length >= mostAttachments) throw new TooManyFiles({ most: mostAttachments })

    const fileId = await recordFile(tx, stored, file.name, ctx.account.id)
    await insertAttachment(tx, { reportId: id, fileId, by: ctx.account.id })
    journal(tx, ctx, 'report.attached', { kind: 'report', id }, { sha256: stored.sha256 })
  })
}

export const detachFile = (ctx: Context, id: string, attachmentId: string): Promise<undefined> =>
  transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.fill')
    if (!isOpen(report)) throw new ReportNotOpen({ state: report.state })
    const attachment = await findAttachment(tx, id, attachmentId)
    if (!attachment) throw new NotFound({ what: 'file' })
    await deleteAttachment(tx, attachmentId)
    journal(tx, ctx, 'report.detached', { kind: 'report', id }, { sha256: attachment.sha256 })
    return undefined
  })

export async function viewAttachments(ctx: Context, id: string): Promise<Attachment[]> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  return listAttachments(ctx, id)
}

/** For one who is known to see the report. */
export async function listAttachments(ctx: Context, reportId: string): Promise<Attachment[]> {
  const rows = await listAttachmentRows(ctx.db, reportId)
  return rows.map((row) => ({
    id: row.id,
    name: row.fileName,
    size: row.size,
    mediaType: row.mediaType,
    addedAt: row.addedAt.toISOString(),
    addedBy: authorOf(row),
  }))
}

/** Always saved to disk, never shown in the page's place: what others upload must not run here. */
export async function downloadAttachment(ctx: Context, id: string, attachmentId: string): Promise<Response> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  const attachment = await findAttachment(ctx.db, id, attachmentId)
  if (!attachment) throw new NotFound({ what: 'file' })
  // as: node's web stream and the global one are the same class under two names of types
  const body = Readable.toWeb(await ctx.files.read(attachment.sha256)) as ReadableStream<Uint8Array>
  return new Response(body, {
    headers: {
      'Content-Type': attachment.mediaType,
      'Content-Length': String(attachment.size),
      'Content-Disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(attachment.fileName)}`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
      'Content-Security-Policy': "sandbox; default-src 'none'",
    },
  })
}
