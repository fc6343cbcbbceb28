import { TOTP } from 'otpauth'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '../../../../test/support/clients.ts'
import { activated, lastLetterTo, type Newcomer } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(() => world.db.deleteFrom('rate_limits').execute())

/** A code of now, or of so many steps from now. */
const codeOf = (secret: string, shift = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + shift * 30_000 })
/** A step has been used by the set-up; the tests need not wait for the next. */
const forgetStep = () => world.db.updateTable('authenticators').set({ last_step: 0 }).execute()

async function entered(person: Newcomer, client = world.visitor()): Promise<ApiClient> {
  const { status } = await client.post('/session', { login: person.email, password: person.password })
  expect(status).toBe(201)
  return client
}

const stageOf = async (client: ApiClient): Promise<string> => (await client.get('/session')).body.stage

async function withAuthenticator() {
  const person = await activated(world)
  const client = await entered(person)
  const { body } = await client.post('/profile/authenticator', { password: person.password })
  const added = await client.put('/profile/authenticator', { code: codeOf(body.secret) })
  expect(added).toMatchObject({ status: 200, body: { stage: 'full' } })
  const recoveryCodes: string[] = added.body.recoveryCodes
  await forgetStep()
  return { person, client, secret: String(body.secret), recoveryCodes }
}

const pass = (client: ApiClient, code: string, way = 'authenticator', trust = false) =>
  client.post('/session/second-factor', { way, code, trust })

