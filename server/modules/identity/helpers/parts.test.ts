/** R9: a helper that is limited to sections of a plan or indicators, and what its operator sees of its work. */
import { beforeAll, describe, expect, it } from 'vitest'
import { ApiClient } from '../../../../test/support/clients.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let roadmap: string
let sections: { id: string; title: string }[]
beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.as('tihomirov').get('/roadmaps')).body.roadmaps[0].id
  sections = (await world.as('tihomirov').get(`/roadmaps/${roadmap}`)).body.sections
})

const password = 'Ручей-8825-весна'
const places = [{ scope: 'region', region: '00' }]
const permissions = ['roadmap.read', 'plan.report', 'organisation.read', 'report.read', 'report.comment']
const only = (index: number) => [`section:${sections[index]?.id}`]
let count = 0
const somebody = () => {
  count += 1
  return { email: `uchastok${count}@svetlorechye.example`, surname: 'Зимина', name: 'Раиса', position: 'специалист' }
}

async function tokenOf(email: string): Promise<string> {
  await world.settle()
  const letter = (await world.lettersTo(email)).findLast(({ subject }) => subject.includes('помощники'))
  return new URL(letter?.links.find((link) => link.includes('/invitation')) ?? '').searchParams.get('token') ?? ''
}
async function accept({ email, surname, name }: ReturnType<typeof somebody>): Promise<ApiClient> {
  const acceptance = { token: await tokenOf(email), surname, name, patronymic: null, password, consent: true }
  expect((await world.visitor().post('/invitations/newcomers', acceptance)).status).toBe(204)
  return new ApiClient(world.app, { login: email, password })
}
async function helperOf(parts: string[] | null) {
  const person = somebody()
  const reply = await world.as('tihomirov').post('/helpers', { ...person, permissions, places, parts })
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  const client = await accept(person)
  const { helpers } = (await world.as('tihomirov').get('/helpers')).body
  const view = helpers.find(({ email }: { email: string }) => email === person.email)
  return { client, id: view.id as string, view }
}
const measureIn = async (sectionId: string | undefined, region = '00') =>
  (
    await world.db
      .selectFrom('measures')
      .select('id')
      .where('section_id', '=', sectionId ?? '')
      .where('region_code', '=', region)
      .executeTakeFirstOrThrow()
  ).id

describe('a helper limited to parts of a roadmap', () => {
  it('sees the measures of its section and no other, and all else as before', async () => {
    const { client, view } = await helperOf(only(1))
    expect(view.parts).toMatchObject([{ part: only(1)[0] }])
    expect((await client.get(`/measures/${await measureIn(sections[1]?.id)}`)).status).toBe(200)
    expect((await client.get(`/measures/${await measureIn(sections[0]?.id)}`)).status).toBe(404)
    expect((await client.get(`/measures/${await measureIn(sections[1]?.id, '77')}`)).status).toBe(404)
    expect((await client.get('/organisations')).status).toBe(200)
  })

  it('is limited anew, and to nothing less than all again, in an open session', async () => {
    const { client, id } = await helperOf(null)
    const first = await measureIn(sections[0]?.id)
    expect((await client.get(`/measures/${first}`)).status).toBe(200)
    const limit = (parts: string[] | null) =>
      world.as('tihomirov').put(`/helpers/${id}/limits`, { permissions, places, parts })
    expect((await limit(only(1))).body.parts).toHaveLength(1)
    expect((await client.get(`/measures/${first}`)).status).toBe(404)
    expect((await limit(null)).body.parts).toBeNull()
    expect((await client.get(`/measures/${first}`)).status).toBe(200)
  })

  it('is offered parts of its operator’s roadmaps alone', async () => {
    const { id } = await helperOf(only(0))
    const limit = (parts: unknown) => world.as('tihomirov').put(`/helpers/${id}/limits`, { permissions, places, parts })
    const stranger = await limit(['section:00000000-0000-7000-8000-000000000000'])
    expect([stranger.status, stranger.body.code]).toEqual([422, 'helper-lends-nothing'])
    expect((await limit([])).status).toBe(422)
    expect((await world.as('tihomirov').get(`/helpers/${id}`)).body.parts).toHaveLength(1)
  })

  it('is limited on a page, where ticking nothing is told', async () => {
    const { id } = await helperOf(null)
    const page = world.page('tihomirov')
    const address = `/helpers/${id}/limits`
    expect((await page.get(address)).html).toContain(sections[2]?.title.split(' ')[0])
    const fields = { permissions: 'roadmap.read', places: 'region:00', partsChoice: 'some' }
    expect((await page.submit(address, fields)).html).toContain('id="parts-error"')
    expect((await page.submit(address, { ...fields, parts: only(2)[0] ?? '' })).location).toContain(`/helpers/${id}`)
    expect((await world.as('tihomirov').get(`/helpers/${id}`)).body.parts).toMatchObject([{ part: only(2)[0] }])
    expect((await page.get(address)).html).toMatch(/value="some"[^>]*checked/)
  })

  it('is told in the invitation what it will work with', async () => {
    const person = somebody()
    await world.as('tihomirov').post('/helpers', { ...person, permissions, places, parts: only(1) })
    const { html } = await world.page().get(`/invitation?token=${await tokenOf(person.email)}`)
    expect(html).toContain('Разделы плана и')
    expect(html.replaceAll('\u00a0', ' ')).toContain(sections[1]?.title)
  })
})

describe('what a helper has done', () => {
  it('is seen by its operator, the newest first, with the way there, and by no other', async () => {
    const { client, id } = await helperOf(null)
    expect((await world.as('tihomirov').get(`/helpers/${id}/deeds`)).body).toEqual({ deeds: [], next: null })
    const report = (await client.get('/reports?year=2026')).body.reports[0]
    expect((await client.post(`/reports/${report.id}/comments`, { text: 'Посмотрите раздел 7' })).status).toBe(201)

    const { deeds } = (await world.as('tihomirov').get(`/helpers/${id}/deeds`)).body
    expect(deeds).toMatchObject([{ action: 'report.commented', href: `/reports/${report.id}` }])
    expect((await world.page('tihomirov').get(`/helpers/${id}`)).html).toContain(`/reports/${report.id}`)
    expect((await world.as('radonezhsky').get(`/helpers/${id}/deeds`)).status).toBe(404)
    const later = await world.as('tihomirov').get(`/helpers/${id}/deeds?before=${deeds[0].id}`)
    expect(later.body.deeds).toEqual([])
  })
})
