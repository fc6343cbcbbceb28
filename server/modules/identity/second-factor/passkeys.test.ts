import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '../../../../test/support/clients.ts'
import { activated, lastLetterTo, type Newcomer } from '../../../../test/support/newcomers.ts'
import { SoftPasskey } from '../../../../test/support/passkeys.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(() => world.db.deleteFrom('rate_limits').execute())

async function entered(person: Newcomer): Promise<ApiClient> {
  const client = world.visitor()
  await client.post('/session', { login: person.email, password: person.password })
  return client
}

async function add(client: ApiClient, person: Newcomer, key: SoftPasskey, given = {}) {
  const { body } = await client.post('/profile/passkeys/challenge', { password: person.password })
  return client.post('/profile/passkeys', {
    challenge: body.id,
    credential: key.register(body.options, given),
    name: 'Рабочий ноутбук',
  })
}

async function withPasskey() {
  const person = await activated(world)
  const client = await entered(person)
  const key = new SoftPasskey()
  const added = await add(client, person, key)
  expect(added).toMatchObject({ status: 201, body: { stage: 'full' } })
  return { person, client, key }
}

async function enterBy(key: SoftPasskey, given: Parameters<SoftPasskey['assert']>[1] = {}, client = world.visitor()) {
  const { body } = await client.post('/session/passkey-challenge')
  const reply = await client.post('/session/passkey', {
    challenge: body.id,
    credential: key.assert(body.options, given),
  })
  return { ...reply, client, challenge: body }
}

const refused = { status: 422, body: { code: 'passkey-refused' } }

describe('a passkey as the only factor', () => {
  it('is added in the profile and opens a full session', async () => {
    const { person, key } = await withPasskey()
    expect((await lastLetterTo(world, person.email)).subject).toBe('Добавлен ключ доступа')
    const { status, body, client } = await enterBy(key)
    expect({ status, stage: body.stage }).toEqual({ status: 201, stage: 'full' })
    expect((await client.get('/session')).body.account.email).toBe(person.email)
    const { passkeys } = (await client.get('/profile/second-factor')).body
    expect(passkeys).toMatchObject([{ name: 'Рабочий ноутбук', lastUsedAt: expect.any(String) }])
  })

  it.each([
    ['from another site', { origin: 'https://kabinet.example.evil.example' }],
    ['for another site', { rpId: 'evil.example' }],
    ['without the person verified', { verified: false }],
    ['of another person', { userHandle: Buffer.from('01900000-0000-7000-8000-000000000000').toString('base64url') }],
    ['to another question', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ])('an answer %s is refused', async (_, given) => {
    const { key } = await withPasskey()
    expect(await enterBy(key, given)).toMatchObject(refused)
  })

  it('an answer works once', async () => {
    const { key } = await withPasskey()
    const client = world.visitor()
    const { body } = await client.post('/session/passkey-challenge')
    const answer = { challenge: body.id, credential: key.assert(body.options) }
    const replies = await Promise.all([
      client.post('/session/passkey', answer),
      world.visitor().post('/session/passkey', answer),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 422])
    expect(await client.post('/session/passkey', answer)).toMatchObject(refused)
  })

  it('a question lives for five minutes', async () => {
    const { key } = await withPasskey()
    const client = world.visitor()
    const { body } = await client.post('/session/passkey-challenge')
    await world.db
      .updateTable('passkey_challenges')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute()
    const answer = { challenge: body.id, credential: key.assert(body.options) }
    expect(await client.post('/session/passkey', answer)).toMatchObject(refused)
  })

  it('a counter that goes back or stands still is refused and journalled', async () => {
    const { key } = await withPasskey()
    expect((await enterBy(key, { counter: 7 })).status).toBe(201)
    for (const counter of [7, 6, 0]) expect(await enterBy(key, { counter })).toMatchObject(refused)
    expect((await enterBy(key, { counter: 8 })).status).toBe(201)
    const noted = await world.db.selectFrom('journal').select('body').where('action', '=', 'passkey.refused').execute()
    expect(JSON.stringify(noted)).toContain('counter went back')
  })

  it('a key that was removed, and one that nobody has added, are refused alike', async () => {
    const { person, client, key } = await withPasskey()
    const [own] = (await client.get('/profile/second-factor')).body.passkeys
    expect(await client.put(`/profile/passkeys/${own.id}/removal`, {})).toMatchObject({ status: 422 })
    expect(await client.put(`/profile/passkeys/${own.id}/removal`, { password: person.password })).toMatchObject({
      status: 204,
    })
    expect(await enterBy(key)).toMatchObject(refused)
    expect(await enterBy(new SoftPasskey())).toMatchObject(refused)
  })

  it('does not open an account that is closed', async () => {
    const { person, key } = await withPasskey()
    await world.db.updateTable('accounts').set({ blocked_at: new Date() }).where('email', '=', person.email).execute()
    expect(await enterBy(key)).toMatchObject({ status: 403, body: { code: 'account-blocked' } })
  })
})

describe('a passkey as the second factor', () => {
  async function atStep() {
    const { person, key } = await withPasskey()
    const client = await entered(person)
    expect((await client.get('/session')).body.stage).toBe('second-factor')
    const { body } = await client.post('/session/second-factor/passkey-challenge')
    return { person, client, key, question: body }
  }
  const answer = (client: ApiClient, challenge: string, credential: unknown) =>
    client.post('/session/second-factor/passkey', { challenge, credential })

  it('passes the step', async () => {
    const { client, key, question } = await atStep()
    expect(await answer(client, question.id, key.assert(question.options))).toMatchObject({ body: { stage: 'full' } })
  })

  it('is not passed by the question of another session', async () => {
    const { client, key } = await atStep()
    const other = await atStep()
    const { id, options } = other.question
    expect(await answer(client, id, key.assert(options))).toMatchObject(refused)
    const { body } = await world.visitor().post('/session/passkey-challenge')
    expect(await answer(client, body.id, key.assert(body.options))).toMatchObject(refused)
  })

  it('is not passed by the key of another account', async () => {
    const { client, question } = await atStep()
    const { key } = await withPasskey()
    expect(await answer(client, question.id, key.assert(question.options))).toMatchObject(refused)
    expect((await client.get('/session')).body.stage).toBe('second-factor')
  })
})

describe('adding a passkey', () => {
  it('needs the password, a question of this session, and this site', async () => {
    const person = await activated(world)
    const [client, other] = [await entered(person), await entered(person)]
    expect(await client.post('/profile/passkeys/challenge', {})).toMatchObject({ status: 422 })
    const key = new SoftPasskey()
    const { body } = await other.post('/profile/passkeys/challenge', { password: person.password })
    const foreign = { challenge: body.id, credential: key.register(body.options) }
    expect(await client.post('/profile/passkeys', foreign)).toMatchObject(refused)
    expect(await add(client, person, key, { origin: 'https://evil.example' })).toMatchObject(refused)
    expect(await add(client, person, key, { verified: false })).toMatchObject(refused)
    expect(await add(client, person, key)).toMatchObject({ status: 201 })
  })

  it('of a key that is known already is refused, also on another account', async () => {
    const { key } = await withPasskey()
    const person = await activated(world)
    expect(await add(await entered(person), person, key)).toMatchObject({ status: 409 })
  })

  it('another’s key is not removed', async () => {
    const { client } = await withPasskey()
    const [own] = (await client.get('/profile/second-factor')).body.passkeys
    const stranger = await activated(world)
    expect(
      await (await entered(stranger)).put(`/profile/passkeys/${own.id}/removal`, { password: stranger.password }),
    ).toMatchObject({ status: 404 })
  })
})
