import { createHash } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Frame } from '../../../web/kit/index.ts'
import type { AppError } from '../errors/index.ts'
import { retryAfter } from './problem.ts'
import type { Services } from './services.ts'

export type Rendering = { c: HonoContext; services: Services; frame: Frame }

export function htmlReply({ c }: Rendering, page: VNode, error?: AppError): Response {
  const headers = { 'Cache-Control': 'no-store', ...(error ? retryAfter(error) : {}) }
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  c.status((error?.status ?? 200) as 200) // as: Hono wants a literal; the status is one of those of AppError
  return c.html(`<!doctype html>${renderToString(page)}`)
}

/** Kept by the browser, which asks each time whether it still holds: the page has a token of its own visitor in it. */
export function markedReply({ c }: Rendering, page: VNode): Response {
  const html = `<!doctype html>${renderToString(page)}`
  return isKnown(c, html, 'private, no-cache') ? c.body(null, 304) : c.html(html)
}

export function markedData({ c }: Rendering, data: object): Response {
  const body = JSON.stringify(data)
  if (isKnown(c, body, 'public, no-cache')) return c.body(null, 304)
  return c.body(body, 200, { 'Content-Type': 'application/json; charset=utf-8' })
}

/** Marks the answer by what it holds, and tells whether the caller has it already; a proxy that packs weakens the mark. */
function isKnown(c: HonoContext, body: string, keeping: string): boolean {
  const mark = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  c.header('Cache-Control', keeping)
  c.header('ETag', mark)
  const given = (c.req.header('if-none-match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  return given.includes(mark)
}
