import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { activated, newcomer, signIn, wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { sessionCookie } from '../../../kernel/http/index.ts'
import { journal, verifyJournal } from '../../../kernel/journal/index.ts'
import { standPassword } from '../../../seeds/stand.people.ts'

const svetlana = 'ds14@verhneozersk.example'
let world: World
beforeAll(async () => {
  world = await openWorld()
})

describe('signing in', () => {
  it('says who one is, in which roles and where', async () => {
    const client = world.visitor()
    const opened = await client.post('/session', { login: 'DS14@verhneozersk.example', password: standPassword })
    expect(opened).toMatchObject({ status: 201, body: { stage: 'full', account: { surname: 'Добронравова' } } })

    const me = await client.get('/session')
    expect(me).toMatchObject({
      status: 200,
      body: {
        account: { surname: 'Добронравова', email: svetlana },
        organisation: { shortName: expect.stringContaining('Ромашка') },
        roles: [{ role: 'responsible', roleName: 'Ответственный в организации', scope: 'organisation' }],
      },
    })
  })

  it('works by user name too, whatever the case', async () => {
    const person = await activated(world)
    expect(await signIn(world, person.userName.toUpperCase(), person.password)).toMatchObject({ status: 201 })
  })

  it('leads by page to the cabinet, or to the page that was asked for', async () => {
    const fields = { login: svetlana, password: standPassword }
    expect(await world.page().submit('/sign-in', fields)).toMatchObject({ status: 303, location: '/cabinet' })
    const asked = { ...fields, next: '/organisations?q=14' }
    expect(await world.page().submit('/sign-in', asked)).toMatchObject({ location: '/organisations?q=14' })
  })

  it('never leads to another site', async () => {
    for (const next of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example']) {
      const reply = await world.page().submit('/sign-in', { login: svetlana, password: standPassword, next })
      expect(reply).toMatchObject({ status: 303, location: '/cabinet' })
    }
  })

  it('offers the people of the stand in one click', async () => {
    const told = wordsOf(await world.page().get('/sign-in'))
    for (const words of ['Введите логин (e-mail)', 'Введите пароль', 'Войти', 'На главную', 'Восстановить пароль'])
      expect(told).toContain(words)
    expect(told).toContain('Добронравова')
  })

  it('takes the same letters typed on another system', async () => {
    const person = await activated(world, { password: 'Тихий-Залив-7' })
    expect(await signIn(world, person.email, person.password.normalize('NFD'))).toMatchObject({ status: 201 })
  })
})

describe('a wrong login or password', () => {
  it('is told on the same page, with what was typed and how many attempts are left', async () => {
    const login = 'oshibka@verhneozersk.example'
    const refused = await world.page().submit('/sign-in', { login, password: 'Ne-Tot-1!' })
    expect(refused.status).toBe(401)
    expect(wordsOf(refused)).toContain('Неверная почта или пароль')
    expect(wordsOf(refused)).toContain('Осталось 9 попыток')
    expect(refused.html).toContain(login)
    expect(refused.html).not.toContain('Ne-Tot-1!')
  })

  it('gets the same answer whether the account exists or not', async () => {
    const person = await activated(world)
    const [known, unknown] = [
      await signIn(world, person.email, 'Ne-Tot-1!'),
      await signIn(world, 'nikogo@verhneozersk.example', 'Ne-Tot-1!'),
    ]
    const told = ({ status, body }: typeof known) => ({ status, ...body, requestId: '' })
    expect(told(known)).toEqual(told(unknown))
  })

  it('is written to the journal, which stays whole', async () => {
    const person = await activated(world)
    await signIn(world, person.email, 'Ne-Tot-1!')
    const rows = await world.db
      .selectFrom('journal')
      .select(['action', 'subject_id'])
      .orderBy('id', 'desc')
      .limit(1)
      .execute()
    expect(rows).toMatchObject([{ action: 'session.refused', subject_id: expect.any(String) }])
    expect(await verifyJournal(world.db)).toMatchObject({ intact: true })
  })

  it('closes the sign-in after ten, for the right password too, known login or not', async () => {
    const person = await activated(world)
    for (const login of [person.email, 'tozhe-nikogo@verhneozersk.example']) {
      const replies = []
      for (let attempt = 0; attempt < 10; attempt += 1) replies.push((await signIn(world, login, 'Ne-Tot-1!')).status)
      expect(replies).toEqual(Array(10).fill(401))
      const closed = await signIn(world, login, person.password)
      expect(closed).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
      expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(800)
    }
  })

  it('sent many at once gains no guesses: past the tenth even the right one is refused', async () => {
    const person = await activated(world)
    const passwords = [...Array(30).fill('Ne-Tot-1!'), person.password]
    const replies = await Promise.all(passwords.map((password) => signIn(world, person.email, password)))
    expect(replies.at(-1)?.status).toBe(429)
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(10)
  })

  it('is forgotten once the right one is given', async () => {
    const person = await activated(world)
    for (let attempt = 0; attempt < 9; attempt += 1) await signIn(world, person.email, 'Ne-Tot-1!')
    expect(await signIn(world, person.email, person.password)).toMatchObject({ status: 201 })
    expect(await signIn(world, person.email, 'Ne-Tot-1!')).toMatchObject({ body: { params: { left: 9 } } })
  })

  it('does not hold up many people who sign in behind one address at once', async () => {
    const replies = await Promise.all(Array.from({ length: 30 }, () => signIn(world, svetlana, standPassword)))
    expect(replies.every(({ status }) => status === 201)).toBe(true)
  })

  it.each(['account', 'failures', 'session'])(
    'waits for another deed that holds its %s and is then noted',
    async (held) => {
      const person = await activated(world)
      const client = world.visitor()
      await client.post('/session', { login: person.email, password: person.password })
      await signIn(world, person.email, 'Ne-Tot-1!')
      const rows = {
        account: sql`select from accounts where email = ${person.email} for update`,
        failures: sql`select from rate_limits for update`,
        session: sql`select from sessions for update`,
      }[held]
      const again = await transaction(world, async (tx) => {
        await rows?.execute(tx)
        const reply = client.post('/session', { login: person.email, password: person.password })
        await new Promise((resolve) => setTimeout(resolve, 300))
        journal(tx, { requestId: 'test' }, 'test.other-deed')
        return { reply }
      })
      expect(await again.reply).toMatchObject({ status: 201 })
      expect(await verifyJournal(world.db)).toMatchObject({ intact: true })
    },
  )
})

describe('an unconfirmed address', () => {
  it('is told only to who knows the password, with a button that sends the letter again', async () => {
    const person = newcomer()
    await world.visitor().post('/registrations', person)
    const visitor = world.page()
    const refused = await visitor.submit('/sign-in', { login: person.userName, password: person.password })
    expect(refused.status).toBe(403)
    expect(wordsOf(refused)).toContain('Почта не подтверждена')
    const ticket = /name="ticket" value="([^"]+)"/.exec(refused.html)?.[1] ?? ''
    const sent = await visitor.submit('/activation/letter', { ticket }, '/sign-in')
    expect(sent.status).toBe(303)
    await world.settle()
    expect(await world.lettersTo(person.email)).toHaveLength(2)

    const wrong = await visitor.submit('/sign-in', { login: person.userName, password: 'Ne-Tot-1!' })
    expect(wordsOf(wrong)).toContain('Неверная почта или пароль')
    expect(wordsOf(wrong)).not.toContain('Почта не подтверждена')
  })
})

