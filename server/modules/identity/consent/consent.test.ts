import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Audience } from '../../../../contracts/audiences.ts'
import { consentVersion } from '../../../../contracts/identity.ts'
import { ApiClient, PageClient } from '../../../../test/support/clients.ts'
import { newcomer } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { openAccount } from '../accounts/accounts.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { insertConsent } from './consent.queries.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

type Made = { audience?: Audience; snils?: string; agreed?: boolean }

/** Somebody who was given an account, and comes in for the first time. */
async function comesFirst({ audience = 'specialist', snils, agreed = false }: Made = {}) {
  const { password, consent: _, ...named } = newcomer()
  const passwordHash = await hashPassword(password)
  const id = await transaction(world, async (tx) => {
    const person = { ...named, emailConfirmed: true, passwordHash, audience, snils: snils ?? null }
    const opened = await openAccount(tx, { requestId: 'test' }, person)
    if (agreed) await insertConsent(tx, opened, consentVersion)
    return opened
  })
  const login = { login: named.email, password }
  return { id, api: new ApiClient(world.app, login), page: new PageClient(world.app, login) }
}
const given = { version: consentVersion, consent: true }
const numbersOf = (id: string) =>
  world.db.selectFrom('accounts').select(['inn', 'snils']).where('id', '=', id).executeTakeFirstOrThrow()
const consentsOf = (id: string) =>
  world.db.selectFrom('consents').select('version').where('account_id', '=', id).execute()

describe('the first sign-in of a specialist', () => {
  it('asks for consent and a number, and opens the cabinet by both', async () => {
    const { id, api } = await comesFirst()
    expect((await api.get('/session')).body.stage).toBe('consent')
    expect(await api.get('/messages')).toMatchObject({ status: 403, body: { code: 'step-needed' } })
    expect(await api.put('/session/consent', { ...given, number: '112-233-445 95' })).toMatchObject({
      status: 200,
      body: { stage: 'full' },
    })
    expect(await numbersOf(id)).toEqual({ inn: null, snils: '11223344595' })
    expect(await consentsOf(id)).toEqual([{ version: consentVersion }])
    expect((await api.get('/messages')).status).toBe(200)
  })

  it('takes an ИНН as well', async () => {
    const { id, api } = await comesFirst()
    expect((await api.put('/session/consent', { ...given, number: '500100732259' })).status).toBe(200)
    expect(await numbersOf(id)).toEqual({ inn: '500100732259', snils: null })
  })

  it.each([
    ['another check digit', '112-233-445 96', /опечатка/],
    ['the ИНН of an organisation', '5001007322', /10 цифр/],
    ['nothing', undefined, /СНИЛС или ИНН/],
  ])('is refused with %s, and nothing is written', async (_, number, told) => {
    const { id, api } = await comesFirst()
    const reply = await api.put('/session/consent', { ...given, ...(number ? { number } : {}) })
    expect(reply).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'number', text: expect.stringMatching(told) }] },
    })
    expect(await numbersOf(id)).toEqual({ inn: null, snils: null })
    expect(await consentsOf(id)).toEqual([])
    expect((await api.get('/session')).body.stage).toBe('consent')
  })

  it('is refused without the consent, and with that to another text', async () => {
    const { id, api } = await comesFirst({ snils: '11223344595' })
    expect((await api.put('/session/consent', { ...given, consent: false })).status).toBe(422)
    expect(await api.put('/session/consent', { ...given, version: '2020-01' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'consent', text: expect.stringContaining('новая редакция') }] },
    })
    expect(await consentsOf(id)).toEqual([])
  })

  it('goes on under a new token, and the old one is worth nothing', async () => {
    const { api } = await comesFirst()
    await api.get('/session')
    const before = new Map(api.cookies)
    await api.put('/session/consent', { ...given, number: '11223344595' })
    const changed = [...before].filter(([name, value]) => api.cookies.get(name) !== value)
    expect(changed).toHaveLength(1)
    const cookie = changed.map(([name, value]) => `${name}=${value}`).join('')
    const old = await world.app.request('/api/v1/session', { headers: { cookie } })
    expect(old.status).toBe(401)
  })
})

describe('what is known already', () => {
  it('is not asked for: a number that stands is not replaced', async () => {
    const { id, api, page } = await comesFirst({ snils: '11223344595' })
    const { html } = await page.get('/sign-in/consent')
    expect(html).not.toContain('СНИЛС или ИНН')
    expect((await api.put('/session/consent', { ...given, number: '500100732259' })).status).toBe(200)
    expect(await numbersOf(id)).toEqual({ inn: null, snils: '11223344595' })
  })

  it('is not agreed to twice when only the number is missing', async () => {
    const { id, api } = await comesFirst({ agreed: true })
    expect((await api.get('/session')).body.stage).toBe('consent')
    expect((await api.put('/session/consent', { ...given, number: '11223344595' })).status).toBe(200)
    expect(await consentsOf(id)).toHaveLength(1)
  })

  it('lets who owes nothing pass the step', async () => {
    const { api, page } = await comesFirst({ agreed: true, snils: '11223344595' })
    expect((await api.get('/session')).body.stage).toBe('full')
    expect(await page.get('/sign-in/consent?next=/messages')).toMatchObject({ status: 303, location: '/messages' })
  })

  it('is no number for staff: only the consent is asked', async () => {
    const { api } = await comesFirst({ audience: 'staff' })
    expect((await api.put('/session/consent', given)).body).toEqual({ stage: 'full' })
  })

  it('counts no more once the consent was withdrawn', async () => {
    const { id, api } = await comesFirst({ audience: 'staff', agreed: true })
    await sql`update consents set withdrawn_at = now() where account_id = ${id}`.execute(world.db)
    expect((await api.get('/session')).body.stage).toBe('consent')
  })
})

describe('the page', () => {
  it('keeps the way to where one wanted to go, also through what is wrong', async () => {
    const { page } = await comesFirst()
    expect((await page.get('/messages')).location).toBe('/sign-in/consent?next=%2Fmessages')
    const form = { version: consentVersion, next: '/messages', number: '112-233-445 96', consent: 'on' }
    const wrong = await page.submit('/sign-in/consent', form)
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('112-233-445 96')
    expect(wrong.html).toMatch(/name="next" value="\/messages"/)
    const done = await page.submit('/sign-in/consent', { ...form, number: '11223344595' })
    expect(done).toMatchObject({ status: 303, location: '/messages' })
  })

  it('leads nowhere outside the cabinet', async () => {
    const { page } = await comesFirst({ snils: '11223344595' })
    const form = { version: consentVersion, next: 'https://elsewhere.example/', consent: 'on' }
    expect((await page.submit('/sign-in/consent', form)).location).toBe('/cabinet')
  })
})
