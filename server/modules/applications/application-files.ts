/** Files put with an application, by the applicant or by who decides. */
import { Readable } from 'node:stream'
import { type Db, type Tx, transaction } from '../../kernel/db/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import { mediaTypeOf, recordFile, type StoredBytes } from '../../kernel/files/index.ts'
import type { Context, Visitor } from '../../kernel/http/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { accessApplication, accessToChange, isOwn } from './applications.access.ts'
import { FileMissing, TooManyFiles, WrongFile } from './applications.errors.ts'
import { findFile, insertApplicationFile, listFiles } from './steps.queries.ts'

const largestFile = 5 * 1_048_576
/** With what a form adds around the file. */
export const largestUpload = largestFile + 65_536
const mostFiles = 20
/** Whoever has no account is less known. */
export const mostOfVisitor = 10

/** Documents whose first bytes say what they are; a zip is what docx, xlsx, odt and ods are. */
const acceptable: Record<string, RegExp> = {
  'application/pdf': /\.pdf$/i,
  'image/png': /\.png$/i,
  'image/jpeg': /\.jpe?g$/i,
  'application/zip': /\.(docx|xlsx|odt|ods)$/i,
}
export const acceptedFiles = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.ods'

type Read = { name: string; bytes: Buffer }

/**
 * A file as it may be put with an application; one that may not is never stored.
 * @throws FileMissing 422 when no file was chosen, WrongFile 422 when its bytes are not what its name says
 */
export async function readUpload(file: unknown): Promise<Read> {
  if (!(file instanceof File) || file.size === 0) throw new FileMissing()
  if (file.size > largestFile || !/\.\w{3,4}$/.test(file.name)) throw new WrongFile()
  const bytes = Buffer.from(await file.arrayBuffer())
  const type = mediaTypeOf(bytes)
  if (!acceptable[type]?.test(file.name)) throw new WrongFile()
  if (type === 'application/zip' && !isOffice(bytes)) throw new WrongFile()
  return { name: file.name, bytes }
}

/** An archive of anything else may bear the name of a document; macros have no business in one. */
const isOffice = (bytes: Buffer): boolean =>
  (bytes.includes('[Content_Types].xml') || bytes.includes('mimetypeapplication/vnd.oasis.opendocument')) &&
  !bytes.includes('vbaProject.bin')

/** @throws as `readUpload`; TooManyFiles 409, NotWaiting 409 */
export async function addFile(ctx: Context, id: string, file: unknown): Promise<void> {
  const application = await accessApplication(ctx.db, ctx, id, 'read')
  const { name, bytes } = await readUpload(file)
  const stored = await ctx.files.put(bytes)
  await transaction(ctx, async (tx) => {
    await accessToChange(tx, ctx, id, isOwn(ctx, application) ? 'answer' : 'decide')
    await attach(tx, ctx, id, { stored, name, by: ctx.account.id, most: mostFiles })
  })
}

type Attaching = { stored: StoredBytes; name: string; by: string | null; most: number }

/** The application is locked by the caller, so that two at once are counted. @throws TooManyFiles 409 */
export async function attach(tx: Tx, actor: Actor, id: string, { stored, name, by, most }: Attaching): Promise<void> {
  if ((await listFiles(tx, id)).length >= most) throw new TooManyFiles({ most })
  const fileId = await recordFile(tx, stored, name, by)
  await insertApplicationFile(tx, { applicationId: id, fileId, by })
  journal(tx, actor, 'application.file-added', { kind: 'application', id }, { sha256: stored.sha256 })
}

export async function downloadFile(ctx: Context, id: string, fileId: string): Promise<Response> {
  await accessApplication(ctx.db, ctx, id, 'read')
  return savedFile(ctx.db, ctx.files, id, fileId)
}

/** Always saved to disk, never shown in the page's place: what others upload must not run here. */
export async function savedFile(db: Db, files: Visitor['files'], id: string, fileId: string): Promise<Response> {
  const file = await findFile(db, id, fileId)
  if (!file) throw new NotFound({ what: 'file' })
  // as: node's web stream and the global one are the same class under two names of types
  const body = Readable.toWeb(await files.read(file.sha256)) as ReadableStream<Uint8Array>
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
