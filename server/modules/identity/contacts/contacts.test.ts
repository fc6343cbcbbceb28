import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lastLetterTo, tokenTo, wordsOf } from '../../../../test/support/newcomers.ts'
import { codeIn, personOf, personsPassword } from '../../../../test/support/people.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(() => world.db.deleteFrom('rate_limits').execute())

const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000')
let made = 0
const next = () => {
  made += 1
  return made
}
const freshEmail = () => `novyy-adres${next()}@verhneozersk.example`
const freshPhone = () => `+7912777${String(next()).padStart(4, '0')}`
const codeTo = async (address: string) => codeIn((await lastLetterTo(world, address)).text)

/** A specialist comes in with neither confirmed, and a limited session. */
async function limited() {
  const person = await personOf(world, { audience: 'specialist', emailConfirmed: false, phoneConfirmed: false })
  const client = world.visitor()
  const login = async () => client.post('/session', { login: person.email, password: personsPassword })
  return { person, client, reply: await login() }
}

describe('a session with contacts that are not confirmed', () => {
  it('is limited: the cabinet opens, with a note; the rest leads to the step', async () => {
    const { person, client, reply } = await limited()
    expect(reply).toMatchObject({ status: 201, body: { stage: 'contacts' } })
    expect((await client.get('/sessions')).status).toBe(403)
    const page = world.page()
    await page.submit('/sign-in', { login: person.email, password: personsPassword })
    for (const open of ['/cabinet', '/profile', '/messages']) {
      const { status, html } = await page.get(open)
      expect([open, status]).toEqual([open, 200])
      expect(wordsOf({ html })).toContain('Подтвердите контакты')
    }
    expect((await page.get('/profile/password')).location).toBe('/sign-in/contacts?next=%2Fprofile%2Fpassword')
  })

  it('becomes full by a code to the telephone, and by one to the e-mail', async () => {
    for (const kind of ['phone', 'email'] as const) {
      const { person, client } = await limited()
      expect((await client.post(`/profile/contacts/${kind}/confirmations`, { way: 'code' })).status).toBe(204)
      const code = await codeTo(person[kind])
      const put = (typed: string) => client.put(`/profile/contacts/${kind}/confirmation`, { code: typed })
      expect(await put(wrongOf(code))).toMatchObject({ status: 422, body: { errors: [{ field: 'code' }] } })
      expect(await put(code)).toMatchObject({ status: 200, body: { stage: 'full' } })
      expect((await client.get('/sessions')).status).toBe(200)
      expect((await put(code)).status).toBe(409)
    }
  })

  it('becomes full by the link of the letter', async () => {
    const { person, client } = await limited()
    await client.post('/profile/contacts/email/confirmations', { way: 'link' })
    expect((await lastLetterTo(world, person.email)).text).toContain('Подтвердить адрес')
    expect(await client.put('/session/contacts')).toMatchObject({ body: { stage: 'contacts' } })
    await world.visitor().put('/activations', { token: await tokenTo(world, person.email) })
    expect(await client.put('/session/contacts')).toMatchObject({ status: 200, body: { stage: 'full' } })
  })

  it('lets a wrong address be corrected, and stops who names wrong ones again and again', async () => {
    const { client } = await limited()
    const correct = (value: string) => client.put('/profile/contacts/email', { value })
    expect((await correct('bez-sobaki')).status).toBe(422)
    const right = freshEmail()
    for (const value of [freshEmail(), freshEmail(), freshEmail(), right])
      expect((await correct(value)).status).toBe(204)
    expect(await correct(freshEmail())).toMatchObject({ status: 429, body: { code: 'contacts-stopped' } })
    await client.post('/profile/contacts/email/confirmations', { way: 'code' })
    const code = await codeTo(right)
    expect((await client.put('/profile/contacts/email/confirmation', { code })).status).toBe(200)
  })

  it('never tells that an address is taken: its owner gets a letter, the answer is the same', async () => {
    const owner = await personOf(world)
    for (const way of ['link', 'code']) {
      const { client } = await limited()
      await client.put('/profile/contacts/email', { value: owner.email })
      expect((await client.post('/profile/contacts/email/confirmations', { way })).status).toBe(204)
      const letter = await lastLetterTo(world, owner.email)
      expect(letter.subject).toBe('Вашу почту указали в другой учётной записи')
      expect(codeIn(letter.text)).toBe('')
      expect((await client.put('/profile/contacts/email/confirmation', { code: '123456' })).status).toBe(422)
    }
  })
})

