import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { firstRules } from '../../../../contracts/audiences.ts'
import { lastLetterTo, signIn, tokenTo, wordsOf } from '../../../../test/support/newcomers.ts'
import { codeIn, personOf, personsPassword } from '../../../../test/support/people.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { insertTrustedDevice } from '../second-factor/devices.queries.ts'
import { hashOf } from '../secrets.ts'
import { knownPasswords } from './known-passwords.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(() => world.db.deleteFrom('rate_limits').execute())

const fresh = 'Gornaya-Tropa-58'
const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000')
const ask = (contact: string, way = 'code') => world.visitor().post('/password-resets', { contact, way })
const set = (contact: string, code: string, password = fresh) =>
  world.visitor().put('/password-resets/code', { contact, code, password })

describe.each(['phone', 'email'] as const)('a forgotten password by a code to the %s', (kind) => {
  it('is set anew; sessions end, and no device is trusted any more', async () => {
    const person = await personOf(world)
    const contact = person[kind]
    const client = world.visitor()
    await client.post('/session', { login: person.email, password: personsPassword })
    await transaction(world, (tx) =>
      insertTrustedDevice(tx, { accountId: person.id, tokenHash: hashOf(`device ${kind}`), userAgent: '', days: 30 }),
    )
    expect(await ask(contact)).toMatchObject({ status: 202, body: { number: expect.stringMatching(/^\d{6}-\d{6}$/) } })
    const code = codeIn((await lastLetterTo(world, contact)).text)
    expect(await set(contact, code)).toMatchObject({ status: 204 })

    expect((await client.get('/session')).status).toBe(401)
    expect(await signIn(world, person.email, fresh)).toMatchObject({ status: 201 })
    expect(await signIn(world, person.email, personsPassword)).toMatchObject({ status: 401 })
    const devices = world.db.selectFrom('trusted_devices').select('revoked_at').where('account_id', '=', person.id)
    expect((await devices.executeTakeFirstOrThrow()).revoked_at).not.toBeNull()
    expect((await lastLetterTo(world, person.email)).subject).toBe('Пароль изменён')
    expect(await set(contact, code, 'Drugaya-Tropa-59')).toMatchObject({ status: 422 })
  })

  it('keeps the code when only the password will not do', async () => {
    const contact = (await personOf(world))[kind]
    await ask(contact)
    const code = codeIn((await lastLetterTo(world, contact)).text)
    expect(await set(contact, code, 'Klyuchevskaya1!')).toMatchObject({ status: 204 })
    await world.db.deleteFrom('rate_limits').execute()
    await ask(contact)
    const next = codeIn((await lastLetterTo(world, contact)).text)
    const own = `${(await personOf(world)).surname}`
    expect(await set(contact, next, `${own}-2027`)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'password' }] },
    })
    expect(await set(contact, next)).toMatchObject({ status: 204 })
  })

  it('is answered alike for an address that nobody has: asked, asked too soon, guessed', async () => {
    const known = (await personOf(world))[kind]
    const unknown = kind === 'phone' ? '+79990000001' : 'nikogo@verhneozersk.example'
    const walk = async (contact: string) => {
      const answers = [await ask(contact), await ask(contact)]
      const code = codeIn((await world.lettersTo(contact)).at(-1)?.text ?? '')
      for (let tried = 0; tried < 6; tried += 1) answers.push(await set(contact, wrongOf(code)))
      return answers.map(({ status, body }) => [status, { ...body, requestId: '', number: '', params: '' }])
    }
    expect(await walk(known)).toEqual(await walk(unknown))
    await world.settle()
    expect(await world.lettersTo(unknown)).toEqual([])
  })
})

