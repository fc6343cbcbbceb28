/** R9: an operator's helpers. */
import { beforeAll, describe, expect, it } from 'vitest'
import { ApiClient } from '../../../../test/support/clients.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let romashka: string
let solnyshko: string
let verhneozersk: string
beforeAll(async () => {
  world = await openWorld()
  const idOf = async (name: string) =>
    (
      await world.db
        .selectFrom('organisations')
        .select('id')
        .where('short_name', 'like', `%${name}%`)
        .executeTakeFirstOrThrow()
    ).id
  romashka = await idOf('Ромашка')
  solnyshko = await idOf('Солнышко')
  verhneozersk = await idOf('Верхнеозёрского')
})

const password = 'Ручей-8825-весна'
let count = 0
const somebody = () => {
  count += 1
  const email = `pomoshnik${count}@svetlorechye.example`
  return { email, surname: 'Благонравова', name: 'Пелагея', patronymic: 'Саввична', position: 'главный специалист' }
}
const region = [{ scope: 'region', region: '00' }]
const limits = (permissions: string[], places: unknown[] = region) => ({ permissions, places })

async function invited(operator: string, given: ReturnType<typeof limits>, person = somebody()) {
  const reply = await world.as(operator).post('/helpers', { ...person, ...given })
  expect([reply.status, reply.body], JSON.stringify(reply.body)).toEqual([201, { id: expect.any(String) }])
  return { id: reply.body.id as string, person, token: await linkTo(person.email) }
}
async function linkTo(email: string): Promise<string> {
  await world.settle()
  const letter = (await world.lettersTo(email)).findLast(({ subject }) => subject.includes('помощники'))
  return new URL(letter?.links.find((link) => link.includes('/invitation')) ?? '').searchParams.get('token') ?? ''
}
const acceptance = (token: string, person: ReturnType<typeof somebody>) => {
  const { surname, name, patronymic } = person
  return { token, surname, name, patronymic, password, consent: true }
}
/** Invited, come, and signed in. */
async function helperOf(operator: string, given: ReturnType<typeof limits>) {
  const { token, person } = await invited(operator, given)
  expect((await world.visitor().post('/invitations/newcomers', acceptance(token, person))).status).toBe(204)
  const helper = new ApiClient(world.app, { login: person.email, password })
  const listed = (await world.as(operator).get('/helpers')).body.helpers
  const { id } = listed.find(({ email }: { email: string }) => email === person.email)
  return { helper, id: id as string, person }
}
const sees = async (client: ApiClient) => (await client.get('/reports?year=2026')).status