describe('an authenticator application', () => {
  it('is set up by its first code, and asked for at the next sign-in', async () => {
    const { person, secret, recoveryCodes } = await withAuthenticator()
    expect(new Set(recoveryCodes).size).toBe(10)
    expect((await lastLetterTo(world, person.email)).subject).toBe('Вход теперь подтверждают кодом из приложения')
    const client = await entered(person)
    expect(await stageOf(client)).toBe('second-factor')
    expect(await client.get('/profile')).toMatchObject({ status: 403, body: { code: 'step-needed' } })
    expect(await client.get('/session/second-factor')).toMatchObject({
      body: { ways: ['authenticator', 'recovery-code'], toSetUp: false },
    })
    expect(await pass(client, codeOf(secret))).toMatchObject({ status: 200, body: { stage: 'full' } })
    expect(await client.get('/profile')).toMatchObject({ status: 200 })
  })

  it('is not set up without the password, nor by a wrong code', async () => {
    const person = await activated(world)
    const client = await entered(person)
    expect(await client.post('/profile/authenticator', {})).toMatchObject({ status: 422 })
    expect(await client.post('/profile/authenticator', { password: 'Ne-Tot-1!' })).toMatchObject({
      body: { code: 'proof-refused' },
    })
    const { body } = await client.post('/profile/authenticator', { password: person.password })
    const wrong = codeOf(body.secret, 100)
    expect(await client.put('/profile/authenticator', { code: wrong })).toMatchObject({ status: 422 })
    expect((await client.get('/profile/second-factor')).body.authenticatorSince).toBeNull()
  })

  it('keeps its secret from another session of the account', async () => {
    const person = await activated(world)
    const [client, other] = [await entered(person), await entered(person)]
    const { body } = await client.post('/profile/authenticator', { password: person.password })
    expect(await other.put('/profile/authenticator', { code: codeOf(body.secret) })).toMatchObject({
      body: { code: 'set-up-expired' },
    })
  })

  it('cannot be set up instead of passing the one that there is', async () => {
    const { person, secret } = await withAuthenticator()
    const client = await entered(person)
    expect(await client.post('/profile/authenticator', { password: person.password })).toMatchObject({
      status: 409,
      body: { code: 'factor-step-over' },
    })
    expect(await client.post('/profile/sms-codes', {})).toMatchObject({ status: 409 })
    expect(await client.post('/profile/passkeys/challenge', { password: person.password })).toMatchObject({
      status: 403,
    })
    expect(await client.put('/profile/authenticator/removal', { password: person.password })).toMatchObject({
      status: 403,
    })
    expect(await client.post('/profile/recovery-codes', { password: person.password })).toMatchObject({ status: 403 })
    expect(await pass(client, codeOf(secret))).toMatchObject({ status: 200 })
  })

  it('takes a code once, also of two at the same time', async () => {
    const { person, secret } = await withAuthenticator()
    const [one, other] = [await entered(person), await entered(person)]
    const code = codeOf(secret)
    const replies = await Promise.all([pass(one, code), pass(other, code)])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 422])
    const third = await entered(person)
    expect(await pass(third, code)).toMatchObject({ status: 422, body: { code: 'wrong-factor-code' } })
    expect(await pass(third, codeOf(secret, -1))).toMatchObject({ status: 422 })
  })

  it('answers a wrong code, a used one and a way that is not there alike', async () => {
    const { person, secret } = await withAuthenticator()
    const client = await entered(person)
    const code = codeOf(secret)
    await pass(await entered(person), code)
    const replies = [
      await pass(client, code),
      await pass(client, '000000'),
      await pass(client, 'aaaaa-aaaaa', 'recovery-code'),
      await pass(client, '123456', 'sms'),
    ]
    const told = replies.map(({ status, body: { requestId: _, ...body } }) => ({ status, body }))
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1)
  })

  it('is locked by guesses, for a right code too and at once, and the wait grows', async () => {
    const { person, secret } = await withAuthenticator()
    const client = await entered(person)
    const guesses = await Promise.all(Array.from({ length: 12 }, (_, guess) => pass(client, String(100_000 + guess))))
    expect(guesses.filter(({ status }) => status === 422)).toHaveLength(5)
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(7)
    expect(await pass(client, codeOf(secret))).toMatchObject({ status: 429 })
    expect(await pass(await entered(person), codeOf(secret))).toMatchObject({ status: 429 })

    await endLocks(15)
    for (let guess = 0; guess < 5; guess += 1) expect((await pass(client, '111111')).status).toBe(422)
    await endLocks(15)
    const locked = await pass(client, codeOf(secret))
    expect(locked).toMatchObject({ status: 429 })
    expect(locked.body.params.seconds).toBeGreaterThan(20 * 60)
  })

  it('is not lost by others’ guesses: each account has its own count', async () => {
    const { person, secret } = await withAuthenticator()
    const { person: victim } = await withAuthenticator()
    const guesser = await entered(victim)
    for (let guess = 0; guess < 6; guess += 1) await pass(guesser, '111111')
    expect(await pass(await entered(person), codeOf(secret))).toMatchObject({ status: 200 })
  })

  it('is replaced after a proof; the old one gives codes until the new one has given its first', async () => {
    const { client, secret } = await withAuthenticator()
    const begun = await client.post('/profile/authenticator', { code: codeOf(secret) })
    expect(begun).toMatchObject({ status: 200 })
    await forgetStep()
    expect(await client.put('/profile/authenticator', { code: codeOf(secret) })).toMatchObject({ status: 422 })
    const replaced = await client.put('/profile/authenticator', { code: codeOf(begun.body.secret) })
    expect(replaced).toMatchObject({ status: 200, body: { recoveryCodes: null } })
    expect(await client.put('/profile/authenticator/removal', { code: codeOf(secret) })).toMatchObject({ status: 422 })
  })

  it('is removed after a proof, with a letter, and the recovery codes go with it', async () => {
    const { person, client, recoveryCodes } = await withAuthenticator()
    expect(await client.put('/profile/authenticator/removal', {})).toMatchObject({ status: 422 })
    const removed = await client.put('/profile/authenticator/removal', { password: person.password })
    expect(removed).toMatchObject({ status: 204 })
    expect((await lastLetterTo(world, person.email)).subject).toBe('Приложение для кодов отключено')
    expect(await stageOf(await entered(person))).toBe('full')
    expect(await pass(client, recoveryCodes[0] ?? '', 'recovery-code')).toMatchObject({ status: 422 })
  })
})

/** As if so many minutes had passed. */
const endLocks = async (minutes: number) => {
  const rows = await world.db.selectFrom('rate_limits').select(['bucket', 'resets_at as resetsAt']).execute()
  for (const { bucket, resetsAt } of rows)
    await world.db
      .updateTable('rate_limits')
      .set({ resets_at: new Date(resetsAt.getTime() - minutes * 60_000) })
      .where('bucket', '=', bucket)
      .execute()
}

