import type { Hono } from 'hono'

type Credentials = { login: string; password: string }
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export type Reply = { status: number; body: any; headers: Headers }
export type PageReply = { status: number; html: string; location: string | null; headers: Headers }

/** Keeps cookies as a browser does. */
class Client {
  readonly cookies = new Map<string, string>()
  protected readonly app: Hono
  private readonly credentials: Credentials | undefined
  private signedIn: Promise<void> | undefined

  constructor(app: Hono, credentials: Credentials | undefined) {
    this.app = app
    this.credentials = credentials
  }

  /** Sends the request as it is, after signing in when this client is a person. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const { credentials } = this
    if (credentials) {
      this.signedIn ??= this.signIn(credentials)
      await this.signedIn
    }
    return this.send(path, init)
  }

  private async signIn(credentials: Credentials): Promise<void> {
    const body = JSON.stringify({ login: credentials.login, password: credentials.password })
    const reply = await this.send('/api/v1/session', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    if (!reply.ok) throw new Error(`${credentials.login} cannot sign in: ${reply.status} ${await reply.text()}`)
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookies.size > 0)
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await this.app.request(path, { ...init, headers })
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie)
    return response
  }

  private keep(cookie: string): void {
    const [pair = ''] = cookie.split(';')
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    if (value === '' || /max-age=0/i.test(cookie)) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

/** The JSON API; paths are below /api/v1. */
export class ApiClient extends Client {
  get = (path: string): Promise<Reply> => this.call('GET', path, undefined)
  post = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply> =>
    this.call('POST', path, body, headers)
  put = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply> =>
    this.call('PUT', path, body, headers)
  patch = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply> =>
    this.call('PATCH', path, body, headers)
  delete = (path: string): Promise<Reply> => this.call('DELETE', path, undefined)

  private async call(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const response = await this.fetch(`/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }
}

/** The pages, with forms posted as a browser without scripts posts them. */
export class PageClient extends Client {
  async get(path: string): Promise<PageReply> {
    return asPage(await this.fetch(path, { headers: { accept: 'text/html' } }))
  }

  /** Takes the guards from the page `from` (the same path unless said otherwise) and posts the fields. */
  async submit(path: string, fields: Record<string, string>, from = path): Promise<PageReply> {
    const { html } = await this.get(from)
    return this.post(path, { ...guardsOf(html), ...fields })
  }

  /** Posts exactly these fields. */
  async post(path: string, fields: Record<string, string>): Promise<PageReply> {
    return asPage(
      await this.fetch(path, { method: 'POST', body: new URLSearchParams(fields), headers: { accept: 'text/html' } }),
    )
  }
}

/** The hidden fields of the first form of a page: its token against forged posts and its one-time key. */
export function guardsOf(html: string): Record<string, string> {
  const value = (name: string) => {
    const [input = ''] = html.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`)) ?? []
    return /value="([^"]*)"/.exec(input)?.[1] ?? ''
  }
  return { _csrf: value('_csrf'), _once: value('_once') }
}

const asPage = async (response: Response): Promise<PageReply> => ({
  status: response.status,
  html: await response.text(),
  location: response.headers.get('location'),
  headers: response.headers,
})
