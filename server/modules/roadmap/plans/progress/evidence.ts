/** Files that go with a report of a measure: what they may be, and how they are given out. */
import { Readable } from 'node:stream'
import { largestEvidence, mostEvidence, type NewMeasureReport } from '../../../../../contracts/measure-progress.ts'
import { NotFound } from '../../../../kernel/errors/index.ts'
import type { StoredBytes } from '../../../../kernel/files/index.ts'
import type { Context } from '../../../../kernel/http/index.ts'
import { accessMeasure } from '../measures.access.ts'
import type { MeasureRow } from '../measures.queries.ts'
import { LargeEvidence, TooMuchEvidence, UnknownEvidence, WrongEvidence } from './progress.errors.ts'
import { findReportFile } from './reports.queries.ts'

/** Documents whose first bytes say what they are; a zip is what docx, xlsx, odt and ods are. */
const attachable: Record<string, RegExp> = {
  'application/pdf': /\.pdf$/i,
  'image/png': /\.png$/i,
  'image/jpeg': /\.jpe?g$/i,
  'application/zip': /\.(docx|xlsx|pptx|odt|ods|odp)$/i,
}

export const acceptedEvidence = '.pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.odt,.ods,.odp'

export type StoredEvidence = { bytes: StoredBytes; name: string; kind: string | null }

/**
 * Puts the files of a report where files lie; their rows are the caller's.
 * @throws TooMuchEvidence, LargeEvidence, UnknownEvidence, WrongEvidence 422
 */
export async function storeEvidence(
  ctx: Context,
  { evidenceKinds }: Pick<MeasureRow, 'evidenceKinds'>,
  { file, kind, kept }: Pick<NewMeasureReport, 'file' | 'kind' | 'kept'>,
): Promise<StoredEvidence[]> {
  const given = file.flatMap((each, index) =>
    each && each.size > 0 ? [{ file: each, kind: kind[index] || null }] : [],
  )
  if (given.length + kept.length > mostEvidence) throw new TooMuchEvidence({ most: mostEvidence })
  for (const { file: each, kind: named } of given) {
    if (each.size > largestEvidence) throw new LargeEvidence({ name: each.name })
    if (named && !evidenceKinds.includes(named)) throw new UnknownEvidence()
  }
  const stored: StoredEvidence[] = []
  for (const { file: each, kind: named } of given) {
    const bytes = await ctx.files.put(new Uint8Array(await each.arrayBuffer()))
    if (!attachable[bytes.mediaType]?.test(each.name)) throw new WrongEvidence({ name: each.name })
    stored.push({ bytes, name: each.name, kind: named })
  }
  return stored
}

/** Always saved to disk, never shown in the page's place: what others upload must not run here. */
export async function downloadEvidence(
  ctx: Context,
  measureId: string,
  reportId: string,
  fileId: string,
): Promise<Response> {
  await accessMeasure(ctx.db, ctx, measureId, 'roadmap.read')
  const file = await findReportFile(ctx.db, measureId, reportId, fileId)
  if (!file) throw new NotFound({ what: 'file' })
  // as: node's web stream and the global one are the same class under two names of types
  const body = Readable.toWeb(await ctx.files.read(file.sha256)) as ReadableStream<Uint8Array>
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
