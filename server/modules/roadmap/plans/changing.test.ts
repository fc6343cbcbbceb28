/** The template is changed for every region at once, additions by their region; nothing is lost or overwritten. */
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { spreadTemplate } from './spreading.ts'

let world: World
let roadmap: string
let sections: { id: string; number: string }[]
beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.as('tihomirov').get('/roadmaps')).body.roadmaps[0].id
  sections = (await planOf('tihomirov', '00')).sections
})

type Line = { id: string; number: string; title: string; own: boolean; state: string }
const planOf = async (
  person: string,
  region: string,
): Promise<{ total: number; sections: typeof sections; measures: Line[] }> =>
  (await world.as(person).get(`/roadmaps/${roadmap}/plan?region=${region}&whole=yes`)).body
const numbered = async (person: string, region: string, number: string): Promise<Line> => {
  const found = (await planOf(person, region)).measures.find((measure) => measure.number === number)
  if (!found) throw new Error(`No ${number} in ${region}`)
  return found
}
const coordinator = () => world.as('aleksandriyskaya')
const operator = () => world.as('tihomirov')
const measureOf = async (person: string, id: string) => (await world.as(person).get(`/measures/${id}`)).body

/** What `PUT` takes, of what `GET` gave. */
const changeOf = (
  body: Record<string, unknown> & { after: { id: string }[]; organisation: { id: string | null } },
) => ({
  ...body,
  after: body.after.map(({ id }) => id),
  organisation: { ...body.organisation, organisationId: body.organisation.id },
})
const fresh = (region: string, number: string) => ({
  region,
  sectionId: sections[0]?.id,
  number,
  title: `Проверка ${number}`,
  dueOn: '2027-06-30',
})

describe('a measure of the template', () => {
  it('comes to every region when it is added, and its changes follow with their history', async () => {
    const added = await coordinator().post(`/roadmaps/${roadmap}/plan`, fresh('template', '1.90'))
    expect(added).toMatchObject({ status: 201, body: { region: null, own: false } })
    const copy = await numbered('tihomirov', '00', '1.90')
    expect(await measureOf('tihomirov', copy.id)).toMatchObject({ templateId: added.body.id, version: 1 })
    await numbered('aleksandriyskaya', '72', '1.90')

    const change = { ...changeOf(added.body), title: 'Переименовано', dueOn: '2027-09-30' }
    expect((await coordinator().put(`/measures/${added.body.id}`, change)).body.errors[0].field).toBe('reason')
    const changed = await coordinator().put(`/measures/${added.body.id}`, { ...change, reason: 'Перенос с весны' })
    expect(changed).toMatchObject({ status: 200, body: { title: 'Переименовано', version: 2 } })
    expect(await measureOf('tihomirov', copy.id)).toMatchObject({ title: 'Переименовано', dueOn: '2027-09-30' })
    const { changes } = (await operator().get(`/measures/${copy.id}/changes`)).body
    expect(changes.map(({ field }: { field: string }) => field).sort()).toEqual(['added', 'dueOn', 'title'])
    expect(changes[0]).toMatchObject({ reason: 'Перенос с весны', by: expect.stringContaining('Александрийская') })
  })

  it('tells the operators of a moved term and of a cancellation, once for each', async () => {
    await world.settle()
    const told = (await operator().get('/messages')).body.rows.filter(({ title }: { title: string }) =>
      title.includes('1.90'),
    )
    expect(told).toHaveLength(1)
    const { id } = await numbered('aleksandriyskaya', 'template', '1.90')
    expect((await coordinator().put(`/measures/${id}/cancellation`, { reason: '' })).status).toBe(422)
    expect((await coordinator().put(`/measures/${id}/cancellation`, { reason: 'Больше не нужно' })).status).toBe(200)
    expect(await numbered('tihomirov', '00', '1.90')).toMatchObject({ state: 'cancelled' })
    expect((await coordinator().put(`/measures/${id}/restoration`, { reason: 'Снова нужно' })).status).toBe(200)
    expect(await numbered('tihomirov', '00', '1.90')).not.toMatchObject({ state: 'cancelled' })
    await world.settle()
    const titles = (await operator().get('/messages')).body.rows.map(({ title }: { title: string }) => title)
    expect(titles.filter((title: string) => title.includes('1.90'))).toHaveLength(3)
  })

  it('is removed with its copies, but not once a region has reported', async () => {
    const { id } = await numbered('aleksandriyskaya', 'template', '1.90')
    expect((await coordinator().delete(`/measures/${id}`)).status).toBe(204)
    expect((await planOf('tihomirov', '00')).measures.map(({ number }) => number)).not.toContain('1.90')
    const reported = await numbered('aleksandriyskaya', 'template', '1.1')
    expect(await coordinator().delete(`/measures/${reported.id}`)).toMatchObject({ status: 409 })
  })

  it('is moved among its neighbours, in the copies too', async () => {
    const [first, second] = (await planOf('aleksandriyskaya', 'template')).measures
    expect((await coordinator().put(`/measures/${second?.id}/place`, { direction: 'up' })).status).toBe(204)
    expect((await planOf('aleksandriyskaya', 'template')).measures[0]?.number).toBe(second?.number)
    expect((await planOf('tihomirov', '00')).measures[0]?.number).toBe(second?.number)
    await coordinator().put(`/measures/${second?.id}/place`, { direction: 'down' })
    expect((await planOf('tihomirov', '00')).measures[0]?.number).toBe(first?.number)
  })
})