describe('an invitation', () => {
  it('makes a newcomer a helper whose address is confirmed, once', async () => {
    const { token, person } = await invited('tihomirov', limits(['report.read']))
    const accept = () => world.visitor().post('/invitations/newcomers', acceptance(token, person))
    expect((await accept()).status).toBe(204)
    expect([(await accept()).status, (await accept()).body.code]).toEqual([410, 'invitation-dead'])
    const helper = new ApiClient(world.app, { login: person.email, password })
    const { body } = await helper.get('/session')
    expect(body).toMatchObject({ stage: 'full', account: { email: person.email }, roles: [{ role: 'helper' }] })
    expect(await sees(helper)).toBe(200)
    expect((await helper.get('/organisations')).status).toBe(403)
  })

  it('keeps to the audience’s rule of passwords', async () => {
    const { token, person } = await invited('tihomirov', limits(['report.read']))
    for (const weak of ['Parol-2027!', `${person.surname}-8825`]) {
      const body = { ...acceptance(token, person), password: weak }
      expect((await world.visitor().post('/invitations/newcomers', body)).status, weak).toBe(422)
    }
    expect((await world.visitor().post('/invitations/newcomers', acceptance(token, person))).status).toBe(204)
  })

  it('is accepted by its address’s own account alone, signed in', async () => {
    const email = 'a.preobrazhenskaya@verhneozersk.example'
    const { token, person } = await invited('tihomirov', limits(['report.read']), { ...somebody(), email })
    const asNewcomer = await world.visitor().post('/invitations/newcomers', acceptance(token, person))
    expect([asNewcomer.status, asNewcomer.body.code]).toEqual([409, 'invitation-for-owner'])
    const another = await world.as('krylatskaya').put('/invitations/acceptance', { token })
    expect([another.status, another.body.code]).toEqual([409, 'invitation-for-another'])
    const own = world.as('preobrazhenskaya')
    expect(await sees(own)).toBe(403)
    expect((await own.put('/invitations/acceptance', { token })).status).toBe(204)
    expect(await sees(own)).toBe(200)
  })

  it('answers alike when it is wrong, expired, withdrawn or replaced', async () => {
    const operator = world.as('tihomirov')
    const cases: Record<string, (id: string) => Promise<unknown>> = {
      expired: (id) =>
        world.db.updateTable('invitations').set({ expires_at: new Date() }).where('id', '=', id).execute(),
      withdrawn: (id) => operator.delete(`/helpers/invitations/${id}`),
      replaced: (id) => operator.put(`/helpers/invitations/${id}/letter`),
    }
    const answers: unknown[] = []
    for (const end of Object.values(cases)) {
      const { id, token, person } = await invited('tihomirov', limits(['report.read']))
      await end(id)
      const { status, body } = await world.visitor().post('/invitations/newcomers', acceptance(token, person))
      answers.push([status, body.code, body.title])
      expect((await world.page().get(`/invitation?token=${token}`)).html).toMatch(/Приглашение не.действует/)
    }
    const { status, body } = await world.visitor().post('/invitations/newcomers', acceptance('wrong', somebody()))
    expect(new Set([...answers, [status, body.code, body.title]].map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  it('comes again under a new link', async () => {
    const { id, token, person } = await invited('tihomirov', limits(['report.read']))
    expect((await world.as('tihomirov').put(`/helpers/invitations/${id}/letter`)).status).toBe(204)
    const newer = await linkTo(person.email)
    expect(newer).not.toBe(token)
    expect((await world.visitor().post('/invitations/newcomers', acceptance(newer, person))).status).toBe(204)
  })

  it('is one’s own to withdraw and to send again', async () => {
    const { id } = await invited('tihomirov', limits(['report.read']))
    const stranger = world.as('voznesensky')
    expect((await stranger.delete(`/helpers/invitations/${id}`)).status).toBe(404)
    expect((await stranger.put(`/helpers/invitations/${id}/letter`)).status).toBe(404)
  })

  it('does not go twice to one address, to oneself, nor to a free mailbox', async () => {
    const { person } = await invited('tihomirov', limits(['report.read']))
    const send = (email: string) =>
      world.as('tihomirov').post('/helpers', { ...person, email, ...limits(['report.read']) })
    expect((await send(person.email)).status).toBe(409)
    expect((await send('operator@svetlorechye.example')).status).toBe(422)
    expect((await send('blagonravova@mail.ru')).body.errors?.[0].field).toBe('email')
  })

  it('of two presses at once is accepted once', async () => {
    const { token, person } = await invited('tihomirov', limits(['report.read']))
    const press = () => world.visitor().post('/invitations/newcomers', acceptance(token, person))
    const statuses = (await Promise.all([press(), press()])).map(({ status }) => status)
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
  })
})

describe('a helper never has more than its operator', () => {
  it('when it is invited: what the operator has not, it cannot lend', async () => {
    for (const [operator, given] of [
      ['voznesensky', limits(['organisation.manage'], [{ scope: 'subtree', organisationId: verhneozersk }])],
      ['voznesensky', limits(['report.read'])],
      ['voznesensky', limits(['report.read'], [{ scope: 'organisation', organisationId: solnyshko }])],
      ['tihomirov', limits(['helper.manage'])],
      ['tihomirov', limits(['grant.give'])],
      ['tihomirov', limits(['journal.read'])],
      ['tihomirov', limits(['report.fill'])],
      ['tihomirov', limits(['report.read'], [{ scope: 'region', region: '99' }])],
    ] as const) {
      const reply = await world.as(operator).post('/helpers', { ...somebody(), ...given })
      expect([reply.status, reply.body.code], JSON.stringify(given)).toEqual([422, 'helper-lends-nothing'])
    }
  })

  it('in its places: it sees a part of the operator’s, and nothing beyond', async () => {
    const place = [{ scope: 'organisation', organisationId: romashka }]
    const { helper } = await helperOf('voznesensky', limits(['report.read', 'report.decide'], place))
    const { reports } = (await helper.get('/reports?year=2026')).body
    expect(new Set(reports.map(({ organisation }: { organisation: { id: string } }) => organisation.id))).toEqual(
      new Set([romashka]),
    )
    const foreign = (await world.as('belozertseva').get('/reports?year=2026')).body.reports[0].id
    expect((await helper.get(`/reports/${foreign}`)).status).toBe(404)
    const neighbour = (await world.as('zlatovratskaya').get('/reports?year=2026')).body.reports[0].id
    expect((await helper.get(`/reports/${neighbour}`)).status).toBe(404)
  })

  it('when the operator’s role is taken away, ends, or its account is blocked: at once, in an open session', async () => {
    const { helper } = await helperOf(
      'belozertseva',
      limits(['report.read'], [{ scope: 'subtree', organisationId: await topOf('belozertseva') }]),
    )
    expect(await sees(helper)).toBe(200)
    const operator = await accountId('uo@zarechye.example')
    const grants = (columns: { revoked_at?: Date | null; ends_on?: string | null; starts_on?: string }) =>
      world.db.updateTable('grants').set(columns).where('account_id', '=', operator).execute()
    const account = (blocked_at: Date | null) =>
      world.db.updateTable('accounts').set({ blocked_at }).where('id', '=', operator).execute()
    // The operator's membership of its own organisation gives nothing over those below it.
    await grants({ revoked_at: new Date() })
    expect(await sees(helper)).toBe(403)
    await grants({ revoked_at: null })
    expect(await sees(helper)).toBe(200)
    await grants({ starts_on: '2020-01-01', ends_on: '2020-12-31' })
    expect(await sees(helper)).toBe(403)
    await grants({ ends_on: null })
    await account(new Date())
    expect(await sees(helper)).toBe(403)
    await account(null)
    expect(await sees(helper)).toBe(200)
  })

  it('it lends nothing on, and manages no helpers', async () => {
    const helper = world.as('zadunayskaya')
    expect((await helper.get('/helpers')).status).toBe(403)
    expect((await helper.post('/helpers', { ...somebody(), ...limits(['report.read']) })).status).toBe(403)
  })

  it('an invitation gives what the operator holds when it is accepted', async () => {
    const { token, person } = await invited('radonezhsky', limits(['report.read'], [{ scope: 'region', region: '00' }]))
    const operator = await accountId('operator2@svetlorechye.example')
    const revoke = (at: Date | null) =>
      world.db
        .updateTable('grants')
        .set({ revoked_at: at })
        .where('account_id', '=', operator)
        .where('region_code', '=', '00')
        .execute()
    await revoke(new Date())
    expect((await world.visitor().post('/invitations/newcomers', acceptance(token, person))).status).toBe(204)
    await revoke(null)
    expect(await sees(new ApiClient(world.app, { login: person.email, password }))).toBe(403)
  })
})

describe('an operator', () => {
  it('changes the limits, suspends, resumes and removes; each holds at once in an open session', async () => {
    const operator = world.as('tihomirov')
    const { helper, id, person } = await helperOf('tihomirov', limits(['report.read']))
    expect(await sees(helper)).toBe(200)
    const changed = await operator.put(`/helpers/${id}/limits`, limits(['organisation.read']))
    expect(changed.body).toMatchObject({ permissions: [{ permission: 'organisation.read' }], state: 'working' })
    expect([await sees(helper), (await helper.get('/organisations')).status]).toEqual([403, 200])
    expect((await operator.put(`/helpers/${id}/suspension`)).status).toBe(204)
    expect((await operator.get(`/helpers/${id}`)).body.state).toBe('suspended')
    expect((await helper.get('/organisations')).status).toBe(403)
    expect((await operator.delete(`/helpers/${id}/suspension`)).status).toBe(204)
    expect((await helper.get('/organisations')).status).toBe(200)
    expect((await operator.delete(`/helpers/${id}`)).status).toBe(204)
    expect((await helper.get('/organisations')).status).toBe(403)
    expect((await operator.get(`/helpers/${id}`)).status).toBe(404)
    await world.settle()
    const subjects = (await world.lettersTo(person.email)).map(({ subject }) => subject)
    expect(subjects).toEqual(expect.arrayContaining(['Работа помощником приостановлена', 'Вы больше не помощник']))
  })

  it('knows nothing of another’s helpers', async () => {
    const { id } = await helperOf('tihomirov', limits(['report.read']))
    const stranger = world.as('voznesensky')
    for (const reply of [
      await stranger.get(`/helpers/${id}`),
      await stranger.put(
        `/helpers/${id}/limits`,
        limits(['report.read'], [{ scope: 'subtree', organisationId: verhneozersk }]),
      ),
      await stranger.put(`/helpers/${id}/suspension`),
      await stranger.delete(`/helpers/${id}/suspension`),
      await stranger.delete(`/helpers/${id}`),
    ])
      expect(reply.status).toBe(404)
    expect(JSON.stringify((await stranger.get('/helpers')).body)).not.toContain(id)
  })
})

describe('what a helper does', () => {
  it('is in the journal under both names, but for its own affairs', async () => {
    const { helper } = await helperOf('tihomirov', limits(['report.read', 'report.comment']))
    const report = (await helper.get('/reports?year=2026')).body.reports[0]
    expect((await helper.post(`/reports/${report.id}/comments`, { text: 'Посмотрите раздел 7' })).status).toBe(201)
    const me = (await helper.get('/session')).body.account.id
    const operator = await accountId('operator@svetlorechye.example')
    const rows = await world.db
      .selectFrom('journal')
      .select(['action', 'body'])
      .where('actor_id', '=', me)
      .orderBy('id')
      .execute()
    const told = rows.map(({ action, body }) => [action, JSON.parse(body).details.onBehalfOf])
    expect(told.find(([action]) => action.startsWith('report.'))?.[1]).toEqual([operator])
    expect(told.find(([action]) => action === 'session.started')?.[1]).toBeUndefined()
  })

  it('is told in its cabinet: whose helper it is', async () => {
    const { html } = await world.page('zadunayskaya').get('/cabinet')
    expect(html).toContain('Вы помощник')
    expect(html).toContain('Тихомиров Всеволод Игнатьевич')
    expect((await world.page('voznesensky').get('/cabinet')).html).not.toContain('Вы помощник')
  })
})

async function accountId(email: string): Promise<string> {
  return (await world.db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
}
async function topOf(key: string): Promise<string> {
  const { roles } = (await world.as(key).get('/session')).body
  return roles.find(({ scope }: { scope: string }) => scope === 'subtree').organisationId
}
