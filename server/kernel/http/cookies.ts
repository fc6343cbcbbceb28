import type { Context as HonoContext } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Cookie } from './context.ts'

export const sessionCookie = 'kabinet_session'
/** Of a device on which its person has asked not to be asked for the second factor again. */
export const deviceCookie = 'kabinet_device'
/** Of a browser in which somebody has signed in before: whose, only its mark tells. */
export const familiarCookie = 'kabinet_familiar'
/** Of a browser that went out to another system's sign-in page, until it comes back. */
export const externalCookie = 'kabinet_external'

export const isSecure = (baseUrl: string): boolean => baseUrl.startsWith('https:')

/** Behind TLS the `__Host-` prefix keeps other hosts and plain connections from setting the cookie (RFC 6265bis). */
const fullName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name)

export const readCookie = (c: HonoContext, name: string, secure: boolean): string | undefined =>
  getCookie(c, fullName(name, secure))

export function writeCookie(c: HonoContext, cookie: Cookie, secure: boolean): void {
  setCookie(c, fullName(cookie.name, secure), cookie.value, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure,
    maxAge: cookie.maxAgeSeconds,
  })
}
