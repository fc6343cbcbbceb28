/** The plan over time: whose plan one sees. */
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../../test/support/world.ts'

let world: World
let address = ''
beforeAll(async () => {
  world = await openWorld()
  const { id } = await world.db.selectFrom('roadmaps').select('id').executeTakeFirstOrThrow()
  address = `/roadmaps/${id}/plan/gantt`
})

describe('a plan over time', () => {
  it('shows the operator all measures of the own region, each with its way there', async () => {
    const { html, status } = await world.page('tihomirov').get(address)
    expect(status).toBe(200)
    const own = await world.db.selectFrom('measures').select('id').where('region_code', '=', '00').execute()
    expect(own.length).toBeGreaterThan(20)
    for (const { id } of own) expect(html).toContain(`href="/measures/${id}"`)
  })

  it("of another's region does not exist, nor does the template for an operator", async () => {
    expect((await world.page('tihomirov').get(`${address}?region=77`)).status).toBe(404)
    expect((await world.page('tihomirov').get(`${address}?region=template`)).status).toBe(404)
  })

  it('of the template shows nothing as late', async () => {
    const { html, status } = await world.page('aleksandriyskaya').get(`${address}?region=template`)
    expect(status).toBe(200)
    expect(html).not.toContain('gantt-overdue')
  })

  it('draws what waits for what', async () => {
    const [first, second] = await world.db
      .selectFrom('measures')
      .select('id')
      .where('region_code', '=', '00')
      .orderBy('position')
      .limit(2)
      .execute()
    await world.db
      .insertInto('measure_links')
      .values({ measure_id: second?.id ?? '', after_id: first?.id ?? '' })
      .execute()
    const { html } = await world.page('tihomirov').get(address)
    expect(html).toContain('url(#gantt-head)')
  })
})
