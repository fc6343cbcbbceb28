import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { guardsOf } from '../../../test/support/clients.ts'
import { countedQueries } from '../../../test/support/queries.ts'
import { openWorld, type World } from '../../../test/support/world.ts'

let world: World
let romashka: string

beforeAll(async () => {
  world = await openWorld()
  const reply = await world.as('preobrazhenskaya').get('/organisations/search?q=14%20Ромашка')
  romashka = reply.body[0].id
})

/** Nobody is attached and nothing waits: each test begins anew. */
beforeEach(async () => {
  await world.settle()
  await world.db.deleteFrom('messages').execute()
  await world.db.deleteFrom('applications').execute()
  await world.db
    .deleteFrom('memberships')
    .where('account_id', '=', (eb) =>
      eb.selectFrom('accounts').select('id').where('surname', '=', 'Преображенская').limit(1),
    )
    .execute()
})

const applicant = 'preobrazhenskaya'
const decider = 'voznesensky'
const stranger = 'belozertseva'
const asking = () => ({ organisationId: romashka, role: 'member', why: 'Замещаю делопроизводителя, приказ № 7' })
const apply = async () => {
  const reply = await world.as(applicant).post('/applications/attachments', asking())
  expect(reply.status).toBe(201)
  return reply.body
}
/** What stands on a page, without what keeps words together. */
const textOf = ({ html }: { html: string }) => html.replaceAll('\u00a0', ' ')
const granting = { role: 'member', startsOn: null, endsOn: null }
const subjectsTo = async (address: string) => (await world.lettersTo(address)).map(({ subject }) => subject)

