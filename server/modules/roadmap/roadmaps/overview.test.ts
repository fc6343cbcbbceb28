/** The overview of a roadmap, its part of the cabinet, and what it knows of organisations. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { countedQueries } from '../../../../test/support/queries.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { randomUUIDv7 } from '../../../kernel/db/index.ts'

let world: World
let roadmap: string
beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.as('tihomirov').get('/roadmaps')).body.roadmaps[0].id
})

const overviewOf = async (person: string) => (await world.as(person).get(`/roadmaps/${roadmap}/overview`)).body
const plain = (html: string) => html.replaceAll('\u00a0', ' ')
const overdueIn = async (region: string) => {
  const { rows } = await sql<{ id: string }>`
    select id from measures where region_code = ${region} and roadmap_id = ${roadmap} and done_on is null
      and cancelled_at is null and due_on < current_date order by due_on`.execute(world.db)
  return rows.map(({ id }) => id)
}
const anyMeasureIn = async (region: string) =>
  (
    await world.db
      .selectFrom('measures')
      .select(['id', 'section_id as sectionId'])
      .where('region_code', '=', region)
      .orderBy('position')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).id
const makeOverdue = (id: string) =>
  sql`update measures set done_on = null, starts_on = null, due_on = '2025-01-20' where id = ${id}`.execute(world.db)

describe('the overview of a roadmap', () => {
  it('tells an operator of its own region alone: measures, figures to enter, remarks to answer', async () => {
    const measure = await anyMeasureIn('00')
    await makeOverdue(measure)
    await makeOverdue(await anyMeasureIn('77'))
    const remark = { id: randomUUIDv7(), measure_id: measure, text: 'Приложите приказ' }
    await world.db.insertInto('measure_remarks').values(remark).execute()

    const { states, regions, toDo } = await overviewOf('tihomirov')
    const overdue = await overdueIn('00')
    expect(regions.map(({ code }: { code: string }) => code)).toEqual(['00'])
    expect(states.overdue).toBe(overdue.length)
    expect(toDo.overdue).toMatchObject({ total: overdue.length })
    expect(toDo.overdue.first[0]).toMatchObject({ measureId: measure, region: '00', dueOn: '2025-01-20' })
    expect(toDo.remarks).toMatchObject({ total: 1, first: [{ measureId: measure, text: 'Приложите приказ' }] })
    expect(toDo.confirming.total).toBe(0)

    const { html } = await world.page('tihomirov').get(`/roadmaps/${roadmap}`)
    expect(plain(html)).toContain('Приложите приказ')
    expect(html).toContain(`/measures/${measure}`)
    expect(html).not.toContain('Сводка</a>')

    await world.db.updateTable('measure_remarks').set({ answered_at: new Date() }).where('id', '=', remark.id).execute()
    expect((await overviewOf('tihomirov')).toDo.remarks.total).toBe(0)
    expect((await overviewOf('aleksandriyskaya')).toDo.remarks.total).toBe(1)
  })

  it('asks for the figures of the last period that has ended until they are entered', async () => {
    const before = (await overviewOf('tihomirov')).toDo.figures
    expect(before.total).toBe(0)
    await sql`
      update indicator_figures set fact = null where region_code = '00'
        and period = (select max(period) from indicator_figures)
        and indicator_id in (select id from indicators where source = 'entered')`.execute(world.db)
    const { total, first } = (await overviewOf('tihomirov')).toDo.figures
    expect(total).toBe(3)
    expect(first).toMatchObject([{ region: '00', periodicity: 'quarter', missing: 3 }])
  })

  it('tells a coordinator of the country, the regions that are behind first', async () => {
    const { regions, toDo, states } = await overviewOf('aleksandriyskaya')
    expect(regions.length).toBeGreaterThan(80)
    const behind = regions.map((region: { states: { overdue: number } }) => region.states.overdue)
    expect(behind).toEqual(behind.toSorted((one: number, other: number) => other - one))
    expect(states.overdue).toBe(behind.reduce((sum: number, one: number) => sum + one, 0))
    expect(toDo.confirming.total).toBeGreaterThan(0)
    const { html } = await world.page('aleksandriyskaya').get(`/roadmaps/${roadmap}`)
    expect(html).toContain('Больше всего просрочено')
  })

  it('tells a helper of its sections alone', async () => {
    const sections = (await world.as('tihomirov').get(`/roadmaps/${roadmap}`)).body.sections
    const all = (await overviewOf('tihomirov')).states
    const helper = await world.db.selectFrom('helpers').select('id').executeTakeFirstOrThrow()
    const limits = {
      permissions: ['roadmap.read', 'plan.report'],
      places: [{ scope: 'region', region: '00' }],
      parts: [`section:${sections[1].id}`],
    }
    expect((await world.as('tihomirov').put(`/helpers/${helper.id}/limits`, limits)).status).toBe(200)
    const { states, toDo } = await overviewOf('zadunayskaya')
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((whole, one) => whole + one, 0)
    expect(sum(states)).toBeGreaterThan(0)
    expect(sum(states)).toBeLessThan(sum(all))
    expect(toDo.figures.total).toBe(0)
  })

  it('is not there for those outside, and costs no more statements for many regions', async () => {
    expect((await world.as('dobronravova').get(`/roadmaps/${roadmap}/overview`)).status).toBe(403)
    const one = await countedQueries(() => overviewOf('tihomirov'))
    const many = await countedQueries(() => overviewOf('aleksandriyskaya'))
    expect(Math.abs(many.statements.length - one.statements.length)).toBeLessThanOrEqual(2)
  })
})

describe('the cabinet', () => {
  it('tells what waits in the roadmap, and nothing to those whom it does not concern', async () => {
    const { html } = await world.page('tihomirov').get('/cabinet')
    expect(plain(html)).toMatch(/в дорожной карте просрочено \d+/)
    expect(html).toContain('Просроченные мероприятия')
    const coordinator = await world.page('aleksandriyskaya').get('/cabinet')
    expect(plain(coordinator.html)).toContain('ждут подтверждения')
    expect((await world.page('dobronravova').get('/cabinet')).html).not.toContain('дорожн')
  })
})

describe('an organisation', () => {
  it('has its measures on its page, and they are said before it is closed', async () => {
    const [measure] = await overdueIn('00')
    const { rows } = await sql<{ id: string }>`
      select organisation_id as id from measures where id = ${measure}`.execute(world.db)
    const organisation = rows[0]?.id
    const { html } = await world.page('tihomirov').get(`/organisations/${organisation}`)
    expect(html).toContain('Мероприятия дорожной карты')
    expect(html).toContain(`/measures/${measure}`)
    const supervisor = await world.page('voznesensky').get(`/organisations/${organisation}`)
    expect(supervisor.html).not.toContain('Мероприятия дорожной карты')
  })
})

describe('a person’s own copy', () => {
  it('holds what it has reported in roadmaps', async () => {
    const { body } = await world.as('tihomirov').post('/profile/data-copies', { password: 'Stend-2027!' })
    expect(JSON.stringify(body.roadmap)).toContain('measureReports')
    expect(JSON.stringify(body)).toContain('Мероприятие выполнено, подтверждающие документы приложены.')
  })
})
