import { beforeAll, describe, expect, it } from 'vitest'
import { countedQueries } from '../../../../test/support/queries.ts'
import { peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let report: string
let as: ReturnType<typeof peopleOf>

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка')
})

type Person = Parameters<typeof as>[0]
const news = async (person: Person, since: number) =>
  (await as(person).get(`/reports/${report}/changes?since=${since}`)).body
const stand = (person: Person, cell: string | null) =>
  as(person).put(`/reports/${report}/presence`, { section: '7', cell })

describe('several people at a report', () => {
  it('learn what others have saved since, and who they were', async () => {
    const { version } = await news('dobronravova', 0)
    await as('krylatskaya').patch(`/reports/${report}/cells`, { changes: { '7/703/5': '3', '7/703/6': '4' } })
    await as('krylatskaya').patch(`/reports/${report}/cells`, { changes: { '7/703/5': '5', '7/703/6': null } })
    const told = await news('dobronravova', version)
    expect(told).toMatchObject({ version: version + 2, state: 'draft', cells: { '7/703/5': '5', '7/703/6': null } })
    expect(told.by).toEqual([expect.stringMatching(/^Крылатская/)])
    expect(await news('krylatskaya', version)).toMatchObject({ cells: { '7/703/5': '5' }, by: [] })
    expect(await news('dobronravova', told.version)).toMatchObject({ cells: {}, by: [] })
  })

  it('ask for it with one statement besides that of their session', async () => {
    await news('dobronravova', 0)
    const { statements } = await countedQueries(() => news('dobronravova', 0))
    expect(statements.filter((text) => text.includes('report_changes'))).toHaveLength(1)
    expect(statements.length).toBeLessThanOrEqual(2)
  })

  it('see each other for half a minute, oneself never', async () => {
    expect((await stand('krylatskaya', '7/703/5')).status).toBe(204)
    expect((await news('dobronravova', 0)).people).toMatchObject([{ section: '7', cell: '7/703/5' }])
    expect((await news('krylatskaya', 0)).people).toEqual([])
    await world.db
      .updateTable('report_presence')
      .set({ seen_at: new Date(Date.now() - 31_000) })
      .execute()
    expect((await news('dobronravova', 0)).people).toEqual([])
  })

  it('are written every fifteen seconds at most', async () => {
    const row = () => world.db.selectFrom('report_presence').selectAll().executeTakeFirstOrThrow()
    await stand('krylatskaya', '7/704/5')
    const before = await row()
    await stand('krylatskaya', '7/705/5')
    expect(await row()).toEqual(before)
    await world.db
      .updateTable('report_presence')
      .set({ seen_at: new Date(Date.now() - 15_000) })
      .execute()
    await stand('krylatskaya', '7/705/5')
    expect((await row()).cell).toBe('7/705/5')
  })

  it('are shown to nobody who may not see the report', async () => {
    const status = async (person: Person) => (await as(person).get(`/reports/${report}/changes?since=0`)).status
    expect(await status('zlatovratskaya')).toBe(404)
    expect(await status('voznesensky')).toBe(200)
    expect((await as('zlatovratskaya').put(`/reports/${report}/presence`, { section: '7' })).status).toBe(404)
    expect((await world.visitor().get(`/reports/${report}/changes?since=0`)).status).toBe(401)
  })

  it('does not save under one name what was typed under another', async () => {
    const { body } = await as('krylatskaya').get('/session')
    const changes = { '7/706/5': '7' }
    const other = await as('dobronravova').patch(`/reports/${report}/cells`, { changes, person: body.account.id })
    expect(other).toMatchObject({ status: 409, body: { code: 'report.other-person' } })
    const own = await as('krylatskaya').patch(`/reports/${report}/cells`, { changes, person: body.account.id })
    expect(own.status).toBe(200)
  })
})
