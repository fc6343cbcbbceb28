import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { consentVersion } from '../../../../contracts/identity.ts'
import { ApiClient, PageClient } from '../../../../test/support/clients.ts'
import { newcomer, signIn, tokenTo, wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { verifyJournal } from '../../../kernel/journal/index.ts'
import { standPassword } from '../../../seeds/stand.people.ts'
import { openAccount } from '../accounts/accounts.ts'
import { insertConsent } from '../consent/consent.queries.ts'
import { grantRole } from '../grants/grants.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { eraseDue } from './erasure.ts'
import { configureOwnData, ownDataParts } from './parts.ts'

let world: World
let parts: ReturnType<typeof ownDataParts>
beforeAll(async () => {
  world = await openWorld()
  parts = ownDataParts()
})
beforeEach(() => configureOwnData(parts))

const actor = { requestId: 'test' }

/** Somebody who has come all the way in. */
async function someone({ withPassword = true } = {}) {
  const person = { ...newcomer({ phone: null }), emailConfirmed: true }
  const passwordHash = withPassword ? await hashPassword(person.password) : null
  const id = await transaction(world, async (tx) => {
    const { password: _, consent: __, ...named } = person
    const opened = await openAccount(tx, actor, { ...named, passwordHash })
    await insertConsent(tx, opened, consentVersion)
    return opened
  })
  const login = { login: person.email, password: person.password }
  return { ...person, id, api: new ApiClient(world.app, login), page: new PageClient(world.app, login) }
}
type Someone = Awaited<ReturnType<typeof someone>>

const ask = ({ api, password }: Someone) => api.put('/profile/erasure', { password })
const pass = (id: string, days: number) =>
  sql`update accounts set erasure_asked_at = erasure_asked_at - make_interval(days => ${days}) where id = ${id}`.execute(
    world.db,
  )
const accountOf = (id: string) =>
  world.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe('who asks for deletion', () => {
  it('is closed at once, everywhere, and told until when it can be cancelled', async () => {
    const person = await someone()
    const token = await person.api.post('/profile/tokens', { name: 'программа', permissions: [], days: 30 })
    expect([201, 422]).toContain(token.status)
    await person.page.get('/profile')
    expect(await ask(person)).toMatchObject({ status: 200, body: { until: expect.any(String), cancelling: null } })
    expect((await person.page.get('/profile')).location).toContain('/sign-in')
    const refused = await signIn(world, person.email, person.password)
    expect(refused).toMatchObject({ status: 403, body: { code: 'account-erasing' } })
    expect(refused.body.title).toMatch(/\d\d\.\d\d\.\d{4}.*Отменить удаление/s)
    const { rows } = await sql`select 1 from consents where account_id = ${person.id} and withdrawn_at is null`.execute(
      world.db,
    )
    expect(rows).toEqual([])
  })

  it('types the password, and the wrong one changes nothing', async () => {
    const person = await someone()
    expect(await person.api.put('/profile/erasure', {})).toMatchObject({ status: 422 })
    expect(await person.api.put('/profile/erasure', { password: 'нет', confirmation: 'удалить' })).toMatchObject({
      status: 422,
    })
    expect((await accountOf(person.id)).erasure_asked_at).toBeNull()
    expect((await person.api.get('/profile')).status).toBe(200)
  })

  it('types the word where there is no password', async () => {
    const person = await someone()
    await person.api.get('/profile')
    await sql`update accounts set password_hash = null where id = ${person.id}`.execute(world.db)
    expect((await person.api.get('/profile/erasure')).body.hasPassword).toBe(false)
    expect(await person.api.put('/profile/erasure', { confirmation: 'да' })).toMatchObject({ status: 422 })
    expect(await person.api.put('/profile/erasure', { confirmation: ' Удалить ' })).toMatchObject({ status: 200 })
  })

  it('gets the cancelling code at once where no letter can go', async () => {
    const person = await someone()
    await person.api.get('/profile')
    await sql`update accounts set email_confirmed_at = null, phone = '+79990001122', phone_confirmed_at = now()
      where id = ${person.id}`.execute(world.db)
    const { body } = await ask(person)
    expect(body.cancelling).toEqual(expect.any(String))
    expect((await world.visitor().put('/erasure-cancellations', { token: body.cancelling })).status).toBe(204)
  })

  it('is told on the page what goes and what stays, and sees the page of a visitor afterwards', async () => {
    const person = await someone()
    const words = wordsOf(await person.page.get('/profile/data/erasure'))
    expect(words).toContain('Что останется и почему')
    const reply = await person.page.submit('/profile/data/erasure', { password: person.password })
    expect(wordsOf(reply)).toContain('данные будут удалены')
    expect(reply.html).not.toContain(person.surname)
  })
})

describe('thinking again', () => {
  it('by the link of the letter: one comes in as before and agrees anew', async () => {
    const person = await someone()
    await ask(person)
    const token = await tokenTo(world, person.email)
    expect(wordsOf(await world.page().get(`/erasure-cancellation?token=${token}`))).toContain('Отменить удаление')
    expect((await accountOf(person.id)).erasure_asked_at).not.toBeNull()
    expect((await world.visitor().put('/erasure-cancellations', { token })).status).toBe(204)
    expect(await signIn(world, person.email, person.password)).toMatchObject({
      status: 201,
      body: { stage: 'consent' },
    })
    expect(await world.visitor().put('/erasure-cancellations', { token })).toMatchObject({
      status: 410,
      body: { code: 'identity.erasure-link-dead' },
    })
    await pass(person.id, 11)
    await eraseDue(world.db)
    expect((await accountOf(person.id)).surname).toBe(person.surname)
  })

  it('after the erasure is too late', async () => {
    const person = await someone()
    await ask(person)
    const token = await tokenTo(world, person.email)
    await pass(person.id, 11)
    await eraseDue(world.db)
    expect((await world.visitor().put('/erasure-cancellations', { token })).status).toBe(410)
    expect(wordsOf(await world.page().get(`/erasure-cancellation?token=${token}`))).toContain('Отменять нечего')
  })

  it('does not open what an administrator has closed meanwhile', async () => {
    const person = await someone()
    await ask(person)
    const token = await tokenTo(world, person.email)
    const other = await someone()
    await sql`update accounts set blocked_by = ${other.id} where id = ${person.id}`.execute(world.db)
    await world.visitor().put('/erasure-cancellations', { token })
    expect(await signIn(world, person.email, person.password)).toMatchObject({ body: { code: 'account-blocked' } })
  })
})

describe('after ten days', () => {
  it('nothing of the person is left, and the address is free', async () => {
    const person = await someone()
    await person.api.put('/profile/personal-data', {
      birthDate: '18.03.1985',
      birthPlace: 'Верхнеозёрск',
      series: '4508',
      number: '123456',
      issuedOn: '02.04.2005',
      issuedBy: 'ОВД Верхнеозёрска',
      divisionCode: '770-001',
      registrationAddress: 'Верхнеозёрск, Заречная, 7',
      actualAddress: null,
      version: 0,
    })
    await ask(person)
    await world.settle()
    await eraseDue(world.db)
    expect((await accountOf(person.id)).erased_at).toBeNull()
    await pass(person.id, 11)
    await eraseDue(world.db)

    const left = await accountOf(person.id)
    expect(left).toMatchObject({ surname: 'Удалённая', name: 'учётная запись', phone: null, inn: null, snils: null })
    expect(JSON.stringify(left)).not.toContain(person.email)
    expect(left.user_name).toMatch(/^erased-[0-9a-f]{24}$/)
    for (const table of ['personal_data', 'sessions', 'one_time_tokens', 'messages'] as const) {
      const { rows } = await sql`select 1 from ${sql.table(table)} where account_id = ${person.id}`.execute(world.db)
      expect(rows, table).toEqual([])
    }
    expect(await world.lettersTo(person.email)).toEqual([])
    const { rows } = await sql<{ body: string }>`select body from journal where subject_id = ${person.id}`.execute(
      world.db,
    )
    expect(rows.map(({ body }) => JSON.parse(body).action)).toContain('account.erased')
    for (const { body } of rows) expect(body).not.toContain(person.email)
    expect(await verifyJournal(world.db)).toMatchObject({ intact: true })

    const { status } = await world.visitor().post('/registrations', newcomer({ email: person.email }))
    expect(status).toBe(202)
    const token = await tokenTo(world, person.email)
    expect((await world.visitor().put('/activations', { token })).status).toBe(204)
  })

  it('happens once, and outlives the clean-up of forgotten registrations', async () => {
    const person = await someone()
    await ask(person)
    await pass(person.id, 11)
    await Promise.all([eraseDue(world.db), eraseDue(world.db)])
    await eraseDue(world.db)
    const { rows } = await sql`
      select 1 from journal where subject_id = ${person.id} and action = 'account.erased'`.execute(world.db)
    expect(rows).toHaveLength(1)
    expect((await accountOf(person.id)).registered_at).toBeNull()
  })

  it('is all or nothing when it is stopped in the middle, and holds nobody else up', async () => {
    const person = await someone()
    const other = await someone()
    for (const one of [person, other]) {
      await ask(one)
      await pass(one.id, 11)
    }
    const stops = {
      name: 'stops',
      eraseOwn: async (_: unknown, id: string) => {
        if (id === person.id) throw new Error('stopped')
      },
    }
    configureOwnData([...parts, stops])
    await expect(eraseDue(world.db)).rejects.toThrow('could not be erased')
    expect(await accountOf(person.id)).toMatchObject({ surname: person.surname, erased_at: null })
    expect((await accountOf(other.id)).erased_at).not.toBeNull()
    const { rows } = await sql`select 1 from one_time_tokens where account_id = ${person.id}`.execute(world.db)
    expect(rows).toHaveLength(1)
    configureOwnData(parts)
    await eraseDue(world.db)
    expect((await accountOf(person.id)).erased_at).not.toBeNull()
  })
})

describe('who must hand over first', () => {
  it('is the last administrator, until there is another', async () => {
    const refused = await world.as('orlova').put('/profile/erasure', { password: standPassword })
    expect(refused).toMatchObject({ status: 409, body: { code: 'identity.must-hand-over' } })
    expect(refused.body.title).toContain('последний администратор')
    const other = await someone()
    await transaction(world, (tx) => grantRole(tx, actor, other.id, { role: 'administrator', scope: 'everywhere' }))
    expect((await world.as('orlova').get('/profile/erasure')).body.mustHandOver).toEqual([])
  })

  it('is the only responsible of an organisation', async () => {
    const { html } = await world.page('zlatovratskaya').get('/profile/data/erasure')
    expect(wordsOf({ html })).toContain('Сначала передайте дела')
    expect(html).not.toContain('Отозвать согласие и удалить')
    const { body } = await world.as('zlatovratskaya').get('/profile/erasure')
    expect(body.mustHandOver).toEqual([expect.stringContaining('единственный ответственный')])
  })

  it('is the holder of a seat', async () => {
    const person = await someone()
    await sql`insert into seats (id, organisation_id, account_id)
      select gen_random_uuid(), id, ${person.id} from organisations limit 1`.execute(world.db)
    expect((await ask(person)).body.title).toContain('За вами место организации')
  })
})