describe('a copy of a region', () => {
  it('takes a responsible organisation, a person and co-executors, and nothing else', async () => {
    const { id } = await numbered('tihomirov', '00', '1.2')
    const before = await measureOf('tihomirov', id)
    const set = await operator().put(`/measures/${id}/responsible`, {
      version: before.version,
      organisation: { name: 'Пожарно-спасательный отряд № 3' },
      responsiblePerson: 'Кукушкина Ольга Петровна',
      coExecutors: [{ name: 'Учебный центр' }, { name: 'Совет директоров' }],
    })
    expect(set).toMatchObject({
      status: 200,
      body: { organisation: { name: 'Пожарно-спасательный отряд № 3' }, coExecutors: [{ name: 'Учебный центр' }, {}] },
    })
    const whole = await operator().put(`/measures/${id}`, { ...changeOf(set.body), title: 'Своё название' })
    expect(whole).toMatchObject({ status: 409, body: { code: 'measure.of-template' } })
    expect((await operator().put(`/measures/${id}/cancellation`, { reason: 'Не хочется' })).status).toBe(409)
    expect((await operator().delete(`/measures/${id}`)).status).toBe(409)
  })

  it('is kept when somebody else has changed it meanwhile: it says what', async () => {
    const { id } = await numbered('tihomirov', '00', '1.2')
    const stale = await operator().put(`/measures/${id}/responsible`, { version: 1, responsiblePerson: 'Другой' })
    expect(stale).toMatchObject({ status: 409, body: { code: 'measure.changed' } })
    expect(stale.body.detail ?? stale.body.title).toMatch(/Ответственное лицо/)
  })
})

describe('an addition of a region', () => {
  it('is all its own', async () => {
    const added = await operator().post(`/roadmaps/${roadmap}/plan`, {
      ...fresh('00', '1.Р1'),
      responsiblePerson: 'Кукушкина Ольга Петровна',
      after: [(await numbered('tihomirov', '00', '1.1')).id],
    })
    expect(added).toMatchObject({ status: 201, body: { own: true, after: [{ number: '1.1' }] } })
    const { id } = added.body
    const changed = await operator().put(`/measures/${id}`, { ...changeOf(added.body), number: '1.Р2', after: [] })
    expect(changed).toMatchObject({ status: 200, body: { number: '1.Р2', after: [] } })
    expect((await operator().put(`/measures/${id}/cancellation`, { reason: 'Передумали' })).body.state).toBe(
      'cancelled',
    )
    expect((await operator().put(`/measures/${id}`, changeOf(changed.body))).status).toBe(409)
    expect((await operator().delete(`/measures/${id}`)).status).toBe(204)
    expect((await operator().get(`/measures/${id}`)).status).toBe(404)
  })

  it('does not wait for itself, directly or round a ring: the ring is shown', async () => {
    const one = (await operator().post(`/roadmaps/${roadmap}/plan`, fresh('00', 'К1'))).body
    const two = (await operator().post(`/roadmaps/${roadmap}/plan`, { ...fresh('00', 'К2'), after: [one.id] })).body
    const ring = await operator().put(`/measures/${one.id}`, { ...changeOf(one), after: [two.id] })
    expect(ring).toMatchObject({ status: 422, body: { errors: [{ field: 'after' }] } })
    expect(ring.body.errors[0].text).toContain('К1 → К2 → К1')
    const itself = await operator().put(`/measures/${one.id}`, { ...changeOf(one), after: [one.id] })
    expect(itself.status).toBe(422)
    for (const { id } of [two, one]) await operator().delete(`/measures/${id}`)
  })
})

