/**
 * What was posted after its session had ended, kept for an hour until the same person signs in again: where scripts are
 * off nothing else remembers it. It lies in a table, for a section of a report is many times what a cookie holds. It is
 * encrypted by a key made with a token that only the browser has: neither a copy of the database nor SECRET_KEY opens
 * it. And it is bound to the account of the ended session: of two people at one computer the second sees nothing.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { AppError } from '../errors/index.ts'
import { openVault, type Vault } from '../vault.ts'
import { readForm } from './body.ts'
import { isSecure, readCookie, sessionCookie, writeCookie } from './cookies.ts'
import type { PageEndpoint } from './endpoint.ts'
import { insertKeptPost, takeKeptPost } from './kept-posts.queries.ts'
import { paramsOf } from './params.ts'
import { checkFormToken, checkOrigin } from './protection.ts'
import type { Services } from './services.ts'

const keptCookie = 'kabinet_kept'
/** Long enough for a forgotten password to be set anew by letter. */
const keptSeconds = 3600
/** Letters of a post, and of the address where its form stood. */
const longestPost = 200_000
const longestAddress = 2000

export type KeptPost = { form: PageEndpoint; params: Record<string, string>; values: Record<string, string> }
type Kept = Omit<KeptPost, 'form'> & { path: string }

/**
 * Keeps the post when it is known whose it is and its form can be shown again. Files are never kept, nor the post of a
 * form with passwords.
 * @param back address at which the form will be shown
 */
export async function keepPost(c: HonoContext, form: PageEndpoint, services: Services, back: string): Promise<boolean> {
  if (!form.again || form.secret || back.length > longestAddress) return false
  const secure = isSecure(services.baseUrl)
  const sessionToken = readCookie(c, sessionCookie, secure)
  const session = sessionToken ? await services.findSessionOfAnyTime(services.db, sessionToken) : undefined
  if (!session) return false
  const text = JSON.stringify(await readPost(c, form, services, session.id))
  if (!text || text.length > longestPost) return false

  // Two windows may be waiting for the same person: one token is the key to the posts of both.
  const token = readCookie(c, keptCookie, secure) ?? randomBytes(32).toString('base64url')
  writeCookie(c, { name: keptCookie, value: token, maxAgeSeconds: keptSeconds }, secure)
  return insertKeptPost(services.db, {
    tokenHash: hashOf(token),
    back,
    accountId: session.accountId,
    sealed: vaultOf(services, token).seal('kept-post', session.accountId, text),
    seconds: keptSeconds,
  })
}

/** What this person had posted from this address; only once. What another had posted from this browser is dropped. */
export async function takePost(
  c: HonoContext,
  accountId: string,
  services: Services,
  address: string,
): Promise<KeptPost | undefined> {
  const token = readCookie(c, keptCookie, isSecure(services.baseUrl))
  if (!token) return undefined
  const sealed = await takeKeptPost(services.db, hashOf(token), accountId, address)
  if (!sealed) return undefined
  const text = vaultOf(services, token).open('kept-post', accountId, sealed)
  const { path, params, values } = JSON.parse(text) as Kept // as: sealed above
  const form = services.findForm(path)
  return form && { form, params, values }
}

/** What a form of the ended session holds; undefined when it is none, is empty, or cannot be read. */
async function readPost(
  c: HonoContext,
  form: PageEndpoint,
  services: Services,
  sessionId: string,
): Promise<Kept | undefined> {
  try {
    checkOrigin(c, services.baseUrl)
    const params = paramsOf(c, form)
    const input = await readForm(c, form.largest)
    const { _csrf, _once, ...values } = input.values
    checkFormToken(services.secretKey, sessionId, _csrf)
    return Object.keys(values).length > 0 ? { path: form.path, params, values } : undefined
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const vaultOf = ({ secretKey }: Services, token: string): Vault => openVault(secretKey + token)
