import { beforeAll, describe, expect, it } from 'vitest'
import { activated, lastLetterTo, newcomer, signIn, tokenTo, wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const formOf = ({ consent: _, ...person }: ReturnType<typeof newcomer>) => ({
  ...(person as Record<string, string>), // as: a newcomer without its consent is texts alone
  passwordAgain: person.password,
  consent: 'on',
})

describe('registration', () => {
  it('by page: the form, the letter, its link, the cabinet', async () => {
    const person = newcomer()
    const visitor = world.page()
    const sent = await visitor.submit('/registration/staff', formOf(person))
    expect(sent).toMatchObject({ status: 303, location: expect.stringContaining('/registration/letter?ticket=') })
    const told = wordsOf(await visitor.get(sent.location ?? ''))
    expect(told).toContain('«Спам»')
    expect(told).toContain('Отправить письмо ещё раз')

    const letter = await lastLetterTo(world, person.email)
    expect(letter.links).toEqual([expect.stringMatching(/^http:\/\/localhost\/activation\?token=/)])
    const link = new URL(letter.links[0] ?? '')
    const page = await visitor.get(link.pathname + link.search)
    expect(page.html).toContain('Подтвердить почту')
    const token = link.searchParams.get('token') ?? ''
    const pressed = await visitor.submit('/activation', { token }, link.pathname + link.search)
    expect(pressed).toMatchObject({ status: 303, location: '/sign-in' })
    expect(wordsOf(await visitor.get('/sign-in'))).toContain('Почта подтверждена')
    expect(await signIn(world, person.userName, person.password)).toMatchObject({ status: 201 })
  })

  it('tells all that is wrong at once and keeps what was typed, but never passwords', async () => {
    const form = { ...formOf(newcomer()), surname: '', email: 'x', password: 'abc', passwordAgain: 'abd' }
    const refused = await world.page().submit('/registration/staff', form)
    expect(refused.status).toBe(422)
    for (const words of ['Введите фамилию', 'имя@домен', 'заглавную букву', 'не совпадают', 'исправьте 4 поля'])
      expect(wordsOf(refused)).toContain(words)
    expect(refused.html).toContain('value="методист"')
    expect(refused.html).not.toContain('"abd"')
  })

  it('lets a person have no patronymic, but not forget it', async () => {
    const form = { ...formOf(newcomer()), patronymic: '' }
    expect(await world.page().submit('/registration/staff', form)).toMatchObject({ status: 422 })
    const without = await world.page().submit('/registration/staff', { ...form, noPatronymic: 'on' })
    expect(without).toMatchObject({ status: 303 })
  })

  it('demands consent, and keeps which text was agreed to', async () => {
    expect(await world.visitor().post('/registrations', newcomer({ consent: false }))).toMatchObject({ status: 422 })
    const person = await activated(world)
    const row = await world.db
      .selectFrom('consents as c')
      .innerJoin('accounts as a', 'a.id', 'c.account_id')
      .select('c.version')
      .where('email', '=', person.email)
      .executeTakeFirst()
    expect(row?.version).toMatch(/^\d{4}-\d{2}$/)
    expect(wordsOf(await world.page().get('/consent'))).toContain(row?.version)
  })

  it('says in the field that a login is taken, in any case', async () => {
    const { userName } = await activated(world)
    const reply = await world.visitor().post('/registrations', newcomer({ userName: userName.toUpperCase() }))
    expect(reply).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'userName', text: expect.stringContaining('уже занят') }] },
    })
  })

  it('answers a taken address like a free one; its owner gets the ways in', async () => {
    const owner = await activated(world)
    const free = await world.visitor().post('/registrations', newcomer())
    const taken = await world.visitor().post('/registrations', newcomer({ email: owner.email.toUpperCase() }))
    expect(taken.status).toBe(free.status)
    expect(Object.keys(taken.body)).toEqual(Object.keys(free.body))

    const letter = await lastLetterTo(world, owner.email)
    expect(letter.subject).toContain('уже есть учётная запись')
    expect(letter.links.join(' ')).not.toContain('token')
    expect(await signIn(world, owner.email, owner.password)).toMatchObject({ status: 201 })
  })

  it('does not tell through the login whether the address was taken', async () => {
    const owner = await activated(world)
    const { userName } = newcomer()
    await world.visitor().post('/registrations', newcomer({ email: owner.email, userName }))
    expect(await world.visitor().post('/registrations', newcomer({ userName }))).toMatchObject({ status: 422 })
  })

  it('of someone else’s address gives nothing: the password works only if its own link was followed', async () => {
    const stranger = newcomer({ password: 'Chuzhoy-Parol-9' })
    const owner = newcomer({ email: stranger.email })
    await world.visitor().post('/registrations', owner)
    const ownersToken = await tokenTo(world, owner.email)
    await world.visitor().post('/registrations', stranger)
    const strangersToken = await tokenTo(world, owner.email)

    expect(await world.visitor().put('/activations', { token: ownersToken })).toMatchObject({ status: 204 })
    expect(await signIn(world, owner.email, owner.password)).toMatchObject({ status: 201 })
    expect(await signIn(world, owner.email, stranger.password)).toMatchObject({ status: 401 })
    expect(await signIn(world, stranger.userName, stranger.password)).toMatchObject({ status: 401 })
    expect(await world.visitor().put('/activations', { token: strangersToken })).toMatchObject({ status: 410 })
  })

  it('sends the letter again to its own registration, not to the newest under the address', async () => {
    const owner = newcomer()
    const { body } = await world.visitor().post('/registrations', owner)
    await world.visitor().post('/registrations', newcomer({ email: owner.email, password: 'Chuzhoy-Parol-9' }))
    expect(await world.visitor().post('/activation-letters', { ticket: body.ticket })).toMatchObject({ status: 202 })
    const token = await tokenTo(world, owner.email)
    await world.visitor().put('/activations', { token })
    expect(await signIn(world, owner.email, owner.password)).toMatchObject({ status: 201 })
  })

  it('sends no more than five letters an hour to one address', async () => {
    const { body } = await world.visitor().post('/registrations', newcomer())
    const again = () => world.visitor().post('/activation-letters', { ticket: body.ticket })
    const statuses = []
    for (let attempt = 0; attempt < 6; attempt += 1) statuses.push((await again()).status)
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429])
  })
})

