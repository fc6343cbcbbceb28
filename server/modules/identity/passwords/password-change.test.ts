import { beforeAll, describe, expect, it } from 'vitest'
import { activated, lastLetterTo, newcomer, signIn, tokenTo, wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const fresh = 'Novaya-Zarya-8'

describe('a forgotten password', () => {
  it('is set anew by page: address, letter, link, new password', async () => {
    const person = await activated(world)
    const visitor = world.page()
    const asked = await visitor.submit('/password-reset', { contact: person.email })
    expect(asked).toMatchObject({ status: 303, location: expect.stringMatching(/^\/password-reset\/sent\?ticket=/) })
    const { links } = await lastLetterTo(world, person.email)
    const link = new URL(links[0] ?? '')
    expect(link.origin + link.pathname).toBe('http://localhost/password-reset/new')
    const address = link.pathname + link.search
    const fields = { token: link.searchParams.get('token') ?? '', password: fresh, passwordAgain: fresh }
    const set = await visitor.submit('/password-reset/new', fields, address)
    expect(set).toMatchObject({ status: 303, location: '/sign-in' })

    expect(await signIn(world, person.email, fresh)).toMatchObject({ status: 201 })
    expect(await signIn(world, person.email, person.password)).toMatchObject({ status: 401 })
    expect((await lastLetterTo(world, person.email)).subject).toBe('Пароль изменён')
    expect(wordsOf(await visitor.get(address))).toContain('Эта ссылка не сработает')
  })

  it('is answered alike for known and unknown addresses, and by letter only to the known', async () => {
    const person = await activated(world)
    await world.settle()
    const before = (await world.lettersTo(person.email)).length
    const known = await world.visitor().post('/password-resets', { contact: person.email })
    const unknown = await world.visitor().post('/password-resets', { contact: 'nikogo@verhneozersk.example' })
    expect([known.status, Object.keys(known.body)]).toEqual([unknown.status, Object.keys(unknown.body)])
    await world.settle()
    expect(await world.lettersTo(person.email)).toHaveLength(before + 1)
    expect(await world.lettersTo('nikogo@verhneozersk.example')).toHaveLength(0)
  })

  it('leads to the configured portal, whatever the headers say', async () => {
    const person = await activated(world)
    const headers = {
      'x-forwarded-host': 'elsewhere.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=elsewhere.example',
    }
    await world.visitor().post('/password-resets', { contact: person.email }, headers)
    const { text, links } = await lastLetterTo(world, person.email)
    expect(text).not.toContain('elsewhere.example')
    expect(links[0]).toMatch(/^http:\/\/localhost\//)
  })

  it('ends every session', async () => {
    const person = await activated(world)
    const client = world.visitor()
    await client.post('/session', { login: person.email, password: person.password })
    await world.visitor().post('/password-resets', { contact: person.email })
    const token = await tokenTo(world, person.email)
    await world.visitor().put('/password-resets', { token, password: fresh })
    expect(await client.get('/session')).toMatchObject({ status: 401 })
  })

  it('takes a link once, also of two at the same time, and older links die with it', async () => {
    const person = await activated(world)
    await world.visitor().post('/password-resets', { contact: person.email })
    const older = await tokenTo(world, person.email)
    await world.visitor().post('/password-resets', { contact: person.email })
    const token = await tokenTo(world, person.email)
    const replies = await Promise.all(
      [fresh, 'Drugaya-Zarya-9'].map((password) => world.visitor().put('/password-resets', { token, password })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 410])
    expect(await world.visitor().put('/password-resets', { token: older, password: fresh })).toMatchObject({
      status: 410,
    })
  })

  it('takes no link after an hour', async () => {
    const person = await activated(world)
    await world.visitor().post('/password-resets', { contact: person.email })
    const token = await tokenTo(world, person.email)
    await world.db
      .updateTable('one_time_tokens')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('kind', '=', 'password-reset')
      .execute()
    expect(await world.visitor().put('/password-resets', { token, password: fresh })).toMatchObject({ status: 410 })
    expect(await signIn(world, person.email, person.password)).toMatchObject({ status: 201 })
  })

  it('does not use the link up by a password that does not do', async () => {
    const person = await activated(world)
    await world.visitor().post('/password-resets', { contact: person.email })
    const token = await tokenTo(world, person.email)
    for (const password of ['korotko', `${person.userName}-A1!`])
      expect(await world.visitor().put('/password-resets', { token, password })).toMatchObject({ status: 422 })
    expect(await world.visitor().put('/password-resets', { token, password: fresh })).toMatchObject({ status: 204 })
  })

  it('opens the sign-in that wrong guesses have closed', async () => {
    const person = await activated(world)
    for (let attempt = 0; attempt < 10; attempt += 1) await signIn(world, person.email, 'Ne-Tot-1!')
    await world.visitor().post('/password-resets', { contact: person.email })
    await world.visitor().put('/password-resets', { token: await tokenTo(world, person.email), password: fresh })
    expect(await signIn(world, person.email, fresh)).toMatchObject({ status: 201 })
  })

  it('confirms the address, since its letter was read', async () => {
    const person = newcomer()
    await world.visitor().post('/registrations', person)
    await world.visitor().post('/password-resets', { contact: person.email })
    await world.visitor().put('/password-resets', { token: await tokenTo(world, person.email), password: fresh })
    expect(await signIn(world, person.email, fresh)).toMatchObject({ status: 201 })
  })

  it('is asked for at most five times an hour for one address, known or not', async () => {
    for (const email of [(await activated(world)).email, 'nikogo-tozhe@verhneozersk.example']) {
      const statuses = []
      for (let attempt = 0; attempt < 6; attempt += 1)
        statuses.push((await world.visitor().post('/password-resets', { contact: email })).status)
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429])
    }
  })
})

