/** A program that works through the API: keeps its cookie as a browser does, and asks for nothing that it is not told. */

// biome-ignore lint/suspicious/noExplicitAny: journeys look into answers of every shape
export type Answer = { status: number; body: any; headers: Headers }
export type Caller = ReturnType<typeof caller>
export const standPassword = 'Stend-2027!'

/** @param address of the program, without a trailing slash; paths of calls are below it */
export function caller(address: string) {
  const cookies = new Map<string, string>()

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(address + path, { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (at + 1 === pair.length || /max-age=0/i.test(line)) cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  /** A JSON call of the API, its path below /api/v1. */
  async function call(method: string, path: string, body?: unknown, headers: HeadersInit = {}): Promise<Answer> {
    const response = await send(`/api/v1${path}`, {
      method,
      headers: { ...(method === 'GET' ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }

  /** Posts a page's form as a browser without scripts does; guards are taken from the page `from`. */
  async function post(path: string, fields: Record<string, string>, from = path): Promise<Answer> {
    return postOnce(path, { ...(await guardsOf(from)), ...fields })
  }

  async function postOnce(path: string, fields: Record<string, string>): Promise<Answer> {
    const response = await send(path, { method: 'POST', body: new URLSearchParams(fields) })
    return { status: response.status, body: await response.text(), headers: response.headers }
  }

  /** The token against forged posts and the one-time key of a page's first form that posts. */
  async function guardsOf(page: string): Promise<Record<string, string>> {
    const html = await (await send(page)).text()
    const [, _csrf = ''] = /name="_csrf" value="([^"]*)"/.exec(html) ?? []
    const [, _once = ''] = /name="_once" value="([^"]*)"/.exec(html) ?? []
    return { _csrf, _once }
  }

  return { send, call, post, postOnce, guardsOf }
}

/** @throws Error when the door does not open */
export async function signedIn(address: string, login: string, password = standPassword): Promise<Caller> {
  const person = caller(address)
  const { status, body } = await person.call('POST', '/session', { login, password })
  if (status !== 201) throw new Error(`${login} cannot sign in: ${status} ${JSON.stringify(body)}`)
  return person
}

/** The stand's report of an organisation, by a part of its name and the form's cipher. */
export async function findReport(person: Caller, organisation: string, year = 2026, cipher = '85-К') {
  const { body } = await person.call('GET', `/reports?${new URLSearchParams({ q: organisation, year: String(year) })}`)
  const found = body.reports.find(({ form }: { form: { cipher: string } }) => form.cipher === cipher)
  if (!found) throw new Error(`No report ${cipher} of ${organisation} for ${year}`)
  return found
}
