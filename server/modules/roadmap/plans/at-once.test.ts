/** People who work on a plan at the same moment, and days that no plan has. */
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let roadmap: string
let section: string
beforeAll(async () => {
  world = await openWorld()
  const made = await coordinator().post('/roadmaps', {
    title: 'Проверка одновременной работы',
    shortTitle: 'Одновременная работа',
    purpose: 'Чтобы ничего не терялось',
    code: 'odnovremenno',
    startsOn: '2026-01-01',
    deadline: '2028-12-31T15:00:00Z',
    timeZone: 'Europe/Moscow',
  })
  roadmap = made.body.id
  section = (await coordinator().post(`/roadmaps/${roadmap}/sections`, { number: '1', title: 'Раздел' })).body.id
  await coordinator().put(`/roadmaps/${roadmap}/regions`, { regions: ['00', '01'], version: made.body.version })
})

const coordinator = () => world.as('aleksandriyskaya')
const fresh = (number: string, more: Record<string, unknown> = {}) => ({
  region: 'template',
  sectionId: section,
  number,
  title: `Проверка ${number}`,
  dueOn: '2027-06-30',
  ...more,
})
const add = (number: string, more: Record<string, unknown> = {}) =>
  coordinator().post(`/roadmaps/${roadmap}/plan`, fresh(number, more))
const planOf = async (region: string) => {
  const { measures } = (await coordinator().get(`/roadmaps/${roadmap}/plan?region=${region}&whole=yes`)).body
  return measures.map(({ number, title }: { number: string; title: string }) => `${number} ${title}`).toSorted()
}

describe('a plan', () => {
  it.each(['0000-01-01', '0001-01-01', '9999-12-31'])('does not take the day %s', async (day) => {
    for (const field of ['startsOn', 'dueOn'])
      expect(await add('1.0', { [field]: day }), field).toMatchObject({ status: 422, body: { code: 'invalid-input' } })
    const path = `/roadmaps/${roadmap}/plan/new?region=template`
    const dueOn = day.split('-').toReversed().join('.')
    const typed = { region: 'template', sectionId: section, title: 'Не тот год', dueOn }
    const again = await world.page('aleksandriyskaya').submit(`/roadmaps/${roadmap}/plan/new`, typed, path)
    expect(again.status).toBe(422)
    for (const kept of [dueOn, 'Не тот год', 'Год — с']) expect(again.html.replaceAll('\u00a0', ' ')).toContain(kept)
  })

  it('that is published while its template is written comes to every region whole', async () => {
    const { body: first } = await add('1.1')
    const numbers = ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7']
    const renamed = { ...first, organisation: undefined, after: [], title: 'Переименовано', reason: 'Уточнено' }
    const answers = await Promise.all([
      ...numbers.slice(0, 3).map((number) => add(number)),
      coordinator().put(`/roadmaps/${roadmap}/publication`),
      coordinator().put(`/measures/${first.id}`, renamed),
      ...numbers.slice(3).map((number) => add(number)),
    ])
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 200, 200, 201, 201, 201])
    const template = await planOf('template')
    expect(template).toHaveLength(7)
    for (const region of ['00', '01']) expect(await planOf(region)).toEqual(template)
  })

  it('has no ring, though two close it from its two sides at once', async () => {
    const [{ body: one }, { body: other }] = [await add('1.8'), await add('1.9')]
    const change = (measure: typeof one, after: string) =>
      coordinator().put(`/measures/${measure.id}`, { ...measure, organisation: undefined, after: [after] })
    const answers = await Promise.all([change(one, other.id), change(other, one.id)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
    expect(JSON.stringify(answers.find(({ status }) => status === 422)?.body)).toContain('Получается круг')
  })
})

describe('a report typed without a percentage', () => {
  it('is asked about it rather than taken for nought', async () => {
    const { measures } = (await world.as('tihomirov').get(`/roadmaps/${roadmap}/plan?region=00`)).body
    const path = `/measures/${measures[0].id}`
    const page = world.page('tihomirov')
    const refused = await page.submit(`${path}/reports`, { text: 'Начали работу', percent: '', doneOn: '' }, path)
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('Начали работу')
    expect((await world.as('tihomirov').get(`${path}/reports`)).body.reports).toEqual([])
  })
})
