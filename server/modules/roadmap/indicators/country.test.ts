/** Figures of the whole country: made of those of regions, or entered by the coordinator as they are. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Figure, Merging } from '../../../../contracts/indicators.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { countryFigure } from './country.ts'

describe('the figure of the country out of those of regions', () => {
  const figures = [
    { value: '10', weight: '1' },
    { value: '0.1', weight: '2' },
    { value: '-4', weight: null },
  ]
  it.each<[Merging, number, string | null]>([
    ['sum', 1, '6.1'],
    ['sum', 0, '6'],
    ['average', 3, '2.033'],
    // What weighs nothing known is left aside: (10 · 1 + 0.1 · 2) ÷ 3.
    ['weighted', 2, '3.4'],
    ['max', 0, '10'],
    ['min', 1, '-4'],
    ['none', 1, null],
  ])('%s, %i decimals', (merging, decimals, expected) => {
    expect(countryFigure({ merging, decimals }, figures)).toBe(expected)
    expect(countryFigure({ merging, decimals }, [])).toBeNull()
  })

  it('is not weighed by nothing', () => {
    expect(countryFigure({ merging: 'weighted', decimals: 1 }, [{ value: '5', weight: '0' }])).toBeNull()
  })

  it('adds what a machine’s numbers cannot hold', () => {
    const many = Array.from({ length: 91 }, () => ({ value: '999999999999999.1', weight: null }))
    expect(countryFigure({ merging: 'sum', decimals: 1 }, many)).toBe('90999999999999918.1')
  })
})

describe('the table of the country', () => {
  let world: World
  let roadmap: string
  let at: string
  beforeAll(async () => {
    world = await openWorld()
    roadmap = (await world.db.selectFrom('roadmaps').select('id').executeTakeFirstOrThrow()).id
    at = `/roadmaps/${roadmap}/figures`
    const definition = {
      code: 'zakony',
      title: 'Принято федеральных актов',
      unit: 'актов',
      level: 'country',
      source: 'entered',
      periodicity: 'quarter',
      merging: 'none',
      decimals: 0,
      better: 'more',
      breaks: 'quantile',
    }
    const added = await world.as('aleksandriyskaya').post(`/roadmaps/${roadmap}/indicators`, definition)
    expect(added.body).toMatchObject({ code: 'zakony', level: 'country' })
  })

  const country = async (person = 'aleksandriyskaya') => world.as(person).get(`${at}?region=*`)

  it('has its own indicators alone, and no region’s table has them', async () => {
    const { body, status } = await country()
    expect(status).toBe(200)
    expect(body.region).toEqual({ code: '*', name: 'Вся страна' })
    expect(body.figures.map(({ indicator }: Figure) => indicator.code)).toEqual(['zakony'])
    const region = await world.as('tihomirov').get(`${at}?region=00`)
    expect(region.body.figures.map(({ indicator }: Figure) => indicator.code)).not.toContain('zakony')
  })

  it('is entered by the coordinator, stands confirmed at once and is published with its period', async () => {
    const { body } = await country()
    const [figure] = body.figures
    const figures = [{ indicatorId: figure.indicator.id, version: figure.version, fact: '17', plan: '20' }]
    const saved = await world.as('aleksandriyskaya').put(at, { region: '*', period: body.period, figures })
    expect(saved.status).toBe(200)
    expect(saved.body.figures[0]).toMatchObject({ fact: '17', plan: '20', completion: '85', state: 'confirmed' })
    const { period, periodicity } = body
    const published = await world.as('aleksandriyskaya').put(`${at}/publication`, { period, periodicity })
    expect(published.status).toBe(200)
    expect((await country()).body.figures[0]).toMatchObject({ state: 'published', publishedFact: '17' })
    const page = await world.page('aleksandriyskaya').get(`/roadmaps/${roadmap}/indicators?region=*`)
    expect(page.html).toContain('Принято федеральных актов')
    const open = await (await world.visitor().fetch('/public/roadmaps/profstandarty')).text()
    expect(open).toMatch(/Принято федеральных актов, актов.*<b>17<\/b>/s)
  })

  it('is refused to whoever works for a region', async () => {
    const { body } = await country()
    const [figure] = body.figures
    const figures = [{ indicatorId: figure.indicator.id, version: figure.version, fact: '1', reason: 'Проверка' }]
    for (const person of ['tihomirov', 'radonezhsky']) {
      expect((await country(person)).status).toBe(404)
      expect((await world.as(person).put(at, { region: '*', period: body.period, figures })).status).toBe(404)
      // Nor by calling it an indicator of its own region.
      expect((await world.as(person).put(at, { region: '00', period: body.period, figures })).status).toBe(404)
      for (const noun of ['history', 'series'])
        expect((await world.as(person).get(`${at}/${noun}?region=*&indicator=${figure.indicator.id}`)).status).toBe(404)
    }
    const auditor = await world.as('auditor').put(at, { region: '*', period: body.period, figures })
    expect(auditor.status).toBe(403)
    expect((await country()).body.figures[0].fact).toBe('17')
  })
})