describe('an activation link', () => {
  const registered = async () => {
    const person = newcomer()
    await world.visitor().post('/registrations', person)
    return { person, token: await tokenTo(world, person.email) }
  }

  it('is not used up by being opened', async () => {
    const { token } = await registered()
    for (let look = 0; look < 3; look += 1) await world.page().get(`/activation?token=${token}`)
    expect(await world.visitor().put('/activations', { token })).toMatchObject({ status: 204 })
  })

  it('works once', async () => {
    const { token } = await registered()
    const statuses = [
      (await world.visitor().put('/activations', { token })).status,
      (await world.visitor().put('/activations', { token })).status,
    ]
    expect(statuses).toEqual([204, 409])
    expect(wordsOf(await world.page().get(`/activation?token=${token}`))).toContain('Почта уже подтверждена')
  })

  it('works once when pressed twice at once', async () => {
    const { token } = await registered()
    const replies = await Promise.all([1, 2].map(() => world.visitor().put('/activations', { token })))
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 409])
  })

  it.each([1, 2, 3, 4, 5])('of two registrations of one address, followed at once, confirms one (%i)', async () => {
    const { person, token } = await registered()
    await world.visitor().post('/registrations', newcomer({ email: person.email }))
    const other = await tokenTo(world, person.email)
    const replies = await Promise.all(
      [token, other].map((each) => world.visitor().put('/activations', { token: each })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 410])
    const rows = await world.db.selectFrom('accounts').select('id').where('email', '=', person.email).execute()
    expect(rows).toHaveLength(1)
  })

  it('dies after three days, says so, and offers another that works', async () => {
    const { person, token } = await registered()
    await world.db
      .updateTable('one_time_tokens')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('kind', '=', 'activation')
      .execute()
    expect(await world.visitor().put('/activations', { token })).toMatchObject({ status: 410 })
    const visitor = world.page()
    const told = wordsOf(await visitor.get(`/activation?token=${token}`))
    expect(told).toContain('Ссылка больше не действует')
    expect(told).toContain('Отправить письмо ещё раз')
    await visitor.submit('/activation/letter', { ticket: token }, `/activation?token=${token}`)
    const fresh = await tokenTo(world, person.email)
    expect(await world.visitor().put('/activations', { token: fresh })).toMatchObject({ status: 204 })
  })

  it('is not the one in the database, nor one for another purpose', async () => {
    const { person } = await registered()
    const row = await world.db
      .selectFrom('one_time_tokens as t')
      .innerJoin('accounts as a', 'a.id', 't.account_id')
      .select('token_hash')
      .where('a.email', '=', person.email)
      .where('kind', '=', 'activation')
      .executeTakeFirstOrThrow()
    const token = row.token_hash.toString('base64url')
    expect(await world.visitor().put('/activations', { token })).toMatchObject({ status: 410 })
    const owner = await activated(world)
    await world.visitor().post('/password-resets', { contact: owner.email, way: 'link' })
    const reset = await tokenTo(world, owner.email)
    expect(await world.visitor().put('/activations', { token: reset })).toMatchObject({ status: 410 })
  })
})
