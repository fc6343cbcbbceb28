import { beforeAll, describe, expect, it } from 'vitest'
import type { Hint } from '../../../../contracts/checks.ts'
import { cleanValues, peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { workOutPeers } from './hints.queries.ts'

let world: World
let report: string
let as: ReturnType<typeof peopleOf>

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка')
})

const save = (changes: Record<string, string>) => as('dobronravova').patch(`/reports/${report}/cells`, { changes })
const hints = async (): Promise<Hint[]> => (await as('dobronravova').get(`/reports/${report}/hints`)).body.hints
const check = async () => (await as('dobronravova').put(`/reports/${report}/check`, {})).body

describe('the results of a check', () => {
  it('tell how both sides of a failed control came about, with the cells', async () => {
    await save({ ...cleanValues(), '7/702/5': '900' })
    const { problems } = await check()
    const problem = problems.find(({ cells }: { cells: string[] }) => cells.includes('7/702/5'))
    expect(problem.sides.left.cells[0]).toMatchObject({ address: expect.stringMatching(/^7\//), previous: false })
    expect(problem.sides.left.value).toBe(problem.left)
    const { html } = await world.page('dobronravova').get(`/reports/${report}?section=4`)
    expect(html).toContain('Почему такие числа')
    expect(html).toContain('Раздел 7')
  })
})

describe('what is worth a second look', () => {
  it('is a number that has doubled since last year, until a word is said of it', async () => {
    await save({ ...cleanValues(), '4/413/8': '400' })
    const found = (await hints()).find(({ cell }) => cell === '4/413/8')
    expect(found).toMatchObject({ kind: 'past', value: '400', dismissed: null })
    expect(found?.text).toMatch(/в 2025 году было .* теперь 400/)
    const dismissal = { kind: 'past', cell: '4/413/8', text: 'Открыт новый корпус' }
    expect((await as('dobronravova').put(`/reports/${report}/hints`, dismissal)).status).toBe(200)
    expect((await hints()).find(({ cell }) => cell === '4/413/8')).toMatchObject({ dismissed: 'Открыт новый корпус' })
    await save({ '4/413/8': '401' })
    expect((await hints()).find(({ cell }) => cell === '4/413/8')).toMatchObject({ dismissed: null })
    expect((await as('voznesensky').put(`/reports/${report}/hints`, dismissal)).status).toBe(403)
  })

  it('says nothing of similar organisations while there are fewer than eight', async () => {
    const { campaign_id: campaign } = await world.db
      .selectFrom('reports')
      .select('campaign_id')
      .where('id', '=', await reportOf(world, 'Ромашка', 2025))
      .executeTakeFirstOrThrow()
    await world.db.transaction().execute((tx) => workOutPeers(tx, campaign))
    expect(await peersOf(campaign)).toBe(0)
    await eightLike(await reportOf(world, 'Ромашка', 2025))
    await world.db.transaction().execute((tx) => workOutPeers(tx, campaign))
    expect(await peersOf(campaign)).toBeGreaterThan(0)

    await save({ ...cleanValues(), '4/413/8': '70' })
    const found = (await hints()).filter(({ kind }) => kind === 'peers')
    expect(found.length).toBeGreaterThan(0)
    for (const { text } of found) expect(text).toMatch(/обычно около/)
  })
})

const peersOf = async (campaign: string): Promise<number> => {
  const { rows } = await world.db.executeQuery<{ count: number }>(
    world.db
      .selectFrom('peer_statistics')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('campaign_id', '=', campaign)
      .compile(),
  )
  return Number(rows[0]?.count ?? 0)
}

/** As many accepted reports of made-up organisations as are needed, with the same numbers. */
async function eightLike(report: string): Promise<void> {
  const source = await world.db.selectFrom('reports').selectAll().where('id', '=', report).executeTakeFirstOrThrow()
  const organisation = await world.db
    .selectFrom('organisations')
    .select(['region_code', 'kind', 'level', 'legal_form', 'address', 'parent_id'])
    .where('id', '=', source.organisation_id)
    .executeTakeFirstOrThrow()
  const submission = await world.db
    .selectFrom('submissions')
    .selectAll()
    .where('report_id', '=', report)
    .executeTakeFirstOrThrow()
  for (let number = 1; number <= 8; number += 1) {
    const [id, reportId] = [crypto.randomUUID(), crypto.randomUUID()]
    await world.db
      .insertInto('organisations')
      .values({
        ...organisation,
        id,
        lineage: [id],
        short_name: `Сад ${number}`,
        full_name: `Сад ${number}`,
        inn: `000000000${number}`,
        ogrn: `000000000000${number}`,
      })
      .execute()
    await world.db
      .insertInto('reports')
      .values({ ...source, id: reportId, organisation_id: id })
      .execute()
    await world.db
      .insertInto('submissions')
      .values({
        ...submission,
        cells: JSON.stringify(submission.cells),
        attachments: '[]',
        id: crypto.randomUUID(),
        report_id: reportId,
      })
      .execute()
  }
}
