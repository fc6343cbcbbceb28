/** ЕСИА for tests: the stand-in in the portal's own process, or one that listens, honest or hostile, on this machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { newGostKey, selfSignedCertificate, writePrivateKey } from '../../server/kernel/signing/index.ts'
import { configureEsia, type EsiaProvider, openEsia } from '../../server/modules/identity/index.ts'
import { standEsiaMachine } from '../../server/stand/esia/machine.ts'
import { StandEsia } from '../../server/stand/esia/stand-esia.ts'
import type { PageClient, PageReply } from './clients.ts'

/** Goes out; the request that the portal signed, as ЕСИА gets it. */
export async function atEsia(client: PageClient, start = '/esia/sign-in'): Promise<URLSearchParams> {
  const { location, html } = await client.get(start)
  return new URL(location ?? onwardIn(html)).searchParams
}

/** Where a page leads on by itself. */
export const onwardIn = (html: string): string =>
  (/<meta http-equiv="refresh" content="0; url=([^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')

export const pathOf = (address: string): string => {
  const { pathname, search } = new URL(address, 'http://localhost')
  return pathname + search
}

export type ListeningEsia = {
  esia: StandEsia
  provider: EsiaProvider
  /** Instead of an honest answer to a path, such as `/rs/prns/1000000001`. */
  answer: Map<string, () => Response | Promise<Response>>
  /** Paths that the portal has called. */
  called: string[]
  /** Chooses a person, and gives the path of the portal to which the browser comes back. */
  choose: (request: URLSearchParams, person: string) => string
  close: () => Promise<void>
}

/** A ЕСИА on a port of its own, and the portal configured by it. */
export async function listeningEsia({
  markers = 'RS256',
  signing = 'raw',
}: {
  markers?: 'RS256' | 'GOST3410_2012_256'
  signing?: 'raw' | 'pkcs7'
} = {}): Promise<ListeningEsia> {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-esia-'))
  const keep = (name: string, text: string) => {
    writeFileSync(join(directory, name), text)
    return join(directory, name)
  }
  const key = newGostKey()
  const certificate = selfSignedCertificate(key, 'Портал')
  const answer: ListeningEsia['answer'] = new Map()
  const called: string[] = []
  let esia: StandEsia | undefined
  const app = new Hono()
  app.use(async (c, next) => {
    called.push(c.req.path)
    const other = answer.get(c.req.path)
    if (other) return other()
    return next()
  })
  app.route(
    '/',
    standEsiaMachine(() => esia as StandEsia), // as: nobody calls before it is made below
  )
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // as: it listens on a port, not on a pipe
  const made = new StandEsia({
    url,
    markers,
    clients: [{ id: 'PORTAL', certificate, redirects: ['http://localhost/esia/callback'] }],
  })
  esia = made
  const provider = openEsia(
    {
      url,
      clientId: 'PORTAL',
      keyFile: keep('key.pem', writePrivateKey(key)),
      certificateFile: keep('certificate.pem', certificate),
      signing,
      markerKeyFiles: [keep('marker.pem', made.markerKey)],
      scopes: 'openid fullname snils inn email mobile usr_org birthdate'.split(' '),
      offline: true,
    },
    'http://localhost',
    fetch,
  )
  configureEsia(provider)
  return {
    esia: made,
    provider,
    answer,
    called,
    choose: (request, person) => pathOf(made.choose(request, person)),
    close: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()))
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Comes in as a person of a listening ЕСИА; the answer of the portal. */
export async function comeAs(
  { choose }: ListeningEsia,
  client: PageClient,
  person: string,
  start?: string,
): Promise<PageReply> {
  return client.get(choose(await atEsia(client, start), person))
}
