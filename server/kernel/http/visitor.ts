import { randomBytes, randomUUID } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as HonoContext } from 'hono'
import { isBearer } from './bearer.ts'
import type { Visitor } from './context.ts'
import {
  deviceCookie,
  externalCookie,
  familiarCookie,
  isSecure,
  readCookie,
  sessionCookie,
  writeCookie,
} from './cookies.ts'
import type { Services } from './services.ts'

/** Who calls is not known yet: whatever goes wrong on the way to it is told to somebody. */
export function unknownVisitor(c: HonoContext, services: Services): Visitor {
  const visitor: Visitor = {
    requestId: randomUUID(),
    address: addressOf(c, services.trustProxy),
    userAgent: (c.req.header('user-agent') ?? '').slice(0, 300),
    device: readCookie(c, deviceCookie, isSecure(services.baseUrl)),
    familiar: readCookie(c, familiarCookie, isSecure(services.baseUrl)),
    externalBrowser: readCookie(c, externalCookie, isSecure(services.baseUrl)),
    db: services.db,
    files: services.files,
    vault: services.vault,
    baseUrl: services.baseUrl,
    timeZone: services.timeZone,
    stand: services.stand,
    signedIn: undefined,
    setCookie: (cookie) => writeCookie(c, cookie, isSecure(services.baseUrl)),
    showOnce: (elsewhere) => {
      c.header('Content-Location', elsewhere)
      c.header('Cache-Control', 'no-store')
    },
    setPreference: (name, value, maxAgeSeconds) => writeCookie(c, { name, value, maxAgeSeconds }, false),
  }
  c.set('visitor', visitor)
  c.header('X-Request-Id', visitor.requestId)
  return visitor
}

/** By the session of its cookie. */
export async function recognise(c: HonoContext, visitor: Visitor, services: Services): Promise<void> {
  const token = isBearer(c) ? undefined : readCookie(c, sessionCookie, isSecure(services.baseUrl))
  const signedIn = token ? await services.readSession(services.db, token) : undefined
  Object.assign(visitor, { signedIn, account: signedIn?.account })
}

/** Who posts a form before signing in: a random value in a cookie, to which the form's token is bound. */
export function visitorCookie(c: HonoContext, services: Services): string {
  const name = 'kabinet_visitor'
  const known = readCookie(c, name, isSecure(services.baseUrl))
  if (known) return known
  const value = randomBytes(18).toString('base64url')
  writeCookie(c, { name, value, maxAgeSeconds: 86_400 }, isSecure(services.baseUrl))
  return value
}

/** The last entry of X-Forwarded-For is the one that our own proxy wrote; the others are hearsay. */
function addressOf(c: HonoContext, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded || connectionAddress(c)
}

function connectionAddress(c: HonoContext): string {
  // Inside tests a call comes without a connection.
  if (!c.env || !('incoming' in c.env)) return 'local'
  return getConnInfo(c).remote.address ?? 'unknown'
}