describe('a session', () => {
  it('begins under a new token, and the one that was there before is dead', async () => {
    const client = world.visitor()
    await client.post('/session', { login: svetlana, password: standPassword })
    const before = client.cookies.get(sessionCookie) ?? ''
    await client.post('/session', { login: svetlana, password: standPassword })
    expect(client.cookies.get(sessionCookie)).not.toBe(before)

    const thief = world.visitor()
    thief.cookies.set(sessionCookie, before)
    expect(await thief.get('/session')).toMatchObject({ status: 401 })
    expect(await client.get('/session')).toMatchObject({ status: 200 })
  })

  it('is not opened by a token of the database', async () => {
    const [row] = await world.db.selectFrom('sessions').select('token_hash').limit(1).execute()
    const thief = world.visitor()
    thief.cookies.set(sessionCookie, row?.token_hash.toString('base64url') ?? '')
    expect(await thief.get('/session')).toMatchObject({ status: 401 })
  })

  it('ends by signing out, by page and by API', async () => {
    const client = world.as('dobronravova')
    await client.get('/session')
    const token = client.cookies.get(sessionCookie) ?? ''
    expect(await client.delete('/session')).toMatchObject({ status: 204 })
    client.cookies.set(sessionCookie, token)
    expect((await client.fetch('/api/v1/session')).status).toBe(401)

    const page = world.page('krylatskaya')
    expect(await page.submit('/sign-out', {}, '/profile')).toMatchObject({ status: 303, location: '/' })
    expect(page.cookies.has(sessionCookie)).toBe(false)
  })

  it.each([
    ['twelve hours without use', { last_seen_at: new Date(Date.now() - 12.1 * 3_600_000) }],
    ['its seven days', { expires_at: new Date(Date.now() - 1000) }],
  ])('ends after %s', async (_, changes) => {
    const client = world.as('zlatovratskaya')
    const { body } = await client.get('/session')
    expect(body.account.surname).toBe('Златовратская')
    await world.db.updateTable('sessions').set(changes).where('account_id', '=', body.account.id).execute()
    expect(await client.get('/session')).toMatchObject({ status: 401 })
  })

  it('notes its last use at most once a minute', async () => {
    const client = world.as('auditor')
    const { body } = await client.get('/session')
    const lastSeen = async () => {
      const row = await world.db
        .selectFrom('sessions')
        .select('last_seen_at')
        .where('account_id', '=', body.account.id)
        .executeTakeFirstOrThrow()
      return row.last_seen_at.getTime()
    }
    const first = await lastSeen()
    await client.get('/session')
    expect(await lastSeen()).toBe(first)
    const earlier = new Date(Date.now() - 61_000)
    await world.db
      .updateTable('sessions')
      .set({ last_seen_at: earlier })
      .where('account_id', '=', body.account.id)
      .execute()
    await client.get('/session')
    expect(await lastSeen()).toBeGreaterThan(earlier.getTime() + 60_000)
  })

  it('is in the list of one’s own, from which any can be ended, and nobody else’s', async () => {
    const person = await activated(world)
    const [here, there] = [world.visitor(), world.visitor()]
    for (const client of [here, there])
      await client.post('/session', { login: person.email, password: person.password })
    const { body: sessions } = await here.get('/sessions')
    expect(sessions).toHaveLength(2)
    const other = sessions.find((session: { current: boolean }) => !session.current)

    expect(await world.as('krylatskaya').delete(`/sessions/${other.id}`)).toMatchObject({ status: 404 })
    expect(await here.delete(`/sessions/${other.id}`)).toMatchObject({ status: 204 })
    expect(await here.delete(`/sessions/${other.id}`)).toMatchObject({ status: 404 })
    expect(await there.get('/session')).toMatchObject({ status: 401 })
    expect(await here.get('/session')).toMatchObject({ status: 200 })
  })

  it('of a closed account opens nothing', async () => {
    const person = await activated(world)
    const client = world.visitor()
    await client.post('/session', { login: person.email, password: person.password })
    await world.db.updateTable('accounts').set({ blocked_at: new Date() }).where('email', '=', person.email).execute()
    expect(await client.get('/session')).toMatchObject({ status: 401 })
    expect(await signIn(world, person.email, person.password)).toMatchObject({ body: { code: 'account-blocked' } })
    expect(await signIn(world, person.email, 'Ne-Tot-1!')).toMatchObject({ body: { code: 'wrong-credentials' } })
  })
})
