/**
 * Providers of OpenID Connect: authorization code with PKCE, state and nonce (RFC 9700), the answer taken once and in
 * the browser that went out.
 */
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client'
import { z } from 'zod'
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound, SignInNeeded } from '../../../kernel/errors/index.ts'
import type { Context, Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { openExternalSignIn, takeExternalSignIn } from '../external/external-sign-ins.ts'
import { enter } from '../steps/enter.ts'
import { afterStep } from '../steps/pages.ts'
import { arrive, tieTo } from './arrivals.ts'
import { isLoopback } from './domain-file.ts'
import { DomainUnavailable, ProviderRefused } from './domains.errors.ts'
import { findProvider, type Provider } from './domains.ts'
import { type Proof, proofOf } from './proof.ts'

const Details = z.object({ nonce: z.string(), verifier: z.string(), next: z.string().optional() })

type Going = { purpose: 'enter' | 'tie'; next?: string | undefined }

/**
 * Where the browser goes to be proved.
 * @throws NotFound 404 for a provider that the file does not name; DomainUnavailable 503; TooManyRequests 429
 */
export async function goToProvider(ctx: Visitor, name: string, { purpose, next }: Going): Promise<string> {
  if (purpose === 'tie' && !ctx.signedIn) throw new SignInNeeded()
  const provider = getProvider(name)
  const configuration = await reached(ctx, provider, configurationOf(provider))
  const [nonce, verifier] = [randomNonce(), randomPKCECodeVerifier()]
  const details: z.input<typeof Details> = { nonce, verifier, next }
  const state = await openExternalSignIn(ctx, { provider: provider.key, purpose, details })
  return buildAuthorizationUrl(configuration, {
    redirect_uri: returnTo(ctx, provider),
    scope: provider.scopes.join(' '),
    response_type: 'code',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  }).href
}

/**
 * Takes the answer that the browser has brought, and opens a session or ties the account.
 * @returns where to go on, and whether the account was tied
 * @throws ExternalSignInDead 410, ProviderRefused 403, DomainUnavailable 503; those of `arrive` and `enter`
 */
export async function comeFromProvider(ctx: Visitor, name: string, answer: Record<string, string>) {
  const provider = getProvider(name)
  const { state } = answer
  const { purpose, details } = await takeExternalSignIn(ctx, { provider: provider.key, state, contract: Details })
  const proof = await provedBy(ctx, provider, answer, details)
  if (purpose === 'tie') {
    await tieTo(ctx as Context, proof) // as: a way out to tie comes back only to the person who is signed in
    return { next: '/profile/domains', tied: true }
  }
  const accountId = await arrive(ctx, proof)
  const { stage } = await enter(ctx, { accountId, door: 'openid', details: { domain: provider.name } })
  return { next: afterStep(stage, details.next), tied: false }
}

function getProvider(name: string): Provider {
  const provider = findProvider(name)
  if (!provider) throw new NotFound({ what: 'page' })
  return provider
}

/** Begins with the configured address of the portal, whatever the request says. */
const returnTo = (ctx: Visitor, { name }: Provider): string => `${ctx.baseUrl}/sign-in/external/${name}/return`

async function provedBy(
  ctx: Visitor,
  provider: Provider,
  answer: Record<string, string>,
  { nonce, verifier }: z.output<typeof Details>,
): Promise<Proof> {
  const configuration = await reached(ctx, provider, configurationOf(provider))
  const address = new URL(`${returnTo(ctx, provider)}?${new URLSearchParams(answer)}`)
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: answer.state ?? '',
    expectedNonce: nonce,
    idTokenExpected: true,
  }
  const tokens = await authorizationCodeGrant(configuration, address, checks).catch((error) =>
    refuse(ctx, provider, error),
  )
  const identity = tokens.claims()
  if (!identity) throw new ProviderRefused({ title: provider.title })
  const told = configuration.serverMetadata().userinfo_endpoint
    ? await reached(ctx, provider, fetchUserInfo(configuration, tokens.access_token, identity.sub))
    : {}
  return readClaims(provider, { ...identity, ...told })
}

function readClaims(provider: Provider, claims: Record<string, unknown>): Proof {
  const { claims: names } = provider
  const text = (name: string): string | undefined => {
    const value = claims[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
  const held = [claims[names.groups] ?? []].flat().filter((group) => typeof group === 'string')
  const proof = proofOf(
    provider,
    {
      // A number is a person's within its issuer alone.
      subject: `${provider.issuer} ${String(claims.sub)}`,
      surname: text(names.surname),
      name: text(names.name),
      patronymic: text(names.patronymic),
      fullName: text(names.fullName),
      mail: text(names.mail),
      position: text(names.position),
      phone: text(names.phone),
    },
    provider.groups.filter(({ group }) => held.includes(group)),
  )
  return { ...proof, emailVouched: proof.emailVouched && claims.email_verified !== false }
}

const configurations = new WeakMap<Provider, Promise<Configuration>>()

/** What the provider says of itself, asked once; asked again when it did not answer. */
function configurationOf(provider: Provider): Promise<Configuration> {
  const known = configurations.get(provider)
  if (known) return known
  const issuer = new URL(provider.issuer)
  const asked = discovery(issuer, provider.clientId, provider.clientSecret, undefined, {
    timeout: provider.timeoutSeconds,
    execute: [
      enableNonRepudiationChecks,
      ...(issuer.protocol === 'http:' && isLoopback(issuer.hostname) ? [allowInsecureRequests] : []),
    ],
  })
  asked.catch(() => configurations.delete(provider))
  configurations.set(provider, asked)
  return asked
}

async function reached<T>(ctx: Visitor, provider: Provider, asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (error) {
    await noteRefusal(ctx, provider, reasonOf(error))
    throw new DomainUnavailable({ title: provider.title })
  }
}

async function refuse(ctx: Visitor, provider: Provider, error: unknown): Promise<never> {
  await noteRefusal(ctx, provider, reasonOf(error))
  throw new ProviderRefused({ title: provider.title })
}

const noteRefusal = ({ requestId, address, db }: Visitor, { name }: Provider, why: string): Promise<void> =>
  transaction({ db }, async (tx) =>
    journal(tx, { requestId, address }, 'session.refused', undefined, { door: 'openid', domain: name, why }),
  )

/** For the journal: a code, never what was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError) return error.error.slice(0, 50)
  return error instanceof Error && 'code' in error ? String(error.code).slice(0, 50) : 'failed'
}
