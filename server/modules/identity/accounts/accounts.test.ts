/** Accounts made and looked after by administrators and operators (R2, R3, R4). */
import { beforeAll, describe, expect, it } from 'vitest'
import { lastLetterTo, signIn, tokenTo } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

let made = 0
const operator = (changes: Record<string, unknown> = {}) => {
  made += 1
  return {
    surname: 'Подгорецкая-Заозёрская',
    name: 'Элеонора',
    patronymic: 'Вениаминовна',
    email: `operator.new${made}@svetlorechye.example`,
    phone: '8 (900) 000-00-01',
    position: 'главный специалист отдела мониторинга',
    organisation: 'Министерство образования Светлореченской области',
    regions: ['00', '000'],
    role: 'region-operator',
    ...changes,
  }
}
const idOf = async (email: string): Promise<string> =>
  (await world.db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
const accountOf = async (email: string) => (await world.as('orlova').get(`/accounts/${await idOf(email)}`)).body
const versionOf = async (id: string): Promise<number> => (await world.as('orlova').get(`/accounts/${id}`)).body.version

describe('making an account', () => {
  it('gives a password shown once, a letter that confirms, and a role in each region', async () => {
    const person = operator()
    const reply = await world.as('orlova').post('/accounts', person)
    expect(reply.status).toBe(201)
    const { id, initialPassword } = reply.body
    expect(initialPassword.password).toMatch(/^\S{4}-\S{4}-\S{4}-\S{4}$/)
    const letter = await lastLetterTo(world, person.email)
    expect(letter.text).not.toContain(initialPassword.password)
    const account = (await world.as('orlova').get(`/accounts/${id}`)).body
    expect(account).toMatchObject({ state: 'unconfirmed', region: '00' })
    expect(account.grants.map(({ region }: { region: string }) => region)).toEqual(['00', '000'])

    expect((await signIn(world, person.email, initialPassword.password)).status).toBe(403)
    const token = await tokenTo(world, person.email)
    expect((await world.visitor().put('/activations', { token })).status).toBe(204)
    expect(await signIn(world, person.email, initialPassword.password)).toMatchObject({
      status: 201,
      body: { stage: 'password-change' },
    })
  })

  it('keeps the password nowhere, and a call sent again is led to the account', async () => {
    const person = operator()
    const send = () => world.as('orlova').post('/accounts', person, { 'idempotency-key': 'made-once' })
    const client = world.as('orlova')
    const first = await client.post('/accounts', person, { 'idempotency-key': 'made-twice' })
    const second = await client.post('/accounts', person, { 'idempotency-key': 'made-twice' })
    expect([first.status, second.status]).toEqual([201, 303])
    expect(second.headers.get('location')).toBe(`/accounts/${first.body.id}`)
    const { password } = first.body.initialPassword
    for (const table of ['idempotency_keys', 'journal', 'letters', 'events', 'accounts']) {
      const { rows } = await world.db.executeQuery<{ found: number }>(
        (await import('kysely')).sql<{ found: number }>`
          select count(*)::int as found from ${(await import('kysely')).sql.table(table)} t
          where t::text like ${`%${password}%`}`.compile(world.db),
      )
      expect(rows[0]?.found, table).toBe(0)
    }
    expect(await send()).toMatchObject({ status: 422, body: { code: 'invalid-input' } })
  })

  it('is not done twice for one address, even at once', async () => {
    const person = operator()
    const replies = await Promise.all([
      world.as('orlova').post('/accounts', person),
      world.as('orlova').post('/accounts', person),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 422])
  })

  it('stays within an operator’s own regions and roles', async () => {
    const mine = world.as('tihomirov')
    expect((await mine.post('/accounts', operator({ regions: ['00'] }))).status).toBe(201)
    for (const changes of [
      { regions: ['00', '000'] },
      { regions: ['38'] },
      { regions: ['00'], role: 'administrator' },
      { regions: ['00'], role: 'auditor' },
      { regions: ['00'], role: 'helper' },
    ])
      expect(await mine.post('/accounts', operator(changes)), JSON.stringify(changes)).toMatchObject({ status: 422 })
    expect((await world.as('voznesensky').post('/accounts', operator())).status).toBe(403)
  })
})

describe('the list', () => {
  it('finds by anything, within one’s regions', async () => {
    const person = operator({ regions: ['000'], phone: '+7 900 123-45-67', surname: 'Белогорцева' })
    const { body } = await world.as('orlova').post('/accounts', person)
    const found = async (key: string, query: string): Promise<string[]> =>
      (await world.as(key).get(`/accounts?${query}`)).body.accounts.map(({ id }: { id: string }) => id)
    for (const q of ['белогорцева элеонора', person.email, '8 900 123 45 67'])
      expect(await found('orlova', `q=${encodeURIComponent(q)}`), q).toContain(body.id)
    expect(await found('tihomirov', 'q=белогорцева')).toEqual([])
    expect(await found('radonezhsky', 'q=белогорцева')).toEqual([body.id])
    expect(await found('orlova', 'q=белогорцева&state=unconfirmed&role=region-operator&region=000')).toEqual([body.id])
    expect(await found('orlova', 'q=белогорцева&state=blocked')).toEqual([])
    const romashka = await found('tihomirov', `q=${encodeURIComponent('Ромашка')}`)
    expect(romashka).toContain(await idOf('ds14@verhneozersk.example'))
    expect((await world.as('tihomirov').get(`/accounts/${body.id}`)).status).toBe(404)
    expect((await world.as('dobronravova').get('/accounts')).status).toBe(403)
  })

  it('takes wild signs for what they are', async () => {
    expect((await world.as('orlova').get('/accounts?q=%25')).body.total).toBe(0)
    expect((await world.as('orlova').get(`/accounts?q=${encodeURIComponent("' or 1=1 --")}`)).body.total).toBe(0)
  })
})

describe('closing an account', () => {
  it('ends its sessions, tells the person and the journal, and is undone', async () => {
    const clerk = world.as('zlatovratskaya')
    expect((await clerk.get('/session')).status).toBe(200)
    const id = await idOf('ds21@verhneozersk.example')
    const decision = { reason: 'Уволена по собственному желанию', version: await versionOf(id) }
    const both = await Promise.all([
      world.as('orlova').put(`/accounts/${id}/blocking`, decision),
      world.as('tihomirov').put(`/accounts/${id}/blocking`, decision),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409])
    expect((await clerk.get('/session')).status).toBe(401)
    expect((await lastLetterTo(world, 'ds21@verhneozersk.example')).subject).toBe('Ваша учётная запись закрыта')
    const version = await versionOf(id)
    expect(
      (await world.as('tihomirov').put(`/accounts/${id}/unblocking`, { reason: 'Вернулась', version })).status,
    ).toBe(204)
    const history = (await world.as('orlova').get(`/accounts/${id}/history`)).body
    expect(history.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['account.blocked', 'account.unblocked', 'account.viewed']),
    )
  })

  it('is for nobody over those above, oneself, strangers, or the last administrator', async () => {
    const reason = 'Проверка'
    const admin = await idOf('admin@kabinet.example')
    const mine = await idOf('operator@svetlorechye.example')
    const both = await idOf('operator2@svetlorechye.example')
    const of = async (key: string, id: string) =>
      (await world.as(key).put(`/accounts/${id}/blocking`, { reason, version: 1 })).status
    expect(await of('tihomirov', admin)).toBe(404)
    expect(await of('tihomirov', mine)).toBe(409)
    expect(await of('tihomirov', both)).toBe(403)
    expect(await of('orlova', admin)).toBe(409)
    expect(await of('auditor', mine)).toBe(403)
  })
})

