import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PageClient } from '../../../../test/support/clients.ts'
import { wordsOf } from '../../../../test/support/newcomers.ts'
import {
  answerOf,
  type OpenIdPerson,
  type OpenIdProvider,
  openIdClient,
  startOpenIdProvider,
} from '../../../../test/support/openid-provider.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { configureDomains, readDomains } from './domains.ts'

let world: World
let provider: OpenIdProvider

const anna: OpenIdPerson = {
  sub: 'anna',
  family_name: 'Озёрова',
  given_name: 'Анна',
  middle_name: 'Павловна',
  email: 'anna@svetlorechye.example',
  email_verified: true,
  groups: ['auditors'],
}

describe('signing in by a provider of OpenID Connect', () => {
  beforeAll(async () => {
    world = await openWorld()
    provider = await startOpenIdProvider('http://localhost/sign-in/external/work/return')
    const place = mkdtempSync(join(tmpdir(), 'kabinet-openid-'))
    writeFileSync(join(place, 'secret'), openIdClient.secret)
    const entry = {
      name: 'work',
      title: 'Единый вход области',
      issuer: provider.issuer,
      clientId: openIdClient.id,
      clientSecretFile: 'secret',
      mailDomains: ['svetlorechye.example'],
      groups: [{ group: 'auditors', role: 'auditor', everywhere: true }],
    }
    writeFileSync(join(place, 'domains.json'), JSON.stringify({ providers: [entry] }))
    configureDomains(readDomains(join(place, 'domains.json')))
  })
  afterAll(async () => {
    configureDomains({ domains: [], providers: [] })
    await provider?.stop()
  })

  const out = async (client: PageClient, query = ''): Promise<URL> => {
    const { location } = await client.get(`/sign-in/external/work${query}`)
    return answerOf(provider, location ?? '')
  }
  const back = (client: PageClient, { pathname, search }: URL) => client.get(pathname + search)

  it('is a button of the sign-in page', async () => {
    expect(wordsOf(await world.page().get('/sign-in'))).toContain('Единый вход области')
    expect((await world.visitor().get('/sign-in-providers')).body).toEqual([
      { name: 'work', title: 'Единый вход области', address: '/sign-in/external/work' },
    ])
  })

  it('asks with PKCE, state and nonce, and to come back to the configured address alone', async () => {
    const reply = await world
      .page()
      .fetch('/sign-in/external/work', { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } })
    const { searchParams } = new URL(reply.headers.get('location') ?? '')
    expect(searchParams.get('redirect_uri')).toBe('http://localhost/sign-in/external/work/return')
    expect(searchParams.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)?.length).toBeGreaterThan(20)
  })

  it('makes the account at the first sign-in and knows it ever after', async () => {
    provider.person = anna
    const client = world.page()
    const come = await back(client, await out(client, '?next=/organisations'))
    expect(come).toMatchObject({ status: 303, location: '/sign-in/consent?next=%2Forganisations' })
    provider.person = { ...anna, family_name: 'Каменская', groups: [] }
    const again = world.page()
    await back(again, await out(again))
    const accounts = await world.db
      .selectFrom('accounts')
      .selectAll()
      .where('email', '=', anna.email ?? '')
      .execute()
    expect(accounts).toMatchObject([
      { surname: 'Каменская', email_confirmed_at: expect.any(Date), password_hash: null },
    ])
    const grants = await world.db.selectFrom('grants').selectAll().where('domain', '=', 'openid:work').execute()
    expect(grants).toMatchObject([{ role: 'auditor', revoked_at: expect.any(Date) }])
    const sessions = await world.db.selectFrom('sessions').select('door').where('door', '=', 'openid').execute()
    expect(sessions).toHaveLength(2)
  })

  it('takes an answer once, and only in the browser that went out', async () => {
    provider.person = anna
    const client = world.page()
    const answer = await out(client)
    const stranger = world.page()
    expect(await back(stranger, answer)).toMatchObject({ status: 410 })
    await out(stranger)
    expect(await back(stranger, answer)).toMatchObject({ status: 410 })
    expect(await back(client, answer)).toMatchObject({ status: 303 })
    expect(await back(client, answer)).toMatchObject({ status: 410 })
  })

  it('refuses an answer for another nonce, a made-up code, and a person’s no', async () => {
    provider.person = anna
    const client = world.page()
    const answer = await out(client)
    answer.searchParams.set('code', 'made-up')
    expect(await back(client, answer)).toMatchObject({ status: 403 })
    const [first, second] = [await out(client), await out(client)]
    first.searchParams.set('code', second.searchParams.get('code') ?? '')
    expect(await back(client, first)).toMatchObject({ status: 403 })
    provider.person = undefined
    expect(await back(client, await out(client))).toMatchObject({ status: 403 })
  })

  it('never takes over an account, but is tied by whoever is signed in to it', async () => {
    provider.person = { ...anna, sub: 'svetlana', email: 'ds14@verhneozersk.example' }
    const visitor = world.page()
    expect(await back(visitor, await out(visitor))).toMatchObject({ status: 409 })
    const svetlana = world.page('dobronravova')
    const tied = await back(svetlana, await out(svetlana, '?purpose=tie'))
    expect(tied).toMatchObject({ status: 303, location: '/profile/domains' })
    expect(wordsOf(await svetlana.get('/profile/domains'))).toContain('Связано')
    expect(await back(visitor, await out(visitor))).toMatchObject({ status: 303, location: '/cabinet' })
  })

  it('does not tie to another person who has signed in meanwhile', async () => {
    provider.person = { ...anna, sub: 'meanwhile' }
    const client = world.page('voznesensky')
    const answer = await out(client, '?purpose=tie')
    await client.fetch('/api/v1/session', { method: 'DELETE', headers: { 'idempotency-key': 'x' } })
    expect(await back(client, answer)).toMatchObject({ status: 410 })
  })

  it('is unknown by any other name', async () => {
    expect(await world.page().get('/sign-in/external/other')).toMatchObject({ status: 404 })
  })
})
