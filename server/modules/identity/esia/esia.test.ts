/** Coming in through «Госуслуги»: who does, who does not, and what is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { atEsia, comeAs, type ListeningEsia, listeningEsia, onwardIn, pathOf } from '../../../../test/support/esia.ts'
import { lastLetterTo, wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { standRefusals } from '../../../stand/esia/stand-esia.ts'

let world: World
let esia: ListeningEsia
beforeAll(async () => {
  world = await openWorld()
  esia = await listeningEsia()
})
afterAll(() => esia.close())

const accountOf = (email: string) =>
  world.db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst()
const tieOf = (accountId: string) =>
  world.db.selectFrom('external_identities').selectAll().where('account_id', '=', accountId).executeTakeFirst()
const why = (location: string | null) => new URL(location ?? '', 'http://localhost').searchParams.get('why')
const setPerson = (key: string, changes: object) =>
  Object.assign(esia.esia.persons.find((person) => person.key === key) ?? {}, changes)

describe('a citizen', () => {
  it('gets an account at the first sign-in, with confirmed contacts only, and the same one at the next', async () => {
    const reply = await comeAs(esia, world.page(), 'lugovaya', '/esia/sign-in?next=/messages')
    expect(reply).toMatchObject({ status: 303, location: '/sign-in/consent?next=%2Fmessages' })
    const account = await accountOf('lugovaya@pochta.example')
    expect(account).toMatchObject({
      audience: 'citizen',
      surname: 'Луговая-Заозёрная',
      snils: '00000060101',
      phone: '+70007000001',
      password_hash: null,
    })
    expect(account?.email_confirmed_at).not.toBeNull()
    const again = await comeAs(esia, world.page(), 'lugovaya')
    expect(again.location).toBe('/sign-in/consent?next=%2Fcabinet')
    const same = await world.db.selectFrom('accounts').select('id').where('surname', '=', 'Луговая-Заозёрная').execute()
    expect(same).toHaveLength(1)
  })

  it('has the name that ЕСИА tells at each sign-in, and contacts that were confirmed here', async () => {
    setPerson('lugovaya', { lastName: 'Луговая', email: 'drugaya@pochta.example' })
    await comeAs(esia, world.page(), 'lugovaya')
    expect(await accountOf('lugovaya@pochta.example')).toMatchObject({ surname: 'Луговая' })
    setPerson('lugovaya', { lastName: 'Луговая-Заозёрная', email: 'lugovaya@pochta.example' })
  })

  it('without a confirmed address is led to name one and confirm it; an unconfirmed one is not taken', async () => {
    const client = world.page()
    await comeAs(esia, client, 'bespochtova')
    const [account] = await world.db.selectFrom('accounts').selectAll().where('surname', '=', 'Беспочтова').execute()
    expect(account).toMatchObject({ email: '', email_confirmed_at: null })
    const consent = await client.get('/sign-in/consent')
    const [, version = ''] = /name="version" value="([^"]*)"/.exec(consent.html) ?? []
    const agreed = await client.submit('/sign-in/consent', { version, consent: 'on' })
    expect(agreed.location).toContain('/sign-in/contacts')
    expect(wordsOf(await client.get('/sign-in/contacts'))).toContain('не указан')
    const value = 'bespochtova.a@pochta.example'
    await client.submit(
      '/sign-in/contacts/email/correct',
      { value, kind: 'email', act: 'correct' },
      '/sign-in/contacts',
    )
    const sent = { way: 'code', kind: 'email', act: 'send' }
    await client.submit('/sign-in/contacts/email/send', sent, '/sign-in/contacts')
    const { text } = await lastLetterTo(world, value)
    const code = /\b\d{6}\b/.exec(text)?.[0] ?? ''
    const confirmed = await client.submit('/sign-in/contacts/email/code', { code, kind: 'email' }, '/sign-in/contacts')
    expect(confirmed.location).toBe('/cabinet')
  })

  it('does not come in with an unconfirmed account', async () => {
    const reply = await comeAs(esia, world.page(), 'neproverenny')
    expect(why(reply.location)).toBe('esia-unconfirmed')
  })

  it('is told at the sign-out that ЕСИА still has a session, and is led to end it', async () => {
    const client = world.page()
    await comeAs(esia, client, 'lugovaya')
    const reply = await client.submit('/sign-out', {}, '/sign-in/consent')
    expect(reply.location).toBe('/esia/signed-out')
    const page = await client.get('/esia/signed-out')
    const [, link = ''] = /href="([^"]*idp\/ext\/Logout[^"]*)"/.exec(page.html) ?? []
    const back = await fetch(link.replaceAll('&amp;', '&'), { redirect: 'manual' })
    expect(back.headers.get('location')).toBe('http://localhost/')
  })
})

describe('whom to act for', () => {
  it('is chosen after signing in; a commercial organisation is kept with the tie', async () => {
    const client = world.page()
    const reply = await comeAs(esia, client, 'podryadchikov')
    expect(reply.location).toContain('/esia/organisation?state=')
    const page = await client.get(reply.location ?? '')
    expect(wordsOf(page)).toContain('ООО «Светлореченские строительные технологии»')
    const state = new URL(reply.location ?? '', 'http://localhost').searchParams.get('state') ?? ''
    const stolen = await world.page().submit('/esia/organisation', { state, acts: 'self' }, '/sign-in')
    expect(why(stolen.location)).toBe('external-sign-in-dead')
    const nothing = await client.submit('/esia/organisation', { state }, reply.location ?? '')
    expect(nothing.status).toBe(422)
    const chosen = await client.submit('/esia/organisation', { state, acts: '1100000001' }, reply.location ?? '')
    expect(chosen.location).toBe('/sign-in/consent?next=%2Fcabinet')
    const account = await accountOf('podryadchikov@pochta.example')
    expect((await tieOf(account?.id ?? ''))?.organisation).toMatchObject({ oid: '1100000001', chief: true })
    const second = await client.submit('/esia/organisation', { state, acts: 'self' }, '/sign-in/consent')
    expect(why(second.location)).toBe('external-sign-in-dead')
  })

  it('cannot be an organisation that ЕСИА did not name', async () => {
    const client = world.page()
    const reply = await comeAs(esia, client, 'mstislavskaya')
    const state = new URL(reply.location ?? '', 'http://localhost').searchParams.get('state') ?? ''
    const chosen = await client.submit('/esia/organisation', { state, acts: '1100000001' }, reply.location ?? '')
    expect(why(chosen.location)).toBe('external-sign-in-dead')
  })

  it('does not let the callback take a state of the choice', async () => {
    const client = world.page()
    const reply = await comeAs(esia, client, 'mstislavskaya')
    const state = new URL(reply.location ?? '', 'http://localhost').searchParams.get('state') ?? ''
    const back = await client.get(`/esia/callback?code=x&state=${state}`)
    expect(why(back.location)).toBe('external-sign-in-dead')
  })
})

describe('staff', () => {
  it.each([
    ['mstislavskaya', '1100000003'],
    ['dobronravova', '1100000002'],
  ])('of a municipal body (%s) are sent to their own door', async (person, acts) => {
    const client = world.page()
    const reply = await comeAs(esia, client, person)
    const state = new URL(reply.location ?? '', 'http://localhost').searchParams.get('state') ?? ''
    const chosen = await client.submit('/esia/organisation', { state, acts }, reply.location ?? '')
    expect(why(chosen.location)).toBe('esia-staff')
    const page = await client.get(chosen.location ?? '')
    expect(wordsOf(page)).toContain('Войдите по служебной почте и паролю или через домен')
    expect(page.html).toContain('href="/sign-in"')
  })
})

describe('an account that looks like the person’s', () => {
  it.each([
    ['СНИЛС', { snils: '000-000-602 01', email: 'inaya1@pochta.example' }],
    ['e-mail', { snils: '000-000-677 01', email: 'podorozhnikova@bolnica.example' }],
  ])('by %s is not tied by itself: the person signs in and ties', async (_, changes) => {
    setPerson('podorozhnikova', changes)
    const reply = await comeAs(esia, world.page(), 'podorozhnikova')
    expect(why(reply.location)).toBe('esia-account-exists')
    setPerson('podorozhnikova', { snils: '000-000-602 01', email: 'podorozhnikova@gosuslugi.example' })
  })
})

describe('what ЕСИА refuses', () => {
  it.each([
    ['007003', 'esia-parameter'],
    ['007004', 'esia-denied'],
    ['007011', 'esia-code-dead'],
    ['007015', 'esia-time'],
    ['007023', 'esia-redirect'],
    ['007053', 'esia-secret'],
    ['007055', 'esia-unconfirmed'],
    ['007194', 'esia-not-employee'],
  ] as const)('with ESIA-%s is told in plain words', async (number, code) => {
    const client = world.page()
    const reply = await client.get(pathOf(esia.esia.refuse(await atEsia(client), number)))
    expect(why(reply.location)).toBe(code)
    const page = await client.get(reply.location ?? '')
    expect(page.status).toBe(200)
    expect(wordsOf(page)).toContain('Войти через Госуслуги не получилось')
    expect(page.html).not.toContain(standRefusals[number])
    expect(page.html).toMatch(/href="\/(esia\/)?sign-in"/)
  })

  it('with words that nobody knows, or nothing at all, is told without repeating them', async () => {
    const client = world.page()
    const { searchParams } = new URL(esia.esia.refuse(await atEsia(client), '007004'))
    const reply = await client.get(
      `/esia/callback?error=x&error_description=%3Cscript%3E&state=${searchParams.get('state')}`,
    )
    expect(why(reply.location)).toBe('esia-refused')
    const other = await client.get(`/esia/callback?state=${(await atEsia(client)).get('state')}`)
    expect(why(other.location)).toBe('esia-refused')
    const invented = await client.get('/esia/problem?why=__proto__')
    expect(wordsOf(invented)).toContain('не назвали понятной причины')
  })
})

describe('the journal', () => {
  it('tells refusals without personal data, and nothing of states that never were', async () => {
    const rows = () =>
      world.db.selectFrom('journal').select('body').where('action', '=', 'session.refused').orderBy('id').execute()
    const client = world.page()
    await client.get(pathOf(esia.esia.refuse(await atEsia(client), '007053')))
    const before = await rows()
    expect(JSON.parse(before.at(-1)?.body ?? '').details).toEqual({ door: 'esia', why: 'esia-secret' })
    await client.get(`/esia/callback?code=x&state=${crypto.randomUUID()}`)
    expect(await rows()).toHaveLength(before.length)
  })
})

describe('the stand', () => {
  it('is configured against its own ЕСИА, whose page offers people and refusals', async () => {
    const own = await openWorld()
    const client = own.page()
    expect((await client.get('/sign-in')).html).toContain('Войти через Госуслуги')
    const { location } = await client.get('/esia/sign-in')
    expect(location).toMatch(/^http:\/\/localhost\/_stand\/esia\/aas\/oauth2\/v2\/ac\?/)
    const request = pathOf(location ?? '')
    const page = await client.get(request)
    expect(wordsOf(page)).toContain('Луговая-Заозёрная Пелагея Константиновна')
    const sent = { request: new URL(location ?? '').search.slice(1), person: 'lugovaya' }
    const chosen = await client.submit('/_stand/esia/person', sent, request)
    expect((await client.get(pathOf(chosen.location ?? ''))).location).toBe('/sign-in/consent?next=%2Fcabinet')
    const stranger = await client.get(request.replace('esia%2Fcallback', 'elsewhere'))
    expect(wordsOf(stranger)).toContain('ESIA-007023')
    const forged = await client.get(request.replace('scope=openid', 'scope=openid+admin'))
    expect(forged.location).toContain('ESIA-007053')
    expect(onwardIn(page.html)).toBe('')
  })
})