describe('a new temporary password', () => {
  it('is shown once, ends the old one, and is refused for a stale version', async () => {
    const email = 'ds14.deloproizvodstvo@verhneozersk.example'
    const id = await idOf(email)
    const version = await versionOf(id)
    const reply = await world.as('tihomirov').put(`/accounts/${id}/temporary-password`, { version })
    expect(reply.status).toBe(200)
    expect((await world.as('orlova').put(`/accounts/${id}/temporary-password`, { version })).status).toBe(409)
    expect(await signIn(world, email, reply.body.password)).toMatchObject({ body: { stage: 'password-change' } })
    expect((await lastLetterTo(world, email)).text).not.toContain(reply.body.password)
    expect((await signIn(world, email, 'Stend-2027!')).status).toBe(401)
  })
})

describe('roles', () => {
  it('are given within one’s own reach and taken back', async () => {
    const id = await idOf('a.preobrazhenskaya@verhneozersk.example')
    const admin = world.as('orlova')
    const give = (key: string, grant: Record<string, unknown>) => world.as(key).post(`/accounts/${id}/grants`, grant)
    // It lies in no region yet, so for an operator it does not exist.
    expect((await give('tihomirov', { role: 'supervisor', scope: 'region', region: '00' })).status).toBe(404)
    expect((await give('orlova', { role: 'region-operator', scope: 'region', region: '00' })).status).toBe(204)
    expect((await give('orlova', { role: 'region-operator', scope: 'region', region: '00' })).status).toBe(409)
    expect((await give('tihomirov', { role: 'region-operator', scope: 'region', region: '000' })).status).toBe(422)
    expect((await give('tihomirov', { role: 'administrator', scope: 'everywhere' })).status).toBe(422)
    expect((await give('orlova', { role: 'administrator', scope: 'region', region: '00' })).status).toBe(422)
    expect((await give('orlova', { role: 'supervisor', scope: 'subtree', organisationId: id })).status).toBe(422)
    const [grant] = (await admin.get(`/accounts/${id}`)).body.grants
    expect((await world.as('tihomirov').delete(`/accounts/${id}/grants/${grant.id}`)).status).toBe(204)
    expect((await admin.delete(`/accounts/${id}/grants/${grant.id}`)).status).toBe(404)
  })

  it('of the last administrator stay', async () => {
    const id = await idOf('a.preobrazhenskaya@verhneozersk.example')
    const orlova = await idOf('admin@kabinet.example')
    const admin = world.as('orlova')
    expect((await admin.post(`/accounts/${id}/grants`, { role: 'administrator', scope: 'everywhere' })).status).toBe(
      204,
    )
    const second = world.as('preobrazhenskaya')
    const grantOf = async (account: string) => (await second.get(`/accounts/${account}`)).body.grants[0].id
    const [one, other] = await Promise.all([
      second.delete(`/accounts/${orlova}/grants/${await grantOf(orlova)}`),
      admin.delete(`/accounts/${id}/grants/${await grantOf(id)}`),
    ])
    const [done, refused] = [one.status, other.status].sort()
    expect([done, refused]).toEqual([204, expect.any(Number)])
    const left = await world.db
      .selectFrom('grants')
      .select('account_id')
      .where('role', '=', 'administrator')
      .where('revoked_at', 'is', null)
      .execute()
    expect(left).toHaveLength(1)
    if (left[0]?.account_id === id) {
      await second.post(`/accounts/${orlova}/grants`, { role: 'administrator', scope: 'everywhere' })
      await world.as('orlova').delete(`/accounts/${id}/grants/${await grantOf(id)}`)
    }
  })

  it('are shown as what they let a person do, with the organisations counted', async () => {
    const id = await idOf('uo@verhneozersk.example')
    const { body } = await world.as('tihomirov').get(`/accounts/${id}/rights`)
    expect(body[0]).toMatchObject({ role: 'supervisor', scope: 'subtree' })
    expect(body[0].organisations).toBeGreaterThan(1)
    expect(body[0].permissions.map(({ permission }: { permission: string }) => permission)).toContain('report.decide')
  })
})

