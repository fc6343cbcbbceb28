/**
 * The stand-in for ЕСИА: recomputes and checks what a portal signs, lets a fictional person be chosen, gives each refusal
 * that ЕСИА gives, and signs markers with a key of its own. Nothing is kept beyond the process.
 */
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import {
  certificateHash,
  type GostPrivateKey,
  newGostKey,
  publicKeyOf,
  readPublicKey,
  signGost,
  verifyDetached,
  verifyGost,
  writePublicKey,
} from '../../kernel/signing/index.ts'
import { type StandEsiaPerson, standEsiaPersons } from './persons.ts'

/** A portal that this ЕСИА knows. */
export type StandClient = { id: string; certificate: string; redirects: readonly string[] }

export type StandEsiaOptions = {
  /** Its own address, as portals are configured with it; without a trailing slash. */
  url: string
  clients: readonly StandClient[]
  markers?: 'RS256' | 'GOST3410_2012_256'
  now?: () => Date
}

/** What ЕСИА refuses with, and how it words it. */
export const standRefusals = {
  '007003': 'Запрос не содержит обязательного параметра или его значение неверно',
  '007004': 'Владелец ресурса или сервис авторизации отклонил запрос',
  '007011': 'Авторизационный код или маркер обновления недействителен, отозван или просрочен',
  '007015': 'Неверное время запроса',
  '007023': 'Неверный адрес возврата',
  '007053': 'client_secret неверен',
  '007055': 'Вход возможен только с подтверждённой учётной записью',
  '007194': 'Пользователь не является сотрудником организации',
} as const
export type StandRefusalNumber = keyof typeof standRefusals

export class StandRefusal extends Error {
  readonly number: StandRefusalNumber

  constructor(number: StandRefusalNumber) {
    super(`ESIA-${number}: ${standRefusals[number]}`)
    this.number = number
  }
}

type MarkerSigner = { algorithm: 'RS256'; key: KeyObject } | { algorithm: 'GOST3410_2012_256'; key: GostPrivateKey }
type Code = {
  clientId: string
  redirectUri: string
  scope: string
  person: StandEsiaPerson
  offline: boolean
  until: number
}
type Refresh = { clientId: string; scope: string; person: StandEsiaPerson }
export type TokenReply = {
  access_token: string
  id_token: string
  refresh_token?: string
  state: string
  token_type: 'Bearer'
  expires_in: number
}

const codeSeconds = 120
const markerSeconds = 3600
const skewSeconds = 300

export class StandEsia {
  readonly url: string
  /** PEM: what portals check markers by. */
  readonly markerKey: string
  /** The fictional people; a test may change what ЕСИА knows of them. */
  readonly persons: readonly StandEsiaPerson[] = structuredClone(standEsiaPersons)
  private readonly clients: readonly StandClient[]
  private readonly signer: MarkerSigner
  private readonly now: () => Date
  private readonly codes = new Map<string, Code>()
  private readonly refreshTokens = new Map<string, Refresh>()
  private readonly markers = new Map<string, StandEsiaPerson>()

  constructor({ url, clients, markers = 'GOST3410_2012_256', now = () => new Date() }: StandEsiaOptions) {
    this.url = url
    this.clients = clients
    this.now = now
    if (markers === 'RS256') {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      this.signer = { algorithm: markers, key: privateKey }
      this.markerKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
    } else {
      const key = newGostKey()
      this.signer = { algorithm: markers, key }
      this.markerKey = writePublicKey(publicKeyOf(key))
    }
  }

  /**
   * An authorization request, as its address brings it.
   * @throws StandRefusal; 007023 must be shown here and never sent back: nobody knows whose address it is
   */
  checkRequest(query: URLSearchParams): { client: StandClient; redirectUri: string; state: string } {
    const asked = this.askedBy(query)
    if (query.get('response_type') !== 'code') throw new StandRefusal('007003')
    this.checkSecret(asked.client, query, [asked.redirectUri])
    return asked
  }

  /** Where the browser goes after a person was chosen: a code, or a refusal of unconfirmed accounts. */
  choose(query: URLSearchParams, key: string): string {
    const { client, redirectUri } = this.checkRequest(query)
    const person = this.persons.find((candidate) => candidate.key === key)
    if (!person) throw new StandRefusal('007003')
    const code = randomBytes(32).toString('base64url')
    this.codes.set(code, {
      clientId: client.id,
      redirectUri,
      scope: query.get('scope') ?? '',
      person,
      offline: query.get('access_type') === 'offline',
      until: this.now().getTime() + codeSeconds * 1000,
    })
    return withQuery(redirectUri, { code, state: query.get('state') ?? '' })
  }

  /** Where the browser goes when ЕСИА refuses. */
  refuse(query: URLSearchParams, number: StandRefusalNumber): string {
    const { redirectUri, state } = this.askedBy(query)
    return withQuery(redirectUri, {
      error: number === '007004' ? 'access_denied' : 'invalid_request',
      error_description: new StandRefusal(number).message,
      state,
    })
  }