describe('E4: asking to be attached', () => {
  it('says at once in whose hands the application is, and until when', async () => {
    const application = await apply()
    expect(application).toMatchObject({ state: 'waiting', mayWithdraw: true, mayDecide: false })
    expect(application.number).toMatch(/^\d{4}-\d{5}$/)
    expect(application.deciders).toEqual([
      {
        fullName: 'Вознесенский Аркадий Петрович',
        organisation: 'Управление образования администрации Верхнеозёрского муниципального района',
      },
    ])
    expect(Date.parse(application.dueAt)).toBeGreaterThan(Date.now())
  })

  it('is refused kindly while the same application waits, even from two windows at once', async () => {
    const client = world.as(applicant)
    await client.get('/applications')
    const replies = await Promise.all([1, 2, 3].map(() => client.post('/applications/attachments', asking())))
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const refused = replies.find(({ status }) => status === 409)
    expect(refused?.body.title).toMatch(/заявка № \d{4}-\d{5} ждёт решения/)
  })

  it('says which fields to mend', async () => {
    const reply = await world
      .as(applicant)
      .post('/applications/attachments', { organisationId: romashka, role: 'auditor', why: '' })
    expect(reply.status).toBe(422)
    expect(reply.body.errors.map(({ field }: { field: string }) => field)).toEqual(['role', 'why'])
  })

  it('does not find what is not there', async () =>
    expect(
      await world.as(applicant).post('/applications/attachments', { ...asking(), organisationId: crypto.randomUUID() }),
    ).toMatchObject({ status: 404 }))

  it('tells the applicant and the decider, and nobody else', async () => {
    const { number } = await apply()
    await world.settle()
    expect(await subjectsTo('a.preobrazhenskaya@verhneozersk.example')).toContain(
      `Заявка № ${number} подана и ждёт решения`,
    )
    const [letter] = (await world.lettersTo('uo@verhneozersk.example')).filter(({ subject }) =>
      subject.includes(number),
    )
    expect(letter?.subject).toBe(`Заявка № ${number} ждёт вашего решения`)
    expect(letter?.links[0]).toMatch(/^http:\/\/localhost\/messages\//)
    for (const address of ['uo@zarechye.example', 'ds14@verhneozersk.example', 'operator@svetlorechye.example'])
      expect((await subjectsTo(address)).filter((subject) => subject.includes(number))).toEqual([])
  })
})

describe('E4: deciding', () => {
  it('attaches at once: the organisation opens, a letter says so', async () => {
    const { id, number } = await apply()
    const before = await world.as(applicant).get(`/organisations/${romashka}`)
    const reply = await world.as(decider).put(`/applications/${id}/granting`, granting)
    expect(reply).toMatchObject({ status: 200, body: { state: 'granted', mayDecide: false } })
    const after = await world.as(applicant).get(`/organisations/${romashka}`)
    expect([before.status, after.status]).toEqual([403, 200])
    await world.settle()
    expect(await subjectsTo('a.preobrazhenskaya@verhneozersk.example')).toContain(
      `Заявка № ${number} исполнена: вы прикреплены к организации`,
    )
    expect((await world.as(applicant).post('/applications/attachments', asking())).status).toBe(409)
  })

  it('refuses with a reason that the applicant reads, and may apply again', async () => {
    const { id } = await apply()
    expect((await world.as(decider).put(`/applications/${id}/refusal`, { reason: '' })).status).toBe(422)
    const reply = await world.as(decider).put(`/applications/${id}/refusal`, { reason: 'Нет приказа о замещении' })
    expect(reply).toMatchObject({ status: 200, body: { state: 'refused', reason: 'Нет приказа о замещении' } })
    await world.settle()
    const [letter] = (await world.lettersTo('a.preobrazhenskaya@verhneozersk.example')).slice(-1)
    expect(letter?.text).toContain('Нет приказа о замещении')
    await apply()
  })

  it('is done once by two at once', async () => {
    const { id } = await apply()
    const replies = await Promise.all([
      world.as(decider).put(`/applications/${id}/granting`, granting),
      world.as('orlova').put(`/applications/${id}/refusal`, { reason: 'Не тот человек' }),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is not there for the supervisor of another district, nor for other clerks', async () => {
    const { id } = await apply()
    for (const other of [stranger, 'dobronravova', 'zlatovratskaya'])
      expect((await world.as(other).get(`/applications/${id}`)).status).toBe(404)
    expect((await world.as(stranger).put(`/applications/${id}/granting`, granting)).status).toBe(404)
    expect((await world.as('dobronravova').put(`/applications/${id}/granting`, granting)).status).toBe(403)
    expect((await world.as(stranger).get('/applications?side=queue')).body.total).toBe(0)
  })

  it('is over after a withdrawal', async () => {
    const { id } = await apply()
    expect((await world.as(decider).put(`/applications/${id}/withdrawal`)).status).toBe(403)
    expect(await world.as(applicant).put(`/applications/${id}/withdrawal`)).toMatchObject({
      status: 200,
      body: { state: 'withdrawn' },
    })
    expect((await world.as(decider).put(`/applications/${id}/granting`, granting)).status).toBe(409)
    expect((await world.as(decider).put(`/applications/${id}/refusal`, { reason: 'Поздно' })).status).toBe(409)
    expect((await world.as(applicant).put(`/applications/${id}/withdrawal`)).status).toBe(409)
    await world.settle()
    expect((await world.as(decider).get('/messages')).body.rows[0].title).toContain('отозвана')
  })

  it('is never done on one’s own application', async () => {
    const reply = await world.as(decider).post('/applications/attachments', asking())
    expect(reply.body.deciders.map(({ fullName }: { fullName: string }) => fullName)).toEqual([
      'Радонежский Мстислав Всеволодович',
      'Тихомиров Всеволод Игнатьевич',
    ])
    expect((await world.as(decider).put(`/applications/${reply.body.id}/granting`, granting)).status).toBe(403)
  })
})

describe('E4: by the pages, without scripts', () => {
  it('searches, asks, shows where the application is, and is decided', async () => {
    const page = world.page(applicant)
    const found = await page.get('/applications/new/attachment?q=ромашка')
    expect(found.html).toContain(`/applications/new/attachment?organisation=${romashka}`)
    const address = '/applications/new/attachment'
    const form = { organisationId: romashka, role: 'member', why: 'Приказ № 7' }
    const wrong = await page.submit(address, { ...form, why: '' }, `${address}?organisation=${romashka}`)
    expect(wrong.status).toBe(422)
    expect(textOf(wrong)).toContain('Заявка не отправлена')
    const sent = await page.submit(address, form, `${address}?organisation=${romashka}`)
    expect(sent).toMatchObject({ status: 303 })
    const shown = await page.get(sent.location ?? '')
    expect(textOf(shown)).toContain('Вознесенский Аркадий Петрович')
    expect(textOf(shown)).not.toContain('Принять решение')

    const deciding = world.page(decider)
    expect((await deciding.get('/applications')).html).toContain(sent.location ?? '—')
    const opened = await deciding.get(sent.location ?? '')
    expect(textOf(opened)).toContain('Почта в служебном домене организации')
    const noReason = await deciding.submit(
      `${sent.location}/decision`,
      { decision: 'refusal', reason: '', role: 'member', startsOn: '', endsOn: '' },
      sent.location ?? '',
    )
    expect(textOf(noReason)).toContain('Напишите причину отказа')
    const decided = await deciding.submit(
      `${sent.location}/decision`,
      { decision: 'granting', role: 'responsible', startsOn: '18.01.2026', endsOn: '14.02.2027', reason: '' },
      sent.location ?? '',
    )
    expect(decided).toMatchObject({ status: 303, location: sent.location })
    expect(textOf(await page.get('/cabinet'))).toContain('с 18.01.2026 по 14.02.2027')
  })

  it('knows a free mail service by the list that administrators keep', async () => {
    const administrator = world.as('orlova')
    const { id } = await apply()
    const checks = async () => textOf(await world.page(decider).get(`/applications/${id}`))
    expect(await checks()).not.toContain('Почта бесплатной службы')
    expect((await administrator.post('/free-mail-domains', { domain: 'verhneozersk.example' })).status).toBe(204)
    expect(await checks()).toContain('Почта бесплатной службы')
    expect((await administrator.delete('/free-mail-domains/verhneozersk.example')).status).toBe(204)
  })

  it('is sent once by a double click', async () => {
    const page = world.page(applicant)
    const { html } = await page.get(`/applications/new/attachment?organisation=${romashka}`)
    const fields = {
      ...guardsOf(html.slice(html.indexOf('<main'))),
      organisationId: romashka,
      role: 'member',
      why: 'Приказ № 7',
    }
    const first = await page.post('/applications/new/attachment', fields)
    const second = await page.post('/applications/new/attachment', fields)
    expect([first.status, second.status]).toEqual([303, 303])
    expect(second.location).toBe(first.location)
  })
})

describe('the list of applications', () => {
  it('takes one round trip beside the session’s, whichever side', async () => {
    await apply()
    const person = world.page(decider)
    await person.get('/applications')
    for (const side of ['queue', 'own']) {
      const { statements } = await countedQueries(() => person.get(`/applications?side=${side}&q=ромашка`))
      expect(statements).toHaveLength(2)
    }
  })

  it('finds by number, applicant and organisation, and filters by state', async () => {
    const { number, id } = await apply()
    const found = async (query: string) => (await world.as(decider).get(`/applications?side=queue&${query}`)).body.total
    expect(await found(`q=${number}`)).toBe(1)
    expect(await found(`q=${encodeURIComponent('преображенская')}`)).toBe(1)
    expect(await found(`q=${encodeURIComponent('ромашка')}&state=waiting`)).toBe(1)
    expect(await found('state=granted')).toBe(0)
    await world.as(decider).put(`/applications/${id}/granting`, granting)
    expect(await found('state=granted')).toBe(1)
  })
})
