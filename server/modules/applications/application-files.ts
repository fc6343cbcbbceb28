/** Files put with an application, by the applicant or by who decides. */
import { Readable } from 'node:stream'
import { transaction } from '../../kernel/db/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import { recordFile } from '../../kernel/files/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { accessApplication, accessToChange, isOwn } from './applications.access.ts'
import { FileMissing, TooManyFiles, WrongFile } from './applications.errors.ts'
import { findFile, insertApplicationFile, listFiles } from './steps.queries.ts'

const largestFile = 5 * 1_048_576
/** With what a form adds around the file. */
export const largestUpload = largestFile + 65_536
const mostFiles = 20

/** Documents whose first bytes say what they are; a zip is what docx, xlsx, odt and ods are. */
const acceptable: Record<string, RegExp> = {
  'application/pdf': /\.pdf$/i,
  'image/png': /\.png$/i,
  'image/jpeg': /\.jpe?g$/i,
  'application/zip': /\.(docx|xlsx|odt|ods)$/i,
}
export const acceptedFiles = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.ods'

/**
 * @throws FileMissing 422 when no file was chosen, WrongFile 422 when its bytes are not what its name says, TooManyFiles
 * 409, NotWaiting 409
 */
export async function addFile(ctx: Context, id: string, file: unknown): Promise<void> {
  const application = await accessApplication(ctx.db, ctx, id, 'read')
  if (!(file instanceof File) || file.size === 0) throw new FileMissing()
  if (file.size > largestFile || !/\.\w{3,4}$/.test(file.name)) throw new WrongFile()
  const stored = await ctx.files.put(new Uint8Array(await file.arrayBuffer()))
  if (!acceptable[stored.mediaType]?.test(file.name)) throw new WrongFile()
  await transaction(ctx, async (tx) => {
    await accessToChange(tx, ctx, id, isOwn(ctx, application) ? 'answer' : 'decide')
    if ((await listFiles(tx, id)).length >= mostFiles) throw new TooManyFiles({ most: mostFiles })
    const fileId = await recordFile(tx, stored, file.name, ctx.account.id)
    await insertApplicationFile(tx, { applicationId: id, fileId, by: ctx.account.id })
    journal(tx, ctx, 'application.file-added', { kind: 'application', id }, { sha256: stored.sha256 })
  })
}

/** Always saved to disk, never shown in the page's place: what others upload must not run here. */
export async function downloadFile(ctx: Context, id: string, fileId: string): Promise<Response> {
  await accessApplication(ctx.db, ctx, id, 'read')
  const file = await findFile(ctx.db, id, fileId)
  if (!file) throw new NotFound({ what: 'file' })
  // as: node's web stream and the global one are the same class under two names of types
  const body = Readable.toWeb(ctx.files.read(file.sha256)) as ReadableStream<Uint8Array>
  return new Response(body, {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Length': String(file.size),
      'Content-Disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
      'Content-Security-Policy': "sandbox; default-src 'none'",
    },
  })
}
