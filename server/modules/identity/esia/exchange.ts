/** Talking with ЕСИА: where a person is sent, the exchange of a code for a marker, and every call for data. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { EsiaUnavailable, EsiaUnreadable, refusalOfEsia } from './esia.errors.ts'
import { readMarker } from './marker.ts'
import type { EsiaProvider } from './provider.ts'
import { esiaTimestamp, type SignedParts } from './signer.ts'

/** All answers of ЕСИА are far smaller. */
const mostBytes = 262_144
const mostMilliseconds = 10_000

/** Where the person goes to sign in. */
export function addressOfSignIn(esia: EsiaProvider, state: string): string {
  const { parameters } = signed(esia, { state, redirectUri: esia.redirectUri })
  const query = new URLSearchParams({
    ...parameters,
    redirect_uri: esia.redirectUri,
    response_type: 'code',
    access_type: esia.offline ? 'offline' : 'online',
  })
  return `${esia.url}${esia.signer.authorizePath}?${query}`
}

/** Ends the session at ЕСИА itself; it sends the person back to us. */
export const addressOfSignOut = (esia: EsiaProvider, back: string): string =>
  `${esia.url}/idp/ext/Logout?${new URLSearchParams({ client_id: esia.clientId, redirect_url: back })}`

export type EsiaGrant = { subject: string; accessToken: string; refreshToken: string | undefined }

const TokenReply = z.object({
  access_token: z.string().max(20_000),
  refresh_token: z.string().max(20_000).optional(),
  state: z.string(),
  token_type: z.string(),
})
const Refusal = z.object({ error: z.string(), error_description: z.string().optional() })

/** @throws what ЕСИА refuses, EsiaUnavailable, EsiaUnreadable */
export async function exchangeCode(esia: EsiaProvider, code: string): Promise<EsiaGrant> {
  const { state, parameters } = signed(esia, { state: randomUUID(), redirectUri: esia.redirectUri, code })
  return askForMarker(esia, state, {
    ...parameters,
    code,
    grant_type: 'authorization_code',
    redirect_uri: esia.redirectUri,
    token_type: 'Bearer',
  })
}

/** @throws what ЕСИА refuses, EsiaUnavailable, EsiaUnreadable */
export async function exchangeRefreshToken(esia: EsiaProvider, refreshToken: string): Promise<EsiaGrant> {
  const { state, parameters } = signed(esia, { state: randomUUID(), refreshToken })
  return askForMarker(esia, state, {
    ...parameters,
    refresh_token: refreshToken,
    grant_type: 'refresh_token',
    redirect_uri: esia.redirectUri,
    token_type: 'Bearer',
  })
}

type Signed = { state: string; parameters: Record<string, string> }

function signed(esia: EsiaProvider, parts: Omit<SignedParts, 'clientId' | 'scope' | 'timestamp'>): Signed {
  const scope = esia.scopes.join(' ')
  const timestamp = esiaTimestamp(new Date())
  const secret = esia.signer.sign({ clientId: esia.clientId, scope, timestamp, ...parts })
  return {
    state: parts.state,
    parameters: { client_id: esia.clientId, scope, timestamp, state: parts.state, ...secret },
  }
}

async function askForMarker(esia: EsiaProvider, state: string, form: Record<string, string>): Promise<EsiaGrant> {
  const request = new Request(`${esia.url}${esia.signer.tokenPath}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    ...bounded(),
  })
  const { status, body } = await ask(esia, request)
  const refusal = Refusal.safeParse(body)
  if (refusal.success) throw refusalOfEsia(refusal.data.error_description ?? '')
  const reply = TokenReply.safeParse(body)
  if (status !== 200 || !reply.success) throw unreadable('The answer with the marker is not what it must be')
  if (reply.data.state !== state) throw unreadable('The marker answers another request')
  const subject = readMarker(reply.data.access_token, {
    keys: esia.markerKeys,
    issuer: esia.issuer,
    clientId: esia.clientId,
    scopes: ['openid', 'fullname'],
    now: new Date(),
  })
  return { subject, accessToken: reply.data.access_token, refreshToken: reply.data.refresh_token }
}

/**
 * @param link a path below the configured address, or a link that an answer held: followed to that address only (SSRF)
 * @throws EsiaUnavailable, EsiaUnreadable 502
 */
export async function askForData(esia: EsiaProvider, accessToken: string, link: string): Promise<unknown> {
  const url = linkWithin(esia.url, link)
  const request = new Request(url, { headers: { authorization: `Bearer ${accessToken}` }, ...bounded() })
  const { status, body } = await ask(esia, request)
  if (status !== 200) throw new EsiaUnavailable({}, { cause: new Error(`${url.pathname}: ${status}`) })
  return body
}

function linkWithin(base: string, link: string): URL {
  const home = new URL(base)
  const url = link.startsWith('/') && !link.startsWith('//') ? `${base}${link}` : link
  if (!URL.canParse(url)) throw unreadable('A link of an answer is no address')
  const found = new URL(url)
  const below = `${home.pathname.replace(/\/$/, '')}/rs/`
  if (found.origin !== home.origin || found.username || found.password || !found.pathname.startsWith(below))
    throw unreadable('A link of an answer leads elsewhere')
  return found
}

const bounded = () => ({ redirect: 'error', signal: AbortSignal.timeout(mostMilliseconds) }) as const

async function ask(esia: EsiaProvider, request: Request): Promise<{ status: number; body: unknown }> {
  try {
    const response = await esia.fetch(request)
    return { status: response.status, body: JSON.parse(await textOf(response)) }
  } catch (cause) {
    throw new EsiaUnavailable({}, { cause })
  }
}

/** No more than `mostBytes`, whatever the headers promise. */
async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > mostBytes) throw new RangeError(`The answer is longer than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const unreadable = (why: string) => new EsiaUnreadable({}, { cause: new Error(why) })
