/** The letter as it came and what was attached to it: always to be saved, never shown by us. */
import { buffer } from 'node:stream/consumers'
import { NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { accessLetter } from './letters.ts'
import { readLetter } from './understanding/reading.ts'

/** @throws NotFound 404 */
export async function sourceReply(ctx: Context, id: string): Promise<Response> {
  return saved(await bytesOf(ctx, id), 'pismo.eml')
}

/** @throws NotFound 404 */
export async function attachmentReply(ctx: Context, id: string, at: string): Promise<Response> {
  const letter = await readLetter(await bytesOf(ctx, id))
  const attachment = /^\d{1,3}$/.test(at) ? letter?.attachments[Number(at)] : undefined
  if (!attachment) throw new NotFound({ what: 'page' })
  return saved(attachment.content, attachment.name)
}

async function bytesOf(ctx: Context, id: string): Promise<Buffer> {
  const { source_sha256: sha256, erased_at: erasedAt } = await accessLetter(ctx, id)
  if (sha256 === null || erasedAt) throw new NotFound({ what: 'page' })
  return buffer(await ctx.files.read(sha256))
}

const saved = (bytes: Buffer, name: string): Response =>
  new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name.replace(/[\\/]/g, ' ').slice(-150))}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
