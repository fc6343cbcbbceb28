/** Each rule of adding up by an example, over two versions of a form. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { freshen } from './folding.ts'
import { columnOf, type PlantedForm, plantForm, rowOf, send } from './rules.fixture.ts'
import type { Selection } from './totals.queries.ts'
import { viewTotals } from './totals.ts'

let world: World
let form: PlantedForm
const everything: Selection = {
  scopes: { everywhere: true, regions: [], subtrees: [], organisations: [] },
  states: 'sent',
}
const given = [
  { '3': '1', '4': '10', '5': '100', '6': '7', '7': '7', '8': '5', '9': 'аренда' },
  { '3': '3', '4': '20', '5': '200', '6': '-4', '7': '-4', '9': 'собственность' },
  { '4': '25.5', '6': '12.5', '7': '12.5', '8': '0', '9': 'аренда' },
]
const kinds = [
  { '2/201#1/2': '1', '2/201#1/3': '10', '2/201#1/4': '5', '3/301#1/3': '4', '3/301#2/3': '6' },
  { '2/201#1/2': '2', '2/201#1/3': '1', '2/201#2/2': '1', '2/201#2/3': '2.5', '2/201#2/4': '8' },
  { '3/301#1/3': '0.5' },
]

beforeAll(async () => {
  world = await openWorld()
  form = await plantForm(world.db)
  const chosen = [form.reports[0], form.reports[1], form.reports.find(({ version }) => version === 2)]
  for (const [index, report] of chosen.entries()) {
    if (!report) throw new Error('The stand has too few institutions')
    const cells = Object.entries(given[index] ?? {}).map(([column, value]) => [
      `1/${rowOf(report.version)}/${column}`,
      value,
    ])
    await send(world.db, report.id, { ...Object.fromEntries(cells), ...kinds[index] })
  }
})

async function totals(selection = everything) {
  const ids = form.campaigns.map(({ id }) => id)
  expect(await freshen(world.db, ids)).toMatchObject({ reports: 0 })
  const view = await viewTotals(world.db, form.campaigns, selection)
  if (!view) throw new Error('Nothing to add up')
  return view
}

describe('a rule of adding up', () => {
  it.each([
    ['sum', '4'],
    ['average', '18.5'],
    ['weighted', '175'],
    ['maximum', '12.5'],
    ['minimum', '-4'],
    ['count', '2'],
  ] as const)('%s', async (rule, expected) => {
    const { values } = await totals()
    expect(Number(values[`1/${rowOf(2)}/${columnOf[rule]}`])).toBe(Number(expected))
    // What the older version called otherwise stands under the new name alone.
    expect(values[`1/${rowOf(1)}/${columnOf[rule]}`]).toBeUndefined()
  })

  it('list names the values and how many reports have each', async () => {
    const { lists, counts } = await totals()
    const cell = `1/${rowOf(2)}/${columnOf.list}`
    expect(lists[cell]).toEqual([
      { value: 'аренда', reports: 2 },
      { value: 'собственность', reports: 1 },
    ])
    expect(counts[cell]).toBe(3)
  })

  it('gives a repeating row a total for each of its specifics', async () => {
    const { values, specifics, wholes } = await totals()
    expect(specifics['2/201/3']).toMatchObject([
      { name: 'Вид 1', address: '2/201#1/3', reports: 2 },
      { name: 'Вид 2', address: '2/201#2/3', reports: 1 },
    ])
    expect([values['2/201#1/2'], values['2/201#2/2']]).toEqual(['1', '2'])
    expect(Number(values['2/201#1/3'])).toBe(12.5)
    expect(Number(values['2/201#1/4'])).toBe(8)
    expect(Number(wholes['2/201/3'])).toBe(13.5)
  })

  it('adds the entries of a repeating row without specifics to one', async () => {
    const { values, specifics } = await totals()
    expect(Number(values['3/301#1/3'])).toBe(10.5)
    expect(values['3/301#2/3']).toBeUndefined()
    expect(specifics['3/301/3']).toBeUndefined()
  })

  it('is seen on the pages, and in what stands behind a number of an older version too', async () => {
    const page = world.page('orlova')
    const whole = await page.get(`/consolidation?form=${form.code}&section=1`)
    expect(whole.html.replaceAll('\u00a0', ' ')).toContain('аренда — 2; собственность')
    const behind = await world
      .as('orlova')
      .get(`/consolidation/cell?form=${form.code}&period=2026-1-1&cell=1/${rowOf(2)}/${columnOf.list}`)
    expect(behind.body.reports.map(({ listed }: { listed: string }) => listed).sort()).toEqual([
      'аренда',
      'аренда',
      'собственность',
    ])
    const weighted = await world
      .as('orlova')
      .get(`/consolidation/cell?form=${form.code}&period=2026-1-1&cell=1/${rowOf(2)}/${columnOf.sum}`)
    expect(weighted.body).toMatchObject({ total: expect.stringMatching(/^4(\.0+)?$/), count: 2 })
    const kindsPage = await page.get(`/consolidation/cell?form=${form.code}&period=2026-1-1&cell=2/201%231/3`)
    expect(kindsPage.html.replaceAll('\u00a0', ' ')).toContain('Вид 1')
    expect((await page.get(`/consolidation?form=${form.code}&section=3`)).html).toContain('без специфик'.slice(4))
  })

  it('leaves a report that is returned for editing, and keeps that of an organisation that has ended', async () => {
    const [report] = form.reports
    const sum = `1/${rowOf(2)}/${columnOf.sum}`
    await sql`update reports set state = 'accepted' where id = ${report?.id}`.execute(world.db)
    const accepted = { ...everything, states: 'accepted' as const }
    expect(Number((await totals(accepted)).values[sum])).toBe(1)
    await sql`
      update organisations set closed_at = now(), state = 'liquidated', ended_on = now()::date, end_reason = ''
      where id = ${report?.organisation}`.execute(world.db)
    expect(Number((await totals(accepted)).values[sum])).toBe(1)
    await sql`update reports set state = 'draft' where id = ${report?.id}`.execute(world.db)
    expect((await totals(accepted)).values[sum]).toBeUndefined()
    expect(Number((await totals()).values[sum])).toBe(3)
  })
})