describe('changing a confirmed contact', () => {
  async function signedIn() {
    const person = await personOf(world)
    const client = world.visitor()
    await client.post('/session', { login: person.email, password: personsPassword })
    return { person, client }
  }
  const change = (client: Awaited<ReturnType<typeof signedIn>>['client'], kind: string, value: string) =>
    client.post(`/profile/contacts/${kind}/change`, { value })

  it.each(['email', 'phone'] as const)('of the %s needs codes from both, and the old address is told', async (kind) => {
    const { person, client } = await signedIn()
    const value = kind === 'email' ? freshEmail() : freshPhone()
    expect((await change(client, kind, value)).status).toBe(204)
    const [oldCode, newCode] = [await codeTo(person[kind]), await codeTo(value)]
    const confirm = (codes: object) => client.put(`/profile/contacts/${kind}/change`, codes)
    expect((await confirm({})).status).toBe(422)
    // The old one's code is no code of the new one.
    if (oldCode !== newCode)
      expect(await confirm({ newCode: oldCode })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'newCode' }] },
      })
    expect(await confirm({ newCode })).toMatchObject({ status: 200, body: { done: false } })
    expect((await client.get('/profile/contacts')).body).toMatchObject({ [kind]: person[kind] })
    expect(await confirm({ oldCode })).toMatchObject({ status: 200, body: { done: true } })
    expect((await client.get('/profile/contacts')).body).toMatchObject({ [kind]: value, [`${kind}Confirmed`]: true })
    expect((await lastLetterTo(world, person.email)).subject).toMatch(/изменен|изменён/)
    const login = (name: string) => world.visitor().post('/session', { login: name, password: personsPassword })
    expect((await login(value)).status).toBe(201)
    expect((await login(person[kind])).status).toBe(401)
  })

  it('makes a reset link that went to the old address worthless', async () => {
    const { person, client } = await signedIn()
    await world.visitor().post('/password-resets', { contact: person.email, way: 'link' })
    const token = await tokenTo(world, person.email)
    const value = freshEmail()
    await change(client, 'email', value)
    const codes = { oldCode: await codeTo(person.email), newCode: await codeTo(value) }
    expect((await client.put('/profile/contacts/email/change', codes)).body).toEqual({ done: true })
    const reset = await world.visitor().put('/password-resets', { token, password: 'Gornaya-Tropa-58' })
    expect(reset.status).toBe(410)
  })

  it('to a taken one is answered as any other, and its owner gets a letter', async () => {
    const owner = await personOf(world)
    for (const kind of ['email', 'phone'] as const) {
      const { client } = await signedIn()
      expect((await change(client, kind, owner[kind])).status).toBe(204)
      expect((await lastLetterTo(world, owner.email)).subject).toMatch(/указали в другой/)
    }
  })

  it('keeps to the mail domains of the audience, and begins nothing for the present one', async () => {
    const { person, client } = await signedIn()
    await world.db.insertInto('free_mail_domains').values({ domain: 'darom.example', changed_by: null }).execute()
    expect(await change(client, 'email', 'kto-to@darom.example')).toMatchObject({ status: 422 })
    expect(await change(client, 'email', person.email)).toMatchObject({ status: 422 })
  })

  it('can be cancelled; a telephone cannot be changed past it', async () => {
    const { person, client } = await signedIn()
    const value = freshPhone()
    await change(client, 'phone', value)
    const codes = { oldCode: await codeTo(person.phone), newCode: await codeTo(value) }
    expect((await client.delete('/profile/contacts/phone/change')).status).toBe(204)
    expect(await client.put('/profile/contacts/phone/change', codes)).toMatchObject({ status: 409 })
    const { version } = (await client.get('/profile')).body
    const past = await client.patch('/profile', { phone: value, version })
    expect(past).toMatchObject({ status: 409, body: { code: 'contact-confirmed' } })
  })
})
