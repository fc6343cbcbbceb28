/** A plan is read by those whom it concerns: by regions, by sections of a helper, with what is overdue. */
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let roadmap: string
beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.as('tihomirov').get('/roadmaps')).body.roadmaps[0].id
})

const planOf = async (person: string, query = '') => world.as(person).get(`/roadmaps/${roadmap}/plan${query}`)

describe('the plan', () => {
  it('opens on the own region, with counts that add up', async () => {
    const { status, body } = await planOf('tihomirov')
    expect(status).toBe(200)
    expect(body).toMatchObject({ region: '00', total: 24 })
    expect(Object.values(body.counts as Record<string, number>).reduce((sum, count) => sum + count, 0)).toBe(24)
    expect(body.measures).toHaveLength(24)
    expect(body.measures[0]).toMatchObject({ number: '1.1', own: false, responsiblePerson: /Тихомиров/ })
  })

  it('opens on the template for the coordinator, and shows any region', async () => {
    expect((await planOf('aleksandriyskaya')).body).toMatchObject({ region: null, total: 24 })
    expect((await planOf('aleksandriyskaya', '?region=72')).body).toMatchObject({ region: '72', total: 24 })
  })

  it('of another region, and the template, do not exist for an operator', async () => {
    expect((await planOf('tihomirov', '?region=72')).status).toBe(404)
    expect((await planOf('tihomirov', '?region=template')).status).toBe(404)
    const { measures } = (await planOf('aleksandriyskaya', '?region=72')).body
    expect((await world.as('tihomirov').get(`/measures/${measures[0].id}`)).status).toBe(404)
    const template = (await planOf('aleksandriyskaya')).body.measures[0].id
    expect((await world.as('tihomirov').get(`/measures/${template}`)).status).toBe(404)
  })

  it('is narrowed by state, section, organisation and words', async () => {
    const { counts, sections } = (await planOf('tihomirov')).body
    for (const state of ['overdue', 'done', 'planned'])
      expect((await planOf('tihomirov', `?state=${state}`)).body.total).toBe(counts[state])
    const { measures } = (await planOf('tihomirov', `?section=${sections[1].id}`)).body
    expect(new Set(measures.map(({ sectionId }: { sectionId: string }) => sectionId))).toEqual(
      new Set([sections[1].id]),
    )
    expect((await planOf('tihomirov', `?q=${encodeURIComponent('рабочей ГРУППЫ')}`)).body.total).toBeGreaterThan(0)
    expect((await planOf('tihomirov', '?q=100%25')).body.total).toBe(0)
    expect((await planOf('tihomirov', '?organisation=x')).body.total).toBe(0)
  })

  it('has a page, for every reader', async () => {
    for (const person of ['tihomirov', 'aleksandriyskaya', 'orlova']) {
      const { status, html } = await world.page(person).get(`/roadmaps/${roadmap}/plan?region=00`)
      expect(status).toBe(200)
      expect(html).toContain('Просрочено')
    }
  })
})

describe('a measure', () => {
  it('tells everything about it', async () => {
    const { measures } = (await planOf('tihomirov')).body
    const { status, body } = await world.as('tihomirov').get(`/measures/${measures[0].id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ number: '1.1', region: '00', own: false, section: { number: '1' } })
    const page = await world.page('tihomirov').get(`/measures/${measures[0].id}`)
    expect(page.status).toBe(200)
    expect(page.html).toContain('Ожидаемый результат')
    expect((await world.page('tihomirov').get(`/measures/${measures[0].id}/history`)).status).toBe(200)
  })
})
