/**
 * Pages that are the same for everybody who looks alike at them: who comes is not asked, so neither a session nor the
 * database is touched. An answer is drawn once and kept in memory with its packed copies until what it tells changes.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context as HonoContext } from 'hono'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Frame } from '../../../web/kit/index.ts'
import { remembered } from '../../../web/kit/remembered.ts'
import type { Db } from '../db/index.ts'
import { readCookie } from './cookies.ts'
import { Shelf } from './shelf.ts'

/** What a shared page knows of the call: nothing of who has sent it. */
export type SharedContext = { db: Db; baseUrl: string; timeZone: string; stand: boolean }

export type SharedReply = {
  /** What was chosen in the address and is known to the page, spelled in one way: whatever else stands there makes no copy. */
  address: string
  /** Of what the page tells: an answer is kept as long as its mark stays the same. */
  mark: string
  draw: (frame: Frame) => VNode | SharedFile | Promise<SharedFile>
  /** Seconds for which a browser and a proxy need not ask again. */
  freshFor: number
  /** May stand in a frame of any other site. */
  embeddable?: boolean
}
/** With a name it is saved, without one it is shown. */
export type SharedFile = { bytes: Uint8Array; type: string; name?: string }

/** How the page is to look, as the browser remembers it; a few known words, so that there are a few copies. */
export type Look = { theme: string | undefined; vision: string | undefined }

type Packing = 'plain' | 'br' | 'gzip'
/** Ready to be sent: nothing is put together at a visit. */
type Ready = { bytes: Buffer<ArrayBuffer>; headers: Record<string, string> }
type Kept = { etag: string; drawnAt: Date; unchanged: Record<string, string>; as: Record<Packing, Ready> }

const megabyte = 1_048_576

export class SharedPages {
  private readonly shelf = new Shelf<Kept>(48 * megabyte)

  /** @param frameOf of a page at this address for nobody in particular */
  async answer(
    c: HonoContext,
    path: string,
    reply: SharedReply,
    frameOf: (address: string, look: Look) => Frame,
  ): Promise<Response> {
    const look = lookOf(c)
    const key = [path, reply.address, look.theme ?? '', look.vision ?? ''].join('\n')
    const kept = await this.shelf.take(key, reply.mark, async () => {
      const drawn = await draw(reply, frameOf(reply.address, look))
      const { plain, br, gzip } = drawn.as
      return { value: drawn, bytes: plain.bytes.length + br.bytes.length + gzip.bytes.length }
    })
    return replyWith(c, kept)
  }
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

async function draw(reply: SharedReply, frame: Frame): Promise<Kept> {
  const drawn = await reply.draw(frame)
  const file = 'bytes' in drawn ? drawn : undefined
  const plain = 'bytes' in drawn ? Buffer.from(drawn.bytes) : Buffer.from(`<!doctype html>${renderToString(drawn)}`)
  // Higher ones take ten times as long to save a tenth of the bytes, and what changes is drawn anew all the time.
  const hints = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
  const [br, gz] = await Promise.all([brotli(plain, { params: hints }), zip(plain, { level: 9 })])
  const drawnAt = new Date()
  // Weak: the same page in another packing has the same mark.
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`
  const unchanged = {
    'Cache-Control': `public, max-age=${reply.freshFor}, stale-while-revalidate=${10 * reply.freshFor}`,
    ETag: etag,
    'Last-Modified': drawnAt.toUTCString(),
    // The version for the visually impaired is remembered by a cookie; whoever has none at all shares one copy.
    Vary: 'Accept-Encoding, Cookie',
    ...(reply.embeddable && embeddable),
  }
  const headers = {
    ...unchanged,
    'Content-Type': file?.type ?? 'text/html; charset=UTF-8',
    ...(file?.name && { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` }),
  }
  const ready = (bytes: Buffer, packing?: string): Ready => ({
    bytes: Buffer.from(bytes),
    headers: {
      ...headers,
      ...(packing && { 'Content-Encoding': packing }),
      'Content-Length': String(bytes.length),
    },
  })
  return { etag, drawnAt, unchanged, as: { plain: ready(plain), br: ready(br, 'br'), gzip: ready(gz, 'gzip') } }
}

/** A page in another site's frame loads nothing but its own, sends no form away and holds no cookie. */
const embeddable = {
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors *; object-src 'none'",
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cross-Origin-Opener-Policy': 'unsafe-none',
}

function replyWith(c: HonoContext, { etag, drawnAt, unchanged, as }: Kept): Response {
  if (isKnown(c, etag, drawnAt)) return c.body(null, 304, unchanged)
  const { bytes, headers } = as[packingOf(c.req.header('accept-encoding') ?? '')]
  return c.body(bytes, 200, headers)
}

/** What the caller holds already: by its mark, else by its time (RFC 9110, 13.2.2). */
function isKnown(c: HonoContext, etag: string, drawnAt: Date): boolean {
  const marks = c.req.header('if-none-match')
  if (marks !== undefined)
    return marks.split(',').some((mark) => mark.trim() === '*' || `W/${mark.trim().replace(/^W\//, '')}` === etag)
  const since = Date.parse(c.req.header('if-modified-since') ?? '')
  return Math.floor(drawnAt.getTime() / 1000) * 1000 <= since
}

const packingOf = remembered(1000, (accepted: string): Packing => {
  const offered = accepted.split(',').flatMap((part) => {
    const [name = '', ...rest] = part.split(';').map((word) => word.trim().toLowerCase())
    return rest.some((word) => /^q=0(\.0*)?$/.test(word)) ? [] : [name]
  })
  return offered.includes('br') ? 'br' : offered.includes('gzip') ? 'gzip' : 'plain'
})

const themes = ['light', 'dark']
const visionWords = ['on', 'size-150', 'size-200', 'black', 'blue', 'wide', 'no-pictures']

export function lookOf(c: HonoContext): Look {
  if (c.req.header('cookie') === undefined) return { theme: undefined, vision: undefined }
  const theme = readCookie(c, 'kabinet_theme', false)
  const chosen = readCookie(c, 'kabinet_vision', false)?.split(' ') ?? []
  return {
    theme: themes.find((known) => known === theme),
    vision: visionWords.filter((word) => chosen.includes(word)).join(' ') || undefined,
  }
}