describe('who may', () => {
  it('the auditor reads and changes nothing; the coordinator does not change what is a region’s', async () => {
    const { id } = await numbered('tihomirov', '00', '1.1')
    const body = await measureOf('tihomirov', id)
    const template = await numbered('aleksandriyskaya', 'template', '1.1')
    const auditor = world.as('auditor')
    expect((await auditor.get(`/measures/${template.id}`)).status).toBe(200)
    expect((await auditor.put(`/measures/${template.id}`, changeOf(body))).status).toBe(403)
    expect((await auditor.put(`/measures/${id}/responsible`, { version: 1 })).status).toBe(403)
    expect((await auditor.post(`/roadmaps/${roadmap}/plan`, fresh('00', '1.99'))).status).toBe(403)
    expect((await coordinator().put(`/measures/${id}/responsible`, { version: body.version })).status).toBe(403)
  })

  it('a region’s operator does not know the measures of another, nor the template', async () => {
    const other = await numbered('aleksandriyskaya', '72', '1.1')
    const template = await numbered('aleksandriyskaya', 'template', '1.1')
    for (const { id } of [other, template]) {
      expect((await operator().delete(`/measures/${id}`)).status).toBe(404)
      expect((await operator().put(`/measures/${id}/responsible`, { version: 1 })).status).toBe(404)
      expect((await operator().get(`/measures/${id}/changes`)).status).toBe(404)
    }
    expect((await operator().post(`/roadmaps/${roadmap}/plan`, fresh('72', '1.99'))).status).toBe(404)
    expect((await operator().post(`/roadmaps/${roadmap}/plan`, fresh('template', '1.99'))).status).toBe(404)
  })
})

describe('spreading', () => {
  it('gives each region each measure once, however often and by however many at once', async () => {
    const { id } = (await coordinator().post(`/roadmaps/${roadmap}/plan`, fresh('template', '1.91'))).body
    await world.db.deleteFrom('measures').where('template_id', '=', id).execute()
    const made = await Promise.all([1, 2, 3].map(() => transaction(world, (tx) => spreadTemplate(tx, roadmap))))
    const regions = await world.db.selectFrom('roadmap_regions').select('region_code').execute()
    expect(made.reduce((sum, each) => sum + each, 0)).toBe(regions.length)
    expect(await transaction(world, (tx) => spreadTemplate(tx, roadmap))).toBe(0)
  })

  it('gives a hundred measures to every region within seconds', async () => {
    for (let index = 0; index < 76; index += 1)
      await world.db
        .insertInto('measures')
        .values({
          id: crypto.randomUUID(),
          roadmap_id: roadmap,
          section_id: sections[0]?.id ?? '',
          region_code: null,
          position: 100 + index,
          number: `9.${index}`,
          title: 'Одно из ста',
          due_on: '2027-12-31',
        })
        .execute()
    const began = performance.now()
    const made = await transaction(world, (tx) => spreadTemplate(tx, roadmap))
    const took = performance.now() - began
    console.log(`${made} copies in ${Math.round(took)} ms`)
    expect(made).toBeGreaterThan(76 * 89)
    expect(took).toBeLessThan(10_000)
  })
})
