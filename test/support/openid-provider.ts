/** A provider of OpenID Connect on the loopback: whoever comes is told to be the person that the test has named. */
import { createServer, type Server } from 'node:http'
import Provider from 'oidc-provider'

export type OpenIdPerson = {
  sub: string
  family_name?: string
  given_name?: string
  middle_name?: string
  email?: string
  email_verified?: boolean
  groups?: string[]
}

export type OpenIdProvider = {
  issuer: string
  /** Undefined: the person says no. */
  person: OpenIdPerson | undefined
  stop: () => Promise<void>
}

export const openIdClient = { id: 'kabinet', secret: 'Sekret-Kabineta-Dlya-Proverki-1' }

export async function startOpenIdProvider(redirectUri: string): Promise<OpenIdProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const started: OpenIdProvider = { issuer, person: undefined, stop: () => closed(server) }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: openIdClient.id,
        client_secret: openIdClient.secret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    cookies: { keys: ['only for tests'] },
    ttl: { Interaction: 60, Grant: 60, Session: 60, AccessToken: 60, IdToken: 60 },
    pkce: { required: () => true },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['family_name', 'given_name', 'middle_name', 'groups'],
    },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ ...started.person, sub: accountId }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const { session, client } = oidc
      const grant = new provider.Grant({
        ...(client ? { clientId: client.clientId } : {}),
        ...(session?.accountId ? { accountId: session.accountId } : {}),
      })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  })
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next()
    const { person } = started
    const result = person ? { login: { accountId: person.sub, remember: false } } : { error: 'access_denied' }
    ctx.respond = false
    await provider.interactionFinished(ctx.req, ctx.res, result)
  })
  server.on('request', provider.callback())
  return started
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })

/** Goes where a browser would be sent, with its cookies, until it is sent back to the cabinet. */
export async function answerOf(provider: OpenIdProvider, address: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = address
  for (let hops = 0; hops < 10 && next.startsWith(provider.issuer); hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await fetch(next, { redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const given of reply.headers.getSetCookie()) {
      const [pair = ''] = given.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = reply.headers.get('location')
    if (!location) throw new Error(`${next} leads nowhere: ${reply.status} ${await reply.text()}`)
    next = new URL(location, provider.issuer).href
  }
  return new URL(next)
}