describe('codes by SMS', () => {
  const phone = '+79135550199'
  const lastSms = async () => /\d{6}/.exec((await lastLetterTo(world, phone)).text)?.[0] ?? ''

  it('go to a confirmed telephone alone, are turned on by the first and pass the step, each once', async () => {
    const person = await activated(world)
    const client = await entered(person)
    const refused = await client.post('/profile/sms-codes', { password: person.password })
    expect(refused).toMatchObject({ status: 409, body: { code: 'phone-not-confirmed' } })
    await world.db
      .updateTable('accounts')
      .set({ phone, phone_confirmed_at: new Date() })
      .where('email', '=', person.email)
      .execute()
    expect(await client.post('/profile/sms-codes', {})).toMatchObject({ status: 422 })
    expect(await client.post('/profile/sms-codes', { password: person.password })).toMatchObject({ status: 204 })
    const turnedOn = await client.put('/profile/sms-codes', { code: await lastSms() })
    expect(turnedOn).toMatchObject({ status: 200, body: { stage: 'full' } })

    await world.db.deleteFrom('rate_limits').execute()
    const next = await entered(person)
    const view = await next.get('/session/second-factor')
    expect(view.body).toEqual({ ways: ['sms', 'recovery-code'], phone: '…01-99', toSetUp: false })
    expect(await next.post('/session/second-factor/sms-code')).toMatchObject({ status: 204 })
    const code = await lastSms()
    expect(await pass(next, code === '000000' ? '000001' : '000000', 'sms')).toMatchObject({ status: 422 })
    expect(await pass(next, code, 'sms')).toMatchObject({ status: 200, body: { stage: 'full' } })
    expect(await pass(await entered(person), code, 'sms')).toMatchObject({ status: 422 })
  })
})

describe('recovery codes', () => {
  it('pass the step, each once, however they are typed, and tell how many are left', async () => {
    const { person, recoveryCodes } = await withAuthenticator()
    const [code = ''] = recoveryCodes
    const typed = code.toUpperCase().replace('-', ' ')
    expect(await pass(await entered(person), typed, 'recovery-code')).toMatchObject({ status: 200 })
    expect((await lastLetterTo(world, person.email)).text).toContain('Осталось: 9')
    expect(await pass(await entered(person), code, 'recovery-code')).toMatchObject({ status: 422 })
  })

  it('are another’s to nobody', async () => {
    const { recoveryCodes } = await withAuthenticator()
    const { person } = await withAuthenticator()
    expect(await pass(await entered(person), recoveryCodes[0] ?? '', 'recovery-code')).toMatchObject({ status: 422 })
  })

  it('made anew void the old', async () => {
    const { person, client, recoveryCodes } = await withAuthenticator()
    const made = await client.post('/profile/recovery-codes', { password: person.password })
    expect(made.body.recoveryCodes).toHaveLength(10)
    expect(await pass(await entered(person), recoveryCodes[1] ?? '', 'recovery-code')).toMatchObject({ status: 422 })
    const [fresh] = made.body.recoveryCodes
    expect(await pass(await entered(person), fresh, 'recovery-code')).toMatchObject({ status: 200 })
  })

  it('lie in the database as marks alone', async () => {
    const { recoveryCodes } = await withAuthenticator()
    const { rows } = await world.db
      .selectFrom('recovery_codes')
      .selectAll()
      .execute()
      .then((found) => ({ rows: JSON.stringify(found) }))
    for (const code of recoveryCodes) expect(rows).not.toContain(code)
    const kept = await world.db.selectFrom('idempotency_keys').select('body').execute()
    for (const code of recoveryCodes) expect(JSON.stringify(kept)).not.toContain(code)
  })
})