describe('changing one’s password', () => {
  const signedIn = async () => {
    const person = await activated(world)
    const client = world.visitor()
    await client.post('/session', { login: person.email, password: person.password })
    return { person, client }
  }

  it('ends the other sessions and keeps this one', async () => {
    const { person, client } = await signedIn()
    const other = world.visitor()
    await other.post('/session', { login: person.email, password: person.password })
    const change = { current: person.password, password: fresh }
    expect(await client.put('/profile/password', change)).toMatchObject({ status: 204 })
    expect(await client.get('/session')).toMatchObject({ status: 200 })
    expect(await other.get('/session')).toMatchObject({ status: 401 })
    expect(await signIn(world, person.email, fresh)).toMatchObject({ status: 201 })
    expect((await lastLetterTo(world, person.email)).subject).toBe('Пароль изменён')
  })

  it('needs the current one, and another than it', async () => {
    const { person, client } = await signedIn()
    const wrong = await client.put('/profile/password', { current: 'Ne-Tot-1!', password: fresh })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'current' }] } })
    const same = await client.put('/profile/password', { current: person.password, password: person.password })
    expect(same).toMatchObject({ status: 422, body: { errors: [{ field: 'password' }] } })
    expect(await signIn(world, person.email, person.password)).toMatchObject({ status: 201 })
  })
})

describe('the profile', () => {
  it('is seen and changed by page', async () => {
    const person = await activated(world)
    const page = world.page()
    await page.submit('/sign-in', { login: person.email, password: person.password })
    const seen = await page.get('/profile')
    for (const words of ['Мой профиль', 'Изменить', 'Выйти', person.email, 'Этот сеанс'])
      expect(wordsOf(seen)).toContain(words)

    const form = {
      surname: 'Ключевская-Дальняя',
      name: 'Варвара',
      patronymic: '',
      position: 'старший методист',
    }
    const saved = await page.submit('/profile/edit', { ...form, version: '2' })
    expect(saved).toMatchObject({ status: 303, location: '/profile' })
    const told = wordsOf(await page.get('/profile'))
    for (const words of ['Профиль сохранён', 'Ключевская-Дальняя Варвара', 'старший методист'])
      expect(told).toContain(words)
  })

  it('is not overwritten by a stale form', async () => {
    const client = world.as('krylatskaya')
    const { body } = await client.get('/profile')
    const change = (position: string) => client.patch('/profile', { position, version: body.version })
    expect(await change('секретарь')).toMatchObject({ status: 200, body: { position: 'секретарь' } })
    expect(await change('архивариус')).toMatchObject({ status: 409 })
  })

  it('is nobody’s without signing in', async () => {
    expect(await world.visitor().get('/profile')).toMatchObject({ status: 401 })
    expect(await world.page().get('/profile')).toMatchObject({ status: 303, location: '/sign-in?next=%2Fprofile' })
  })
})
