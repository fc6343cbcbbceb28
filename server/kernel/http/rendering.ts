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
