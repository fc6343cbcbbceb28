/** A cabinet with a service switched off: it is whole without it, and old links say why they lead nowhere. */
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../test/support/world.ts'
import { readSettings } from './kernel/settings.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ services: 'none' })
})

describe('without reporting', () => {
  it('its pages say that it is switched off, and nothing can be done by its API', async () => {
    const page = await world.page('dobronravova').get('/reports')
    expect(page.status).toBe(404)
    expect(page.html).toContain('сейчас отключён')
    expect(await world.as('dobronravova').get('/reports')).toMatchObject({ status: 404 })
    expect(await world.as('orlova').get('/organisations')).toMatchObject({ status: 200 })
  })

  it('the cabinet and the organisation show nothing of it', async () => {
    const cabinet = await world.page('dobronravova').get('/cabinet')
    expect(cabinet.status).toBe(200)
    expect(cabinet.html).not.toMatch(/href="\/(reports|forms|campaigns)/)
    const { id } = await world.db
      .selectFrom('organisations')
      .select('id')
      .where('short_name', 'like', '%Ромашка%')
      .executeTakeFirstOrThrow()
    const card = await world.page('dobronravova').get(`/organisations/${id}`)
    expect(card.status).toBe(200)
    expect(card.html).not.toContain('Отчеты о деятельности')
  })

  it('no application about it can be begun, and its description leaves it out', async () => {
    const offer = await world.page('dobronravova').get('/applications/new')
    expect(offer.status).toBe(200)
    expect(offer.html).not.toContain('report-return')
    const description = await world.visitor().fetch('/api/openapi.json')
    const { paths } = await description.json()
    expect(Object.keys(paths).filter((path) => path.includes('/reports'))).toEqual([])
    expect(Object.keys(paths)).toContain('/api/v1/organisations')
  })
})

describe('one service without the other', () => {
  it('the roadmap is whole when reporting is off, and the other way round', async () => {
    const roadmapAlone = await openWorld({ services: 'roadmap' })
    expect(await roadmapAlone.as('tihomirov').get('/roadmaps')).toMatchObject({ status: 200 })
    expect((await roadmapAlone.page('tihomirov').get('/cabinet')).html).not.toMatch(/href="\/(reports|campaigns)/)
    expect((await roadmapAlone.visitor().fetch('/public/roadmaps/profstandarty')).status).toBe(200)
    expect(await roadmapAlone.as('tihomirov').get('/campaigns')).toMatchObject({ status: 404 })

    const reportingAlone = await openWorld({ services: 'reporting' })
    expect(await reportingAlone.as('tihomirov').get('/campaigns')).toMatchObject({ status: 200 })
    expect((await reportingAlone.page('tihomirov').get('/cabinet')).html).not.toMatch(/href="\/(roadmaps|measures)/)
    expect((await reportingAlone.visitor().fetch('/public/roadmaps/profstandarty')).status).toBe(404)
    expect((await reportingAlone.page('tihomirov').get('/roadmaps')).html).toContain('сейчас отключён')
  })
})

describe('the setting', () => {
  it('takes names that there are, and tells those that there are not', () => {
    expect(readSettings({ SERVICES: ' reporting ' }).services).toEqual(['reporting'])
    expect(readSettings({ SERVICES: 'none' }).services).toEqual([])
    expect(readSettings({}).services).toContain('reporting')
    expect(() => readSettings({ SERVICES: 'reporting,weather' })).toThrow('SERVICES: нужно список через запятую')
  })
})
