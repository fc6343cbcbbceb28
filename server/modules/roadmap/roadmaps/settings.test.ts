/** Creating a roadmap, its settings, regions and sections, publishing it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { insertMeasures } from '../plans/measures.queries.ts'

let world: World
let stand: string
beforeAll(async () => {
  world = await openWorld()
  stand = (await world.as('orlova').get('/roadmaps')).body.roadmaps[0].id
})

let made = 0
const settings = (changes: object = {}) => ({
  title: 'Дорожная карта перехода детских садов на новые нормы пожарной безопасности',
  shortTitle: 'Детские сады',
  purpose: 'К сроку в каждом детском саду есть исправная сигнализация.',
  code: `detskie-sady-${++made}`,
  startsOn: '2026-01-15',
  deadline: '2027-12-31T15:00:00.000Z',
  timeZone: 'Europe/Moscow',
  ...changes,
})
const coordinator = () => world.as('aleksandriyskaya')
const create = async () => (await coordinator().post('/roadmaps', settings())).body

const inTemplate = async (roadmapId: string, sectionId: string) => {
  const measure = {
    roadmapId,
    sectionId,
    region: null,
    templateId: null,
    position: 1,
    number: '1.1',
    title: 'Проверить сигнализацию',
    expectedResult: '',
    startsOn: null,
    dueOn: '2027-06-30',
    organisationId: null,
    organisationName: '',
    responsiblePerson: '',
    indicatorId: null,
    evidenceKinds: [],
  }
  await transaction(world, (tx) => insertMeasures(tx, [measure], null))
}
const plansOf = async (roadmapId: string) =>
  (
    await world.db
      .selectFrom('measures')
      .select('region_code')
      .where('roadmap_id', '=', roadmapId)
      .where('region_code', 'is not', null)
      .orderBy('region_code')
      .execute()
  ).map(({ region_code }) => region_code)

describe('a new roadmap', () => {
  it('is a draft that only those who manage it see', async () => {
    const created = await coordinator().post('/roadmaps', settings({ shortTitle: 'Тихий черновик' }))
    expect(created).toMatchObject({ status: 201, body: { published: false, version: 1, regions: [], sections: [] } })
    const { id } = created.body
    expect((await world.as('orlova').get(`/roadmaps/${id}`)).status).toBe(200)
    expect((await world.as('tihomirov').get(`/roadmaps/${id}`)).status).toBe(404)
    expect((await world.page('tihomirov').get('/roadmaps')).html).not.toContain('Тихий черновик')
  })

  it('is not for operators to make', async () => {
    expect((await world.as('tihomirov').post('/roadmaps', settings())).status).toBe(403)
    expect((await world.page('tihomirov').get('/roadmaps/new')).status).toBe(403)
    expect((await world.page('tihomirov').get('/roadmaps')).html).not.toContain('Новая дорожная карта')
  })

  it('needs an address of its own, a term after its first day, and its fields', async () => {
    const { code } = await create()
    expect((await coordinator().post('/roadmaps', settings({ code }))).status).toBe(409)
    expect((await coordinator().post('/roadmaps', settings({ startsOn: '2028-01-01' }))).body.code).toBe(
      'roadmap.term-before-start',
    )
    expect((await coordinator().post('/roadmaps', settings({ code: 'Детские сады' }))).status).toBe(422)
    const twice = settings()
    const both = await Promise.all([
      coordinator().post('/roadmaps', twice),
      world.as('orlova').post('/roadmaps', twice),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it('is made on a page, the term told in the zone that was chosen', async () => {
    const page = world.page('aleksandriyskaya')
    const fields = {
      ...settings({ timeZone: 'Asia/Vladivostok', startsOn: '15.01.2026' }),
      deadlineDay: '31.12.2027',
      deadlineTime: '18:00',
    }
    const refused = await page.submit('/roadmaps/new', { ...fields, deadlineTime: 'вечером' })
    expect(refused.html).toContain('id="deadlineTime-error"')
    const { location } = await page.submit('/roadmaps/new', fields)
    const id = location?.split('/')[2] ?? ''
    expect((await coordinator().get(`/roadmaps/${id}`)).body).toMatchObject({ deadline: '2027-12-31T08:00:00.000Z' })
    const { html } = await page.get(`/roadmaps/${id}/settings`)
    expect(html).toContain('value="18:00"')
    expect(html).toContain('разделы плана, мероприятия шаблона плана, регионы')
  })
})

describe('settings of a roadmap', () => {
  it('are changed by one of two at once, and by no operator', async () => {
    const { id, version, ...before } = await create()
    const change = { ...settings({ shortTitle: 'Иначе' }), code: before.code, version }
    const both = await Promise.all([
      coordinator().put(`/roadmaps/${id}`, change),
      world.as('orlova').put(`/roadmaps/${id}`, change),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await coordinator().get(`/roadmaps/${id}`)).body).toMatchObject({ shortTitle: 'Иначе', version: 2 })
    expect((await world.as('tihomirov').put(`/roadmaps/${stand}`, change)).status).toBe(403)
  })
})

describe('regions of a roadmap', () => {
  it('get the plan of the template as they join and lose it as they leave', async () => {
    const { id } = await create()
    const section = await coordinator().post(`/roadmaps/${id}/sections`, { number: '1', title: 'Подготовка' })
    await inTemplate(id, section.body.id)
    const joined = await coordinator().put(`/roadmaps/${id}/regions`, { regions: ['00', '77'], version: 1 })
    expect(joined).toMatchObject({ status: 200, body: { version: 2 } })
    expect(await plansOf(id)).toEqual(['00', '77'])
    expect((await coordinator().put(`/roadmaps/${id}/regions`, { regions: ['00'], version: 1 })).status).toBe(409)
    expect((await coordinator().put(`/roadmaps/${id}/regions`, { regions: ['00'], version: 2 })).status).toBe(200)
    expect(await plansOf(id)).toEqual(['00'])
  })

  it('stay when they have done anything, and all of the change is refused', async () => {
    const { version, regions } = (await coordinator().get(`/roadmaps/${stand}`)).body
    const kept = regions.map(({ code }: { code: string }) => code).filter((code: string) => code !== '77')
    const reply = await coordinator().put(`/roadmaps/${stand}/regions`, { regions: kept, version })
    expect(reply).toMatchObject({ status: 409, body: { code: 'roadmap.regions-with-facts' } })
    expect((await coordinator().get(`/roadmaps/${stand}`)).body.regions).toHaveLength(regions.length)
  })

  it('are those of the registry', async () => {
    const { id } = await create()
    const reply = await coordinator().put(`/roadmaps/${id}/regions`, { regions: ['00', 'XX'], version: 1 })
    expect(reply).toMatchObject({ status: 422, body: { code: 'roadmap.regions-unknown' } })
  })

  it('are ticked all at once without a script', async () => {
    const { id } = await create()
    const page = world.page('aleksandriyskaya')
    const address = `/roadmaps/${id}/settings/regions`
    const all = await page.submit(address, { do: 'all', version: '1' })
    const boxes = all.html.match(/name="regions"[^>]*checked/g) ?? []
    expect(boxes.length).toBeGreaterThan(80)
    expect((await coordinator().get(`/roadmaps/${id}`)).body.regions).toEqual([])
    await page.submit(address, { do: 'save', regions: '77', version: '1' })
    expect((await coordinator().get(`/roadmaps/${id}`)).body.regions).toMatchObject([{ code: '77' }])
  })
})

describe('sections of a plan', () => {
  it('are added, renamed, put in another order and removed when empty', async () => {
    const { id } = await create()
    const address = `/roadmaps/${id}/sections`
    const ids: string[] = []
    for (const number of ['1', '2', '3'])
      ids.push((await coordinator().post(address, { number, title: `Раздел ${number}` })).body.id)
    await coordinator().put(`${address}/${ids[2]}`, { number: '0', title: 'Начало' })
    const moved = await coordinator().put(`${address}/${ids[2]}/position`, { position: 1 })
    const titles = moved.body.sections.map(({ title }: { title: string }) => title)
    expect(titles).toEqual(['Начало', 'Раздел 1', 'Раздел 2'])
    await inTemplate(id, ids[0] ?? '')
    expect((await coordinator().delete(`${address}/${ids[0]}`)).body.code).toBe('roadmap.section-with-measures')
    expect((await coordinator().delete(`${address}/${ids[1]}`)).status).toBe(204)
    expect((await coordinator().delete(`${address}/${ids[1]}`)).status).toBe(404)
  })

  it('are of their own roadmap, and for those who manage it', async () => {
    const { id } = await create()
    const [section] = (await coordinator().get(`/roadmaps/${stand}`)).body.sections
    const named = { number: '9', title: 'Чужой' }
    expect((await coordinator().put(`/roadmaps/${id}/sections/${section.id}`, named)).status).toBe(404)
    expect((await world.as('tihomirov').post(`/roadmaps/${stand}/sections`, named)).status).toBe(403)
  })
})

describe('publishing a roadmap', () => {
  it('says what is missing, then opens it to its regions, and can be taken back', async () => {
    const { id } = await create()
    const early = await coordinator().put(`/roadmaps/${id}/publication`)
    expect(early).toMatchObject({ status: 409, body: { code: 'roadmap.not-ready' } })
    const section = await coordinator().post(`/roadmaps/${id}/sections`, { number: '1', title: 'Подготовка' })
    await inTemplate(id, section.body.id)
    await coordinator().put(`/roadmaps/${id}/regions`, { regions: ['00'], version: 1 })

    const both = await Promise.all([
      coordinator().put(`/roadmaps/${id}/publication`),
      world.as('orlova').put(`/roadmaps/${id}/publication`),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await world.as('tihomirov').get(`/roadmaps/${id}`)).body.regions).toMatchObject([{ code: '00' }])
    expect((await world.as('tihomirov').put(`/roadmaps/${id}/publication`)).status).toBe(403)

    const page = world.page('aleksandriyskaya')
    expect((await page.submit(`/roadmaps/${id}/settings/unpublication`, {})).location).toContain('/settings')
    expect((await world.as('tihomirov').get(`/roadmaps/${id}`)).status).toBe(404)
  })
})

describe('a coordinator of a region', () => {
  it('is made by an administrator, sees the region’s work and sets nothing up', async () => {
    const { id } = await world.db
      .selectFrom('accounts')
      .select('id')
      .where('email', '=', 'operator2@svetlorechye.example')
      .executeTakeFirstOrThrow()
    const role = { role: 'coordinator', scope: 'region', region: '77' }
    expect((await world.as('tihomirov').post(`/accounts/${id}/grants`, role)).status).toBe(403)
    expect((await world.as('orlova').post(`/accounts/${id}/grants`, role)).status).toBeLessThan(300)
    const person = world.as('radonezhsky')
    const { body } = await person.get(`/roadmaps/${stand}`)
    expect(body.regions.map(({ code }: { code: string }) => code).sort()).toEqual(['00', '000', '77'])
    expect((await person.get(`/roadmaps/${stand}/overview`)).body.toDo.confirming.total).toBeGreaterThanOrEqual(0)
    expect((await person.post(`/roadmaps/${stand}/sections`, { number: '9', title: 'Лишний' })).status).toBe(403)
    expect((await person.post('/roadmaps', settings())).status).toBe(403)
    expect((await world.page('radonezhsky').get(`/roadmaps/${stand}`)).html).not.toContain('/settings"')
  })
})
