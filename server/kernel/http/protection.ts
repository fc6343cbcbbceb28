/**
 * Against requests that another site sends in a person's name: a same-site cookie, the origin, and for forms a token
 * (OWASP ASVS 5.0, V3.5). An API call must besides be one that a foreign form cannot make: JSON, or a key of its own.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { ForeignOrigin, FormExpired } from '../errors/index.ts'

export function securityHeaders(baseUrl: string): Record<string, string> {
  return {
    'Content-Security-Policy':
      "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    ...(baseUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/** What an answer says of itself stands: a file that somebody has uploaded is stricter, an embeddable page is open to frames. */
export function setSecurityHeaders(given: Headers, headers: readonly (readonly [string, string])[]): void {
  const framed = given.get('Content-Security-Policy')?.includes('frame-ancestors *') ?? false
  for (const [name, value] of headers)
    if (!given.has(name) && !(framed && name === 'X-Frame-Options')) given.set(name, value)
}

/** @throws ForeignOrigin when the browser says that the request comes from another site */
export function checkOrigin(c: HonoContext, baseUrl: string): void {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  if (site === 'cross-site' || site === 'same-site') throw new ForeignOrigin()
  if (origin === undefined) return
  if (!URL.canParse(origin)) throw new ForeignOrigin()
  const { host } = new URL(origin)
  if (origin !== new URL(baseUrl).origin && host !== c.req.header('host')) throw new ForeignOrigin()
}

/** A foreign form can send neither a JSON body nor a header of its own without the browser asking first. */
export function checkApiCall(c: HonoContext): void {
  const json = c.req.header('content-type')?.startsWith('application/json') ?? false
  const ownHeader = c.req.header('idempotency-key') !== undefined
  if (c.req.method === 'POST' && !json && !ownHeader) throw new ForeignOrigin()
}

export const formToken = (secret: string, owner: string): string =>
  createHmac('sha256', secret).update(`form:${owner}`).digest('base64url')

/** @throws FormExpired when the token is absent or another session's */
export function checkFormToken(secret: string, owner: string, given: string | undefined): void {
  const expected = Buffer.from(formToken(secret, owner))
  const actual = Buffer.from(given ?? '')
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) throw new FormExpired()
}