  /** The exchange of a code or of a refresh token. @throws StandRefusal */
  exchange(form: URLSearchParams): TokenReply {
    const client = this.clientOf(form)
    if (form.get('token_type') !== 'Bearer') throw new StandRefusal('007003')
    const grant = form.get('grant_type')
    if (grant === 'refresh_token') return this.refresh(client, form)
    if (grant !== 'authorization_code') throw new StandRefusal('007003')
    const code = form.get('code') ?? ''
    const redirectUri = form.get('redirect_uri') ?? ''
    this.checkSecret(client, form, [redirectUri, code])
    const kept = this.codes.get(code)
    // Once, whatever comes of it.
    this.codes.delete(code)
    if (!kept || kept.clientId !== client.id || kept.redirectUri !== redirectUri || kept.until < this.now().getTime())
      throw new StandRefusal('007011')
    return this.reply(form, kept, kept.offline)
  }

  private refresh(client: StandClient, form: URLSearchParams): TokenReply {
    const token = form.get('refresh_token') ?? ''
    this.checkSecret(client, form, [token])
    const kept = this.refreshTokens.get(token)
    this.refreshTokens.delete(token)
    if (kept?.clientId !== client.id) throw new StandRefusal('007011')
    return this.reply(form, kept, true)
  }

  private reply(form: URLSearchParams, { clientId, scope, person }: Refresh, offline: boolean): TokenReply {
    const accessToken = this.marker(this.claims(clientId, scope, person))
    this.markers.set(accessToken, person)
    const refreshToken = randomBytes(32).toString('base64url')
    if (offline) this.refreshTokens.set(refreshToken, { clientId, scope, person })
    return {
      access_token: accessToken,
      id_token: accessToken,
      ...(offline ? { refresh_token: refreshToken } : {}),
      state: form.get('state') ?? '',
      token_type: 'Bearer',
      expires_in: markerSeconds,
    }
  }

  claims(clientId: string, scope: string, person: StandEsiaPerson): Record<string, unknown> {
    const seconds = Math.floor(this.now().getTime() / 1000)
    return {
      nbf: seconds,
      exp: seconds + markerSeconds,
      iat: seconds,
      scope: scope
        .split(' ')
        .map((one) => (one === 'openid' ? one : `${one}?oid=${person.oid}`))
        .join(' '),
      iss: `http://${new URL(this.url).host}/`,
      'urn:esia:sid': randomBytes(16).toString('hex'),
      'urn:esia:sbj_id': person.oid,
      client_id: clientId,
    }
  }

  /** A marker with these claims, signed as all others. */
  marker(claims: Record<string, unknown>): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signed = `${part({ ver: 1, typ: 'JWT', sbt: 'access', alg: this.signer.algorithm })}.${part(claims)}`
    const bytes = Buffer.from(signed)
    const signature =
      this.signer.algorithm === 'RS256' ? sign('RSA-SHA256', bytes, this.signer.key) : signGost(this.signer.key, bytes)
    return `${signed}.${signature.toString('base64url')}`
  }

  /** Whose data a call may read; undefined without a marker of ours. */
  personBy(authorization: string | undefined): StandEsiaPerson | undefined {
    const [scheme, marker = ''] = (authorization ?? '').split(' ')
    return scheme === 'Bearer' ? this.markers.get(marker) : undefined
  }

  isRedirectOf(clientId: string, address: string): boolean {
    const client = this.clients.find(({ id }) => id === clientId)
    const home = client?.redirects.map((redirect) => new URL(redirect).origin) ?? []
    return URL.canParse(address) && home.includes(new URL(address).origin)
  }

  private clientOf(sent: URLSearchParams): StandClient {
    const client = this.clients.find(({ id }) => id === sent.get('client_id'))
    if (!client) throw new StandRefusal('007003')
    return client
  }

  private askedBy(query: URLSearchParams) {
    const client = this.clientOf(query)
    const redirectUri = query.get('redirect_uri') ?? ''
    if (!client.redirects.includes(redirectUri)) throw new StandRefusal('007023')
    return { client, redirectUri, state: query.get('state') ?? '' }
  }

  /** @param more what is signed after the state */
  private checkSecret(client: StandClient, sent: URLSearchParams, more: string[]): void {
    const value = (name: string) => sent.get(name) ?? ''
    const { scope, timestamp, state } = { scope: value('scope'), timestamp: value('timestamp'), state: value('state') }
    if (!scope.split(' ').includes('openid') || !/^[0-9a-f-]{36}$/.test(state)) throw new StandRefusal('007003')
    const told = timeOf(timestamp)
    if (told === undefined) throw new StandRefusal('007003')
    if (Math.abs(told - this.now().getTime()) > skewSeconds * 1000) throw new StandRefusal('007015')
    const secret = Buffer.from(value('client_secret'), 'base64url')
    const hash = sent.get('client_certificate_hash')
    const good =
      hash === null
        ? verifyDetached(secret, client.certificate, Buffer.from(scope + timestamp + client.id + state))
        : hash === certificateHash(client.certificate) &&
          verifyGost(
            readPublicKey(client.certificate),
            Buffer.from([client.id, scope, timestamp, state, ...more].join('')),
            secret,
          )
    if (!good) throw new StandRefusal('007053')
  }
}

/** `2026.11.22 03:00:00 +0000` → milliseconds */
function timeOf(timestamp: string): number | undefined {
  const [, day, time, zone] = /^(\d{4}\.\d\d\.\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4})$/.exec(timestamp) ?? []
  if (!day || !time || !zone) return undefined
  const moment = Date.parse(`${day.replaceAll('.', '-')}T${time}${zone.slice(0, 3)}:${zone.slice(3)}`)
  return Number.isNaN(moment) ? undefined : moment
}

function withQuery(address: string, parameters: Record<string, string>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.toString()
}