describe('what a reset takes', () => {
  it('is a confirmed telephone only', async () => {
    const person = await personOf(world, { phoneConfirmed: false })
    expect((await ask(person.phone)).status).toBe(202)
    await world.settle()
    expect(await world.lettersTo(person.phone)).toEqual([])
  })

  it('is nobody’s closed account', async () => {
    const person = await personOf(world)
    await world.db.updateTable('accounts').set({ blocked_at: new Date() }).where('id', '=', person.id).execute()
    expect((await ask(person.email)).status).toBe(202)
    await world.settle()
    expect(await world.lettersTo(person.email)).toEqual([])
  })

  it('is guessed at five times, and the right code comes too late then', async () => {
    const { phone } = await personOf(world)
    await ask(phone)
    const code = codeIn((await lastLetterTo(world, phone)).text)
    for (let tried = 0; tried < 5; tried += 1) expect((await set(phone, wrongOf(code))).status).toBe(422)
    expect((await set(phone, code)).status).toBe(422)
  })

  it('is a number for support, shown after three failures and kept in the journal', async () => {
    const { email, id } = await personOf(world)
    const page = world.page()
    const sent = await page.submit('/password-reset', { contact: email, way: 'code' })
    const address = sent.location ?? ''
    const ticket = new URL(address, 'http://x').searchParams.get('ticket') ?? ''
    const code = codeIn((await lastLetterTo(world, email)).text)
    const guess = () =>
      page.submit(
        '/password-reset/code',
        { ticket, code: wrongOf(code), password: fresh, passwordAgain: fresh },
        address,
      )
    const first = wordsOf(await guess())
    expect(first).toContain('Номер заявки на восстановление')
    expect(first).not.toContain('Обратитесь в поддержку')
    const second = wordsOf(await guess())
    const number = /Назовите номер заявки (\d{6}-\d{6})/.exec(second)?.[1]
    expect(number).toBeDefined()
    const entry = await world.db
      .selectFrom('journal')
      .select('body')
      .where('action', '=', 'password.reset-asked')
      .where('subject_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(entry.body)).toMatchObject({ details: { number } })
    expect(wordsOf(await world.page().get('/support'))).toContain('номер заявки')
  })

  it('shows no address in the line of the browser', async () => {
    const { email } = await personOf(world)
    const page = world.page()
    const { location } = await page.submit('/password-reset', { contact: email, way: 'link' })
    expect(location).not.toContain(email.split('@')[0])
    expect(wordsOf(await page.get(location ?? ''))).toContain('Запрос принят')
  })
})

describe('the rule of a password', () => {
  it('is that of the audience: fifteen of any signs instead of four kinds', async () => {
    const rule = { ...firstRules.specialist, passwordProfile: 'long' as const }
    await world.db
      .insertInto('audience_rules')
      .values({ audience: 'specialist', rule: JSON.stringify(rule) })
      .execute()
    const person = await personOf(world, { audience: 'specialist' })
    await ask(person.email, 'link')
    const token = await tokenTo(world, person.email)
    const by = (password: string) => world.visitor().put('/password-resets', { token, password })
    for (const bad of [
      fresh.slice(0, 12),
      'пароль пароль пароль',
      'абвгдежзийклмно',
      '1234567890123456',
      'aaaaaaaaaaaaaaaaaa',
    ])
      expect((await by(bad)).status, bad).toBe(422)
    expect((await by('четыре слова никак рядом')).status).toBe(204)
    await world.db.deleteFrom('audience_rules').execute()
  })

  it('knows thousands that are tried first, Russian ones on Latin keys too', () => {
    expect(knownPasswords.size).toBeGreaterThan(3000)
    for (const word of ['солнышкомоё', 'cjkysirjvj`', 'cjkysirjvjt', 'solnyshkomoe', 'katyusha', 'rfn.if', '1qaz2wsx'])
      expect(knownPasswords.has(word), word).toBe(true)
  })

  it.each(['Cjkysirjvjt-27', 'Katyusha-2027', 'Бухгалтерия-1', '1Qaz2wsx!', 'Солнышкомоё!1'])(
    'refuses %s',
    async (password) => {
      const person = await personOf(world)
      await ask(person.email, 'link')
      const reply = await world
        .visitor()
        .put('/password-resets', { token: await tokenTo(world, person.email), password })
      expect(reply).toMatchObject({ status: 422, body: { errors: [{ field: 'password' }] } })
    },
  )
})

describe('a temporary password', () => {
  const inAnHour = () => new Date(Date.now() + 3_600_000)

  it('gates everything until it is replaced, by another one', async () => {
    const person = await personOf(world, { temporaryUntil: inAnHour() })
    const client = world.visitor()
    expect(await client.post('/session', { login: person.email, password: personsPassword })).toMatchObject({
      status: 201,
      body: { stage: 'password-change' },
    })
    expect(await client.get('/profile')).toMatchObject({ status: 403, body: { code: 'step-needed' } })
    expect((await client.put('/session/password', { password: personsPassword })).status).toBe(422)
    expect((await client.put('/session/password', { password: 'korotk' })).status).toBe(422)
    expect(await client.put('/session/password', { password: fresh })).toMatchObject({
      status: 200,
      body: { stage: 'full' },
    })
    expect((await client.get('/profile')).status).toBe(200)
    expect(await signIn(world, person.email, fresh)).toMatchObject({ status: 201, body: { stage: 'full' } })
    expect((await client.put('/session/password', { password: 'Eshchyo-Odin-77' })).status).toBe(403)
  })

  it('is replaced by page, and the way leads on to where one was going', async () => {
    const person = await personOf(world, { temporaryUntil: inAnHour() })
    const page = world.page()
    await page.submit('/sign-in', { login: person.email, password: personsPassword, next: '/profile' })
    expect((await page.get('/profile')).location).toBe('/sign-in/new-password?next=%2Fprofile')
    const set = await page.submit('/sign-in/new-password', { password: fresh, passwordAgain: fresh, next: '/profile' })
    expect(set.location).toBe('/profile')
  })

  it('does not come in after its time, and the refusal leads to the reset', async () => {
    const person = await personOf(world, { temporaryUntil: new Date(Date.now() - 1000) })
    expect(await signIn(world, person.email, personsPassword)).toMatchObject({
      status: 403,
      body: { code: 'temporary-password-expired' },
    })
    await ask(person.email)
    await set(person.email, codeIn((await lastLetterTo(world, person.email)).text))
    expect(await signIn(world, person.email, fresh)).toMatchObject({ status: 201, body: { stage: 'full' } })
  })
})