describe('an operator of several regions', () => {
  it('narrows all it may do to one, and widens it again', async () => {
    const both = world.as('radonezhsky')
    const organisations = async () => (await both.get('/organisations')).body.total
    const all = await organisations()
    expect(all).toBeGreaterThan(0)
    expect((await both.put('/session/region', { region: '38' })).status).toBe(404)
    expect((await both.put('/session/region', { region: '000' })).status).toBe(204)
    expect(await organisations()).toBe(0)
    const session = (await both.get('/session')).body
    expect(session.regions).toMatchObject({ chosen: '000', own: [{ code: '00' }, { code: '000' }] })
    expect((await both.get(`/accounts/${await idOf('ds14@verhneozersk.example')}`)).status).toBe(404)
    expect((await both.put('/session/region', { region: null })).status).toBe(204)
    expect(await organisations()).toBe(all)
  })
})

describe('viewing personal details', () => {
  it('is in the journal, once an hour for each who looks', async () => {
    const id = await idOf('uo@zarechye.example')
    for (const key of ['auditor', 'auditor', 'radonezhsky']) await world.as(key).get(`/accounts/${id}`)
    const noted = await world.db
      .selectFrom('journal')
      .select('id')
      .where('subject_id', '=', id)
      .where('action', '=', 'account.viewed')
      .execute()
    expect(noted).toHaveLength(2)
    expect((await accountOf('uo@zarechye.example')).email).toBe('uo@zarechye.example')
  })
})
