/** Every route × every role: exactly what the policy table says, no more and no less. */
import { beforeAll, describe, expect, it } from 'vitest'
import { endpointsOf } from '../../server/app.tsx'
import { allows, isRole, type Permission } from '../../server/kernel/access/index.ts'
import type { Endpoint } from '../../server/kernel/http/index.ts'
import { standAccounts } from '../../server/seeds/stand.people.ts'
import type { ApiClient } from '../support/clients.ts'
import { openWorld, type World } from '../support/world.ts'

/** What anyone may call without signing in. Adding a line here is a decision. */
const open = new Set([
  'get /api/v1/applications/kinds',
  'post /api/v1/applications/visitors',
  'post /api/v1/applications/visitors/files',
  'put /api/v1/applications/confirmations',
  'get /applications/without-account',
  'get /applications/without-account/sent',
  'get /applications/without-account/{kind}',
  'post /applications/without-account/{kind}',
  'get /applications/followed',
  'post /applications/followed',
  'post /applications/followed/answer',
  'post /applications/followed/withdrawal',
  'post /applications/followed/files',
  'get /applications/followed/files/{fileId}',
  'post /api/v1/invitations/newcomers',
  'post /invitation',
  'get /invitation',
  'get /',
  'get /public/roadmaps/{code}',
  'get /public/roadmaps/{code}/regions/{region}',
  'get /public/roadmaps/{code}/embed',
  'get /public/roadmaps/{code}/data.csv',
  'get /public/maps/{version}',
  'get /public/summaries/{key}',
  'get /public/summaries/{key}/data',
  'get /favicon.ico',
  'get /vision',
  'get /support',
  'get /guide',
  'get /guide/{chapter}',
  'get /consent',
  'get /sign-in',
  'post /sign-in',
  'post /sign-in/passkey',
  'post /sign-out',
  'get /sign-in/external/{provider}',
  'get /sign-in/external/{provider}/return',
  'get /api/v1/sign-in-providers',
  'get /esia/sign-in',
  'get /esia/callback',
  'get /esia/organisation',
  'post /esia/organisation',
  'get /esia/problem',
  'get /esia/signed-out',
  'get /registration',
  'get /registration/letter',
  'get /registration/code',
  'post /registration/code',
  'post /registration/code/again',
  'get /registration/{audience}',
  'post /registration/{audience}',
  'get /activation',
  'post /activation',
  'post /activation/letter',
  'get /erasure-cancellation',
  'post /erasure-cancellation',
  'put /api/v1/erasure-cancellations',
  'get /password-reset',
  'post /password-reset',
  'get /password-reset/sent',
  'get /password-reset/code',
  'post /password-reset/code',
  'post /password-reset/code/again',
  'get /password-reset/new',
  'post /password-reset/new',
  'post /api/v1/session',
  'post /api/v1/session/passkey-challenge',
  'post /api/v1/session/passkey',
  'post /api/v1/registrations',
  'put /api/v1/registration-codes',
  'post /api/v1/registration-codes',
  'put /api/v1/activations',
  'post /api/v1/activation-letters',
  'post /api/v1/password-resets',
  'put /api/v1/password-resets',
  'put /api/v1/password-resets/code',
  'get /support',
])
const nobody = '00000000-0000-7000-8000-000000000000'
const endpoints = endpointsOf(false)
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`
const endsSessions = (endpoint: Endpoint) =>
  /session|sign-out|password/.test(endpoint.path) && endpoint.method !== 'get'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const call = (client: ApiClient, { method, path }: Endpoint) =>
  client.fetch(path.replaceAll(/\{(\w+)\}/g, nobody), {
    method: method.toUpperCase(),
    headers: { 'content-type': path.startsWith('/api/') ? 'application/json' : 'application/x-www-form-urlencoded' },
    ...(method === 'get' || method === 'delete' ? {} : { body: path.startsWith('/api/') ? '{}' : '' }),
  })

/** How a call was met at the gate: 'in' says nothing of whether its object exists. */
async function met(response: Response, endpoint: Endpoint): Promise<'sign-in' | 'forbidden' | 'in'> {
  if (
    endpoint.kind === 'page' &&
    response.status === 303 &&
    response.headers.get('location')?.startsWith('/sign-in?next=')
  )
    return 'sign-in'
  if (response.status === 401) return 'sign-in'
  const text = response.status === 403 ? await response.text() : ''
  // A page form without its token is met by 403 too, behind the gate.
  return response.status === 403 && /"code":"forbidden"|Вашей роли это действие не.разрешено/.test(text)
    ? 'forbidden'
    : 'in'
}

describe('without signing in', () => {
  it('exactly the listed routes are open', () => {
    const said = endpoints.filter(({ needs }) => needs === 'public').map(nameOf)
    expect(said.filter((name) => !open.has(name))).toEqual([])
  })

  it('every other route asks to sign in', async () => {
    for (const endpoint of endpoints.filter(({ needs }) => needs !== 'public'))
      expect(await met(await call(world.visitor(), endpoint), endpoint), nameOf(endpoint)).toBe('sign-in')
  })
})

describe.each(standAccounts.map(({ key, role, helps }) => ({ key, role, helps })))('as $role ($key)', (person) => {
  const { key, role, helps } = person
  /** A helper has of its role what its operator has lent. */
  const isLent = (needs: Permission) => helps?.permissions.includes(needs) ?? true

  it('every route is met as the policy table says', async () => {
    const client = world.as(key)
    for (const endpoint of endpoints.filter((candidate) => candidate.needs !== 'public' && !endsSessions(candidate))) {
      const { needs } = endpoint
      const allowed =
        needs === 'signed-in' || needs === 'public' || (isRole(role) && allows(role, needs) && isLent(needs))
      expect(await met(await call(client, endpoint), endpoint), nameOf(endpoint)).toBe(allowed ? 'in' : 'forbidden')
    }
  })
})
