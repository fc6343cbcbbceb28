/** Files that go with a report, by the kinds that its form demands. */
import { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Attachment, Attachments, DemandedAttachment } from '../../../../contracts/discussion.ts'
import type { Form } from '../../../../engine/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { recordFile } from '../../../kernel/files/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { authorOf, isOpen } from '../cells/cells.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { FileMissing, ReportNotOpen, TooManyFiles, WrongFile } from '../reporting.errors.ts'
import { formOfVersion } from '../reports/sheets.ts'
import {
  deleteAttachment,
  findAttachment,
  insertAttachment,
  listAttachedKinds,
  listAttachmentRows,
} from './attachments.queries.ts'
import { AttachmentsMissing, UnknownKind } from './discussion.errors.ts'

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
 * @param kind code of a kind that the form demands; none: a file besides
 * @throws FileMissing 422 when no file was chosen, WrongFile 422 when its bytes are not what its name says, TooManyFiles
 * 409, ReportNotOpen 409, UnknownKind 422
 */
export async function attachFile(ctx: Context, id: string, file: File | undefined, kind?: string): Promise<void> {
  const { formVersionId } = await accessReport(ctx.db, ctx, id, 'report.fill')
  if (!file || file.size === 0) throw new FileMissing()
  const { attachments = [] } = (await formOfVersion(ctx.db, formVersionId)).template
  if (kind && !attachments.some(({ code }) => code === kind)) throw new UnknownKind()
  const stored = await ctx.files.put(new Uint8Array(await file.arrayBuffer()))
  if (!attachable[stored.mediaType]?.test(file.name)) throw new WrongFile()
  await transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.fill')
    if (!isOpen(report)) throw new ReportNotOpen({ state: report.state })
    if ((await listAttachmentRows(tx, id)).length >= mostAttachments) throw new TooManyFiles({ most: mostAttachments })

    const fileId = await recordFile(tx, stored, file.name, ctx.account.id)
    await insertAttachment(tx, { reportId: id, fileId, by: ctx.account.id, kind: kind || null })
    journal(tx, ctx, 'report.attached', { kind: 'report', id }, { sha256: stored.sha256, ...(kind && { kind }) })
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

export async function viewAttachments(ctx: Context, id: string): Promise<z.input<typeof Attachments>> {
  const { formVersionId } = await accessReport(ctx.db, ctx, id, 'report.read')
  const attachments = await listAttachments(ctx, id)
  return { attachments, demanded: demandedOf(await formOfVersion(ctx.db, formVersionId), attachments) }
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
    kind: row.kind,
  }))
}

/** Which files the form demands, and whether they are there. */
export const demandedOf = (form: Form, attached: readonly Pick<Attachment, 'kind'>[]): DemandedAttachment[] =>
  (form.template.attachments ?? []).map(({ code, name, required, note = '' }) => ({
    code,
    name,
    required,
    note,
    attached: attached.some(({ kind }) => kind === code),
  }))

/**
 * Before a report is sent: nothing that its form demands may be missing.
 * @returns the refusal 422, or undefined
 */
export async function missingAttachments(tx: Tx, reportId: string, form: Form): Promise<Error | undefined> {
  const required = (form.template.attachments ?? []).filter((each) => each.required)
  if (required.length === 0) return undefined
  const attached = await listAttachedKinds(tx, reportId)
  const names = required.filter(({ code }) => !attached.has(code)).map(({ name }) => name)
  return names.length > 0 ? new AttachmentsMissing({ names }) : undefined
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
