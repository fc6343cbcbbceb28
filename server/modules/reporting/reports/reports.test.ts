import pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { peopleOf, reportOf, xmlOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let as: ReturnType<typeof peopleOf>

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
})

const organisationsSeen = async (person: string, query = '') => {
  const { body } = await as(person).get(`/reports${query}`)
  return new Set(body.reports.map((report: { organisation: { shortName: string } }) => report.organisation.shortName))
}

describe('the list of reports', () => {
  it('holds those within one’s scopes and no others', async () => {
    expect(await organisationsSeen('dobronravova')).toHaveLength(1)
    expect(await organisationsSeen('voznesensky')).toHaveLength(4)
    expect(await organisationsSeen('belozertseva')).toHaveLength(2)
    expect(await organisationsSeen('tihomirov')).toHaveLength(6)
    expect(await organisationsSeen('auditor')).toHaveLength(6)
    expect((await as('preobrazhenskaya').get('/reports')).status).toBe(403)
  })

  it('is narrowed by state, form, year and words', async () => {
    const { body } = await as('voznesensky').get('/reports?state=sent&form=0609506&year=2026')
    expect(body).toMatchObject({ total: 1, reports: [{ state: 'sent' }] })
    expect(await organisationsSeen('voznesensky', '?q=ЖУРАВУШКА')).toHaveLength(1)
    expect(await organisationsSeen('voznesensky', '?q=%25')).toHaveLength(0)
    expect((await as('voznesensky').get('/reports?state=неведомое&page=много')).body.total).toBe(16)
  })

  it('costs two queries beside the session’s, by page and by API', async () => {
    const page = world.page('voznesensky')
    await page.get('/reports') // signs in
    const asked = vi.spyOn(pg.Client.prototype, 'query')
    expect((await page.get('/reports?state=sent')).status).toBe(200)
    expect(asked.mock.calls.length).toBeLessThanOrEqual(3)
    asked.mockRestore()
  })
})

describe('one report', () => {
  it('does not exist for strangers and is read by those above', async () => {
    const report = await reportOf(world, 'Ромашка')
    const statusFor = async (person: string) => (await as(person).get(`/reports/${report}`)).status
    expect(await statusFor('dobronravova')).toBe(200)
    expect(await statusFor('voznesensky')).toBe(200)
    expect(await statusFor('tihomirov')).toBe(200)
    expect(await statusFor('auditor')).toBe(200)
    expect(await statusFor('zlatovratskaya')).toBe(404)
    expect(await statusFor('belozertseva')).toBe(404)
    expect((await world.visitor().get(`/reports/${report}`)).status).toBe(401)
    expect((await as('dobronravova').get(`/reports/${crypto.randomUUID()}`)).status).toBe(404)
  })

  it('has comments, told in the cabinet to the others', async () => {
    const report = await reportOf(world, 'Журавушка')
    const reply = await as('zlatovratskaya').post(`/reports/${report}/comments`, { text: 'Приказы приложены' })
    expect(reply.status).toBe(201)
    expect(reply.body.comments[0]).toMatchObject({ text: 'Приказы приложены', kind: 'comment' })
    await world.settle()
    const { body } = await as('voznesensky').get('/messages')
    expect(JSON.stringify(body)).toContain('Новый комментарий')
    expect((await as('auditor').post(`/reports/${report}/comments`, { text: 'Читаю' })).status).toBe(403)
    expect((await as('dobronravova').post(`/reports/${report}/comments`, { text: 'Чужое' })).status).toBe(404)
  })
})

describe('forms and campaigns', () => {
  it('publishes a template as the next version, and the same file only once', async () => {
    const admin = as('orlova')
    const xml = `${xmlOf('85-k.xml')}<!-- вторая редакция -->`
    expect((await admin.post('/forms', { xml: xmlOf('85-k.xml') })).status).toBe(409)
    const reply = await admin.post('/forms', { xml })
    expect(reply).toMatchObject({ status: 201, body: { form: { cipher: '85-К', version: 2 } } })
    expect((await as('voznesensky').post('/forms', { xml })).status).toBe(403)
  })

  it('refuses a template with all that is wrong in it and where', async () => {
    const xml = xmlOf('85-k.xml').replaceAll('[701]', '[799]')
    const reply = await as('orlova').post('/forms', { xml })
    expect(reply).toMatchObject({ status: 422, body: { code: 'form.bad-template' } })
    expect(reply.body.params.problems.length).toBeGreaterThan(0)
    expect(reply.body.params.problems[0].where).not.toBe('')
    const broken = await as('orlova').post('/forms', { xml: '<metaForm' })
    expect(broken).toMatchObject({ status: 422, body: { code: 'form.bad-template' } })
  })

  it('opens a campaign once, with the title page filled in from what is known', async () => {
    const admin = as('orlova')
    const { forms } = (await admin.get('/forms')).body
    const form = forms.find(({ cipher }: { cipher: string }) => cipher === '85-К').id
    const campaign = { form, year: 2027, deadline: '2028-01-20T13:00:00Z', organisationKind: 'preschool' }
    expect(await admin.post('/campaigns', campaign)).toMatchObject({ status: 201, body: { reports: 6 } })
    expect((await admin.post('/campaigns', campaign)).status).toBe(409)
    expect((await admin.post('/campaigns', { ...campaign, organisationKind: 'vocational' })).status).toBe(422)
    const { values } = (await as('dobronravova').get(`/reports/${await reportOf(world, 'Ромашка', 2027)}/cells`)).body
    expect(values['title/okpo']).toMatch(/^\d{8}$/)
  })
})