describe('a trusted device', () => {
  async function trusting() {
    const made = await withAuthenticator()
    const client = await entered(made.person)
    expect(await pass(client, codeOf(made.secret), 'authenticator', true)).toMatchObject({ status: 200 })
    return { ...made, client }
  }

  it('is not asked again, and no other browser is spared', async () => {
    const { person, client } = await trusting()
    await client.delete('/session')
    expect(await stageOf(await entered(person, client))).toBe('full')
    expect(await stageOf(await entered(person))).toBe('second-factor')
  })

  it('is worth nothing for another account', async () => {
    const { client } = await trusting()
    const { person: other } = await withAuthenticator()
    await client.delete('/session')
    expect(await stageOf(await entered(other, client))).toBe('second-factor')
  })

  it('is seen and revoked by its owner alone', async () => {
    const { person, client } = await trusting()
    const { trustedDevices } = (await client.get('/profile/second-factor')).body
    expect(trustedDevices).toMatchObject([{ current: true }])
    const stranger = world.as('dobronravova')
    expect(await stranger.delete(`/profile/trusted-devices/${trustedDevices[0].id}`)).toMatchObject({ status: 404 })
    expect(await client.delete(`/profile/trusted-devices/${trustedDevices[0].id}`)).toMatchObject({ status: 204 })
    expect(await stageOf(await entered(person, client))).toBe('second-factor')
  })

  it('is forgotten when a factor changes, and when the password does', async () => {
    const { person, client, secret } = await trusting()
    await forgetStep()
    const { body } = await client.post('/profile/authenticator', { code: codeOf(secret) })
    await client.put('/profile/authenticator', { code: codeOf(body.secret) })
    expect((await client.get('/profile/second-factor')).body.trustedDevices).toEqual([])

    await forgetStep()
    await client.delete('/session')
    await entered(person, client)
    await pass(client, codeOf(body.secret), 'authenticator', true)
    expect((await client.get('/profile/second-factor')).body.trustedDevices).toHaveLength(1)
    await client.put('/profile/password', { current: person.password, password: 'Novaya-Zarya-8' })
    expect((await client.get('/profile/second-factor')).body.trustedDevices).toEqual([])
  })

  it('is asked again after a month', async () => {
    const { person, client } = await trusting()
    await world.db
      .updateTable('trusted_devices')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute()
    expect(await stageOf(await entered(person, client))).toBe('second-factor')
  })
})

describe('where a factor is demanded', () => {
  const demand = (roles: string[]) => world.as('orlova').put('/demanding-roles', { roles })

  it('it is set up on the way in, and the last one is not taken away', async () => {
    expect(await demand(['municipal-officer', 'responsible'])).toMatchObject({ status: 204 })
    const client = world.as('dobronravova')
    expect(await stageOf(client)).toBe('second-factor')
    expect(await client.get('/session/second-factor')).toMatchObject({ body: { ways: [], toSetUp: true } })
    const { body } = await client.post('/profile/authenticator', {})
    const added = await client.put('/profile/authenticator', { code: codeOf(body.secret) })
    expect(added).toMatchObject({ status: 200, body: { stage: 'full' } })
    await forgetStep()
    expect(await client.put('/profile/authenticator/removal', { code: codeOf(body.secret) })).toMatchObject({
      status: 409,
      body: { code: 'last-factor' },
    })
    expect((await client.get('/profile/second-factor')).body).toMatchObject({ demanded: true, recoveryCodesLeft: 10 })
    await demand([])
  })

  it('it is demanded of an operator’s helper too, as long as the helper acts for the operator', async () => {
    const helper = async () => stageOf(world.as('zadunayskaya'))
    const operator = (change: object) => world.db.updateTable('helpers').set(change).execute()
    expect(await helper()).toBe('full')
    await demand(['region-operator'])
    expect(await helper()).toBe('second-factor')
    expect(await stageOf(world.as('belozertseva'))).toBe('full')
    await operator({ suspended_at: new Date() })
    expect(await helper()).toBe('full')
    await operator({ suspended_at: null })
    await demand(['municipal-officer'])
    expect(await helper()).toBe('full')
    await demand([])
  })

  it('only an administrator says so', async () =>
    expect(await world.as('tihomirov').put('/demanding-roles', { roles: [] })).toMatchObject({ status: 403 }))
})
